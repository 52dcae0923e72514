package main

import (
	"fmt"

	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// countLiteral compares the bytes of a literal of up to most bytes at their offsets. In a shorter
// literal, the last byte is compared repeatedly.
func countLiteral(most int) {
	name := fmt.Sprintf("countLiteral%dAVX2", most)
	function(name, "func(b []byte, literal *byte, n int) int",
		fmt.Sprintf("%s is countLiteralGeneric for literals of 2 <= n <= %d bytes and", name, most),
		"len(b) >= n+31.")
	p, end, literal, n := loadBase("b"), loadLen("b"), load("literal"), load("n")
	last := before(n, 1)
	build.ADDQ(p, end)
	build.SUBQ(last, end)

	bytes := make([]reg.VecVirtual, most)
	offsets := make([]reg.GPVirtual, most)
	for k := range bytes {
		offsets[k] = build.GP64()
		build.MOVQ(operand.U32(k), offsets[k])
		build.CMPQ(offsets[k], last)
		build.CMOVQHI(last, offsets[k])
		bytes[k] = build.YMM()
		build.VPBROADCASTB(operand.Mem{Base: literal, Index: offsets[k], Scale: 1}, bytes[k])
	}
	one := build.YMM()
	countMatches(p, end, func(disp int, eq reg.VecVirtual, at reg.GPVirtual) {
		build.VPCMPEQB(operand.Mem{Base: at, Disp: disp}, bytes[0], eq)
		for k := 1; k < most; k++ {
			build.VPCMPEQB(operand.Mem{Base: at, Index: offsets[k], Scale: 1, Disp: disp}, bytes[k], one)
			build.VPAND(one, eq, eq)
		}
	})
}
