package main

import (
	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

func indexFoldPair() {
	function("indexFoldPairAVX2", "func(b []byte, m, off1, off2 int, b1, b2, case1, case2 byte) int",
		"indexFoldPairAVX2 is indexFoldPairGeneric for m >= 32.")
	p, m := loadBase("b"), load("m")
	p1, p2 := advance(p, load("off1")), advance(p, load("off2"))
	b1, b2 := broadcast("b1"), broadcast("b2")
	case1, case2 := broadcast("case1"), broadcast("case2")
	eq := build.YMM()
	search([]reg.GPVirtual{p1, p2}, advance(p1, m), func(disp int, hits reg.VecVirtual) {
		build.VPOR(operand.Mem{Base: p1, Disp: disp}, case1, hits)
		build.VPCMPEQB(hits, b1, hits)
		build.VPOR(operand.Mem{Base: p2, Disp: disp}, case2, eq)
		build.VPCMPEQB(eq, b2, eq)
		build.VPAND(eq, hits, hits)
	})
}
