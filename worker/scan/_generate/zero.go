package main

import (
	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// hasZero tests the minimum of many bytes: it is 0 if one of them is.
func hasZero() {
	function("hasZeroAVX2", "func(b []byte) bool",
		"hasZeroAVX2 is HasZero for len(b) >= 32.")
	p, n := loadBase("b"), loadLen("b")
	end := advance(p, n)
	zero := build.YMM()
	build.VPXOR(zero, zero, zero)
	mask := build.GP32()
	test := func(least reg.VecVirtual) {
		build.VPCMPEQB(least, zero, least)
		build.VPMOVMSKB(least, mask)
		build.TESTL(mask, mask)
		build.JNZ(operand.LabelRef("found"))
	}
	at := func(p reg.GPVirtual, k int) operand.Mem { return operand.Mem{Base: p, Disp: k * vector} }

	build.Comment("Whole iterations, with prefetch.")
	last := before(end, step)
	low, high := build.YMM(), build.YMM()
	build.CMPQ(p, last)
	build.JA(operand.LabelRef("vectors"))
	build.Label("loop")
	prefetch(p)
	build.VMOVDQU(at(p, 0), low)
	build.VMOVDQU(at(p, 1), high)
	build.VPMINUB(at(p, 2), low, low)
	build.VPMINUB(at(p, 3), high, high)
	build.VPMINUB(high, low, low)
	test(low)
	build.SUBQ(operand.I32(-step), p)
	build.CMPQ(p, last)
	build.JBE(operand.LabelRef("loop"))

	build.Comment("Less than an iteration; the last vector takes what remains.")
	build.Label("vectors")
	last = before(end, vector)
	build.CMPQ(p, last)
	build.JA(operand.LabelRef("tail"))
	build.Label("vectorLoop")
	build.VMOVDQU(at(p, 0), low)
	test(low)
	build.ADDQ(operand.Imm(vector), p)
	build.CMPQ(p, last)
	build.JBE(operand.LabelRef("vectorLoop"))
	build.Label("tail")
	build.VMOVDQU(at(last, 0), low)
	test(low)
	returnBool(0)
	build.Label("found")
	returnBool(1)
}

func returnBool(v uint64) {
	r := build.GP8()
	build.MOVB(operand.U8(v), r)
	build.Store(r, build.ReturnIndex(0))
	build.VZEROUPPER()
	build.RET()
}
