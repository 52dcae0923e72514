package main

import (
	"fmt"

	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

func grams() {
	function("gramsAVX2", "func(dst *uint64, src *byte, n int, bits *uint32,"+
		" caseBits, factor, factor2, shift uint32)",
		"gramsAVX2 is grams.markGeneric for n > 0 blocks. src includes the offset of the",
		"grams; bits is the table.")
	dst, src, n, table := load("dst"), load("src"), load("n"), load("bits")
	caseBits := repeatWord(load32("caseBits"))
	factor, factor2 := repeatWord(load32("factor")), repeatWord(load32("factor2"))
	shift := build.XMM()
	build.VMOVD(load32("shift").As32(), shift)
	bit := constant(31)
	windows, windows2 := loadWindows(0), loadWindows(4)

	hash, hash2, index := build.YMM(), build.YMM(), build.YMM()
	words, all := build.YMM(), build.YMM()
	eight := build.GP64()
	blocks(dst, n, []reg.GPVirtual{src}, func(mask reg.GPVirtual) {
		build.XORL(mask.As32(), mask.As32())
		// The last positions first, since they end up above the others.
		for k := block - 8; k >= 0; k -= 8 {
			build.VBROADCASTI128(operand.Mem{Base: src, Disp: k}, hash)
			build.VPOR(caseBits, hash, hash)
			build.VPSHUFB(windows2, hash, hash2)
			build.VPSHUFB(windows, hash, hash)
			build.VPMULLD(factor2, hash2, hash2)
			build.VPMULLD(factor, hash, hash)
			build.VPADDD(hash2, hash, hash)
			build.VPSRLD(shift, hash, hash)
			build.VPSRLD(operand.Imm(5), hash, index)
			// Both are set afresh, so that no gather waits for the previous one.
			build.VPCMPEQD(all, all, all)
			build.VPXOR(words, words, words)
			build.VPGATHERDD(all, operand.Mem{Base: table, Index: index, Scale: 4}, words)
			build.VPAND(bit, hash, hash)
			build.VPSLLVD(hash, words, words)
			build.VMOVMSKPS(words, eight.As32())
			build.SHLQ(operand.Imm(8), mask)
			build.ORQ(eight, mask)
		}
	})
}

func load32(name string) reg.GPVirtual {
	r := build.GP64()
	build.Load(build.Param(name), r.As32())
	return r
}

// loadWindows returns the shuffle that makes words of the bytes from to from+3, from+1 to from+4
// and so on, of the same 16 bytes in both halves.
func loadWindows(from int) reg.VecVirtual {
	m := build.GLOBL(fmt.Sprintf("windows%d", from), build.RODATA|build.NOPTR)
	for i := range 8 {
		build.DATA(4*i, operand.U32(0x03020100+0x01010101*(from+i)))
	}
	r := build.YMM()
	build.VMOVDQU(m, r)
	return r
}
