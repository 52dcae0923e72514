// Command generate writes the AVX2 kernels of package wc.
package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

func main() {
	ConstraintExpr("!noasm")
	classify("classifyASCIIAVX2", false)
	classify("classifyUTF8AVX2", true)
	chars()
	plain()
	Generate()
}

// bytes returns a read-only vector of 32 equal bytes.
func bytes(name string, b byte) Mem {
	var v [32]byte
	for i := range v {
		v[i] = b
	}
	return data(name, v)
}

// nibbles returns a table for VPSHUFB, the same in both lanes.
func nibbles(name string, t [16]byte) Mem {
	var v [32]byte
	copy(v[:16], t[:])
	copy(v[16:], t[:])
	return data(name, v)
}

func data(name string, v [32]byte) Mem {
	m := GLOBL(name, RODATA|NOPTR)
	for i := 0; i < len(v); i += 8 {
		var x uint64
		for j := 7; j >= 0; j-- {
			x = x<<8 | uint64(v[i+j])
		}
		DATA(i, U64(x))
	}
	return m
}

func load(m Mem) reg.VecVirtual {
	y := YMM()
	VMOVDQU(m, y)
	return y
}
