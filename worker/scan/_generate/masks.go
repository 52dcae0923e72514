package main

import (
	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// masks compares each block of 64 bytes with three bytes and stores the results as three words.
func masks() {
	const width, words = 64, 3
	function("masksAVX2", "func(dst *uint64, src *byte, n int, a, b, c byte)",
		"masksAVX2 is masksGeneric for n > 0 blocks of 64 bytes.")
	dst, p, n := load("dst"), load("src"), load("n")
	var bytes [words]reg.VecVirtual
	for k, name := range []string{"a", "b", "c"} {
		bytes[k] = broadcast(name)
	}
	low, high := build.YMM(), build.YMM()
	eq := build.YMM()
	lowBits, highBits := build.GP64(), build.GP64()

	build.Label("masksLoop")
	build.PREFETCHT0(operand.Mem{Base: p, Disp: ahead})
	build.VMOVDQU(operand.Mem{Base: p}, low)
	build.VMOVDQU(operand.Mem{Base: p, Disp: vector}, high)
	for k, c := range bytes {
		build.VPCMPEQB(low, c, eq)
		build.VPMOVMSKB(eq, lowBits.As32())
		build.VPCMPEQB(high, c, eq)
		build.VPMOVMSKB(eq, highBits.As32())
		build.SHLQ(operand.U8(vector), highBits)
		build.ORQ(highBits, lowBits)
		build.MOVQ(lowBits, operand.Mem{Base: dst, Disp: 8 * k})
	}
	build.ADDQ(operand.U8(width), p)
	build.ADDQ(operand.U8(8*words), dst)
	build.DECQ(n)
	build.JNZ(operand.LabelRef("masksLoop"))
	build.VZEROUPPER()
	build.RET()
}
