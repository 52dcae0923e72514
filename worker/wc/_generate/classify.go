package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// Offsets of the fields of masks, and its size.
const (
	graph = 8 * iota
	blank
	ctl
	high
	cont
	two
	three
	wide
	_ // double
	_ // thin
	size
)

const (
	firstGraph = 0x21        // compared with after 1 was added
	ctlToTop   = 0x7F - 0x0D // added to 0x0D, makes it the greatest byte
)

var shared = map[string]Mem{}

// constant returns the vector of 32 bytes b, loaded into a register.
func constant(name string, b byte) reg.VecVirtual { return load(memory(name, b)) }

// memory returns the vector of 32 bytes b.
func memory(name string, b byte) Mem {
	if _, ok := shared[name]; !ok {
		shared[name] = bytes(name, b)
	}
	return shared[name]
}

// classify writes the kernel that computes masks. Without utf8 it does not set the last four
// fields.
func classify(name string, utf8 bool) {
	params := "dst *uint64, src *byte, n int"
	if utf8 {
		params += ", boxes *uint8"
	}
	TEXT(name, NOSPLIT, "func("+params+")")
	if utf8 {
		Doc(name+" computes n masks, n > 0, of the n*64 bytes at src, and reads",
			"two more bytes.")
	} else {
		Doc(name + " computes the first four fields of n masks, n > 0.")
	}
	Pragma("noescape")
	dst := Load(Param("dst"), GP64())
	src := Load(Param("src"), GP64())
	n := Load(Param("n"), GP64())

	one := memory("one", 1)
	belowGraph := memory("belowGraph", firstGraph)
	space := memory("space", ' ')
	toTop := memory("toTop", ctlToTop)
	belowCtl := memory("belowCtl", ctlToTop+0x09-1)

	var nibble, noCont, zero reg.VecVirtual
	var tables [6]reg.VecVirtual // low and high nibbles of three bytes
	if utf8 {
		x := Load(Param("boxes"), GP64())
		nibble = constant("nibble", 0x0F)
		noCont = constant("noCont", 0xC0)
		zero = YMM()
		VPXOR(zero, zero, zero)
		for i := range tables {
			tables[i] = YMM()
			VBROADCASTI128(Mem{Base: x, Disp: 16 * i}, tables[i])
		}
	}

	Label(name + "Loop")
	Comment("For the next call: the caller's work between calls stops the hardware's",
		"own prefetching. A prefetch outside the input does nothing.")
	PREFETCHT0(Mem{Base: src, Disp: 2048})
	x := [2]reg.VecVirtual{load(Mem{Base: src}), load(Mem{Base: src, Disp: 32})}

	// store collects the top bits of what f returns for both halves.
	store := func(field int, f func(x, y reg.VecVirtual) reg.VecVirtual) reg.GPVirtual {
		var m [2]reg.GPVirtual
		for i := range m {
			m[i] = GP64()
			VPMOVMSKB(f(x[i], YMM()), m[i].As32())
		}
		SHLQ(U8(32), m[1])
		ORQ(m[0], m[1])
		MOVQ(m[1], Mem{Base: dst, Disp: field})
		return m[1]
	}

	Comment("Signed comparisons: bytes above 0x7F are negative.")
	store(graph, func(x, y reg.VecVirtual) reg.VecVirtual {
		VPADDB(one, x, y) // 0x7F becomes negative
		VPCMPGTB(belowGraph, y, y)
		return y
	})
	store(blank, func(x, y reg.VecVirtual) reg.VecVirtual {
		VPCMPEQB(space, x, y)
		return y
	})
	store(ctl, func(x, y reg.VecVirtual) reg.VecVirtual {
		VPADDB(toTop, x, y) // 0x0D becomes the greatest
		VPCMPGTB(belowCtl, y, y)
		return y
	})
	h := store(high, func(x, _ reg.VecVirtual) reg.VecVirtual { return x })

	if utf8 {
		TESTQ(h, h)
		JZ(LabelRef(name + "Next"))
		store(cont, func(x, y reg.VecVirtual) reg.VecVirtual {
			VPCMPGTB(x, noCont, y)
			return y
		})
		Comment("The boxes of the characters that start here.")
		for i := range x {
			r := YMM()
			for j := range 3 {
				t, y := YMM(), x[i]
				if j > 0 {
					y = load(Mem{Base: src, Disp: 32*i + j})
				}
				VPAND(nibble, y, t)
				VPSHUFB(t, tables[2*j], t)
				VPSRLW(U8(4), y, y)
				VPAND(nibble, y, y)
				VPSHUFB(y, tables[2*j+1], y)
				VPAND(t, y, y)
				if j == 0 {
					VMOVDQU(y, r)
				} else {
					VPAND(y, r, r)
				}
			}
			x[i] = r
		}
		for _, f := range []struct {
			field int
			mask  Mem
		}{
			{two, memory("boxesTwo", 0x07)},
			{three, memory("boxesThree", 0xF8)},
			{wide, memory("boxesWide", 0xF0)},
		} {
			m := store(f.field, func(r, y reg.VecVirtual) reg.VecVirtual {
				VPAND(f.mask, r, y)
				VPCMPEQB(zero, y, y)
				return y
			})
			NOTQ(m)
			MOVQ(m, Mem{Base: dst, Disp: f.field})
		}
	}

	Label(name + "Next")
	ADDQ(U8(64), src)
	ADDQ(U8(size), dst)
	DECQ(n)
	JNZ(LabelRef(name + "Loop"))
	VZEROUPPER()
	RET()
}
