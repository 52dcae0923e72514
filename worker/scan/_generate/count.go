package main

import (
	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// block is the number of iterations between flushes of the byte counters.
const block = 32

// A flush first adds up the byte counters of all vectors, which must not overflow. What remains
// after the last block adds less than a block does.
const _ = uint8(unroll * block)

func count() {
	function("countAVX2", "func(b []byte, c byte) int",
		"countAVX2 is Count for len(b) >= 32.")
	p, n, c := loadBase("b"), loadLen("b"), broadcast("c")
	end := build.GP64()
	build.LEAQ(operand.Mem{Base: p, Index: n, Scale: 1}, end)
	countMatches(p, end, func(disp int, eq reg.VecVirtual, at reg.GPVirtual) {
		build.VPCMPEQB(operand.Mem{Base: at, Disp: disp}, c, eq)
	})
}

// countMatches writes the loops that count the positions [p, end), at least 32 of them, for which
// match sets eq to -1; it does so for the 32 positions from at+disp on.
func countMatches(p, end reg.GPVirtual, match func(disp int, eq reg.VecVirtual, at reg.GPVirtual)) {
	zero, total := build.YMM(), build.YMM()
	build.VPXOR(zero, zero, zero)
	build.VPXOR(total, total, total)
	var acc [unroll]reg.VecVirtual
	for k := range acc {
		acc[k] = build.YMM()
		build.VPXOR(acc[k], acc[k], acc[k])
	}
	eq := build.YMM()
	// A hit is -1 in its byte, so subtracting counts.
	add := func(k, disp int) {
		match(disp, eq, p)
		build.VPSUBB(eq, acc[k], acc[k])
	}
	iteration := func() {
		for k := range acc {
			add(k, k*vector)
		}
		build.SUBQ(operand.I32(-step), p)
	}
	flush := func() {
		build.VPADDB(acc[1], acc[0], acc[0])
		build.VPADDB(acc[3], acc[2], acc[2])
		build.VPADDB(acc[2], acc[0], acc[0])
		build.VPSADBW(zero, acc[0], acc[0])
		build.VPADDQ(acc[0], total, total)
	}

	build.Comment("Blocks, with prefetch.")
	last := before(end, block*step)
	left := build.GP64()
	build.CMPQ(p, last)
	build.JA(operand.LabelRef("rest"))
	build.Label("block")
	build.MOVQ(operand.I32(block), left)
	build.Label("blockLoop")
	prefetch(p)
	iteration()
	build.DECQ(left)
	build.JNZ(operand.LabelRef("blockLoop"))
	flush()
	for k := range acc {
		build.VPXOR(acc[k], acc[k], acc[k])
	}
	build.CMPQ(p, last)
	build.JBE(operand.LabelRef("block"))

	build.Comment("Less than a block.")
	build.Label("rest")
	last = before(end, step)
	build.CMPQ(p, last)
	build.JA(operand.LabelRef("vectors"))
	build.Label("restLoop")
	iteration()
	build.CMPQ(p, last)
	build.JBE(operand.LabelRef("restLoop"))

	build.Comment("Less than an iteration.")
	build.Label("vectors")
	last = before(end, vector)
	build.CMPQ(p, last)
	build.JA(operand.LabelRef("tail"))
	build.Label("vectorLoop")
	add(0, 0)
	build.ADDQ(operand.Imm(vector), p)
	build.CMPQ(p, last)
	build.JBE(operand.LabelRef("vectorLoop"))

	build.Comment("Less than a vector: shift out of the last one what was counted before.")
	build.Label("tail")
	match(0, eq, last)
	mask := build.GP64()
	build.VPMOVMSKB(eq, mask.As32())
	counted := reg.RCX
	build.MOVQ(p, counted)
	build.SUBQ(last, counted)
	build.SHRQ(reg.CL, mask)
	build.POPCNTQ(mask, mask)
	flush()

	high, sum := build.XMM(), build.GP64()
	build.VEXTRACTI128(operand.Imm(1), total, high)
	build.VPADDQ(high, total.AsX(), high)
	build.VMOVQ(high, sum)
	build.ADDQ(sum, mask)
	build.VPEXTRQ(operand.Imm(1), high, sum)
	build.ADDQ(sum, mask)
	returnInt(mask)
}
