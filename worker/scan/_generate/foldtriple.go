package main

import (
	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

func indexFoldWindow(n int) {
	name := "indexFold" + windowNames[n] + "AVX2"
	function(name, windowSignature(n, numbered("case", n)...),
		name+" is indexFoldTripleGeneric for m >= 32.")
	p, m := loadBase("b"), load("m")
	w := loadWindow(n, p)
	var cases []reg.VecVirtual
	for _, name := range numbered("case", n) {
		cases = append(cases, broadcast(name))
	}
	eq := build.YMM()
	search(w.streams, advance(w.streams[0], m), func(disp int, hits reg.VecVirtual) {
		for k, c := range cases {
			one := eq
			if k == 0 {
				one = hits
			}
			build.VPOR(operand.Mem{Base: w.streams[k], Disp: disp}, c, one)
			build.VPCMPEQB(one, w.bytes[k], one)
			if k > 0 {
				build.VPAND(one, hits, hits)
			}
		}
	})
}
