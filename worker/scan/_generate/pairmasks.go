package main

import (
	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
)

// pairMasks compares each block of 64 bytes with the terminator and with the pair, and stores the
// results as two words.
func pairMasks() {
	const width, words = 64, 2
	function("pairMasksAVX2",
		"func(dst *uint64, src *byte, n int, c1, c2 byte, gap int, terminator byte)",
		"pairMasksAVX2 is pairMasksGeneric for n > 0 blocks of 64 bytes.")
	dst, p, n := load("dst"), load("src"), load("n")
	c1, c2, terminator := broadcast("c1"), broadcast("c2"), broadcast("terminator")
	p2 := advance(p, load("gap"))
	low, high := build.YMM(), build.YMM()
	eq, eq2 := build.YMM(), build.YMM()
	lowBits, highBits := build.GP64(), build.GP64()
	store := func(disp int) {
		build.SHLQ(operand.U8(vector), highBits)
		build.ORQ(highBits, lowBits)
		build.MOVQ(lowBits, operand.Mem{Base: dst, Disp: disp})
	}

	build.Label("pairMasksLoop")
	build.PREFETCHT0(operand.Mem{Base: p, Disp: ahead})
	build.VMOVDQU(operand.Mem{Base: p}, low)
	build.VMOVDQU(operand.Mem{Base: p, Disp: vector}, high)
	build.VPCMPEQB(low, c1, eq)
	build.VPCMPEQB(operand.Mem{Base: p2}, c2, eq2)
	build.VPAND(eq, eq2, eq)
	build.VPMOVMSKB(eq, lowBits.As32())
	build.VPCMPEQB(high, c1, eq)
	build.VPCMPEQB(operand.Mem{Base: p2, Disp: vector}, c2, eq2)
	build.VPAND(eq, eq2, eq)
	build.VPMOVMSKB(eq, highBits.As32())
	store(0)
	build.VPCMPEQB(low, terminator, eq)
	build.VPMOVMSKB(eq, lowBits.As32())
	build.VPCMPEQB(high, terminator, eq)
	build.VPMOVMSKB(eq, highBits.As32())
	store(8)
	build.ADDQ(operand.U8(width), p)
	build.ADDQ(operand.U8(width), p2)
	build.ADDQ(operand.U8(8*words), dst)
	build.DECQ(n)
	build.JNZ(operand.LabelRef("pairMasksLoop"))
	build.VZEROUPPER()
	build.RET()
}
