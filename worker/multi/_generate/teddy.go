package main

import (
	"fmt"
	"strings"

	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// finger has the stream of the bytes to look at, and the buckets of their nibbles.
type finger struct {
	src       reg.GPVirtual
	low, high reg.VecVirtual
}

func teddy(fingers int) {
	var offs []string
	for f := range fingers {
		offs = append(offs, fmt.Sprintf("o%d", f+1))
	}
	name := fmt.Sprintf("teddy%dAVX2", fingers)
	function(name,
		"func(dst *uint64, src *byte, n int, nibbles *byte, "+strings.Join(offs, ", ")+" int)",
		fmt.Sprintf("%s is teddy.markGeneric for n > 0 blocks and fingers at %d offsets.",
			name, fingers))
	dst, src, n, nibbles := load("dst"), load("src"), load("n"), load("nibbles")
	set := make([]finger, fingers)
	var streams []reg.GPVirtual
	for f := range set {
		set[f] = finger{src: load(offs[f]), low: build.YMM(), high: build.YMM()}
		build.ADDQ(src, set[f].src)
		build.VBROADCASTI128(operand.Mem{Base: nibbles, Disp: 32 * f}, set[f].low)
		build.VBROADCASTI128(operand.Mem{Base: nibbles, Disp: 32*f + 16}, set[f].high)
		streams = append(streams, set[f].src)
	}
	nibble, zero := constant(0x0f0f0f0f), build.YMM()
	build.VPXOR(zero, zero, zero)
	half := build.GP64()
	blocks(dst, n, streams, func(mask reg.GPVirtual) {
		for k, m := range []reg.GPVirtual{mask, half} {
			buckets := build.YMM()
			for f := range set {
				one := set[f].buckets(k*vector, nibble)
				if f == 0 {
					buckets = one
				} else {
					build.VPAND(one, buckets, buckets)
				}
			}
			build.VPCMPEQB(zero, buckets, buckets)
			build.VPMOVMSKB(buckets, m.As32())
		}
		// The masks mark where there is no bucket.
		build.SHLQ(operand.Imm(vector), half)
		build.ORQ(half, mask)
		build.NOTQ(mask)
	})
}

// buckets returns the set of buckets of each of the bytes at disp.
func (f finger) buckets(disp int, nibble reg.VecVirtual) reg.VecVirtual {
	low, high := build.YMM(), build.YMM()
	build.VMOVDQU(operand.Mem{Base: f.src, Disp: disp}, low)
	build.VPSRLW(operand.Imm(4), low, high)
	build.VPAND(nibble, low, low)
	build.VPAND(nibble, high, high)
	build.VPSHUFB(low, f.low, low)
	build.VPSHUFB(high, f.high, high)
	build.VPAND(low, high, low)
	return low
}
