package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// plain writes the kernel that counts lines and words of ASCII in one pass. The masks are those of
// classify, and the addition is that of step.
func plain() {
	TEXT("plainAVX2", NOSPLIT,
		"func(p *byte, n int, stop uint32, in uint64) (done, lines, words int, out uint64)")
	Doc("plainAVX2 counts the lines and the words that start in the first done blocks",
		"of the n at p, 0 < n < 128. If stop is all ones, it stops before a block with",
		"a byte above 0x7F; if it is zero, it does not. in and out are 1 inside a word,",
		"otherwise 0.")
	Pragma("noescape")
	p := Load(Param("p"), GP64())
	n := Load(Param("n"), GP64())
	stop := Load(Param("stop"), GP32())
	in := Load(Param("in"), GP64())
	NEGQ(in) // all ones inside a word
	start, words := GP64(), GP64()
	MOVQ(p, start)
	XORQ(words, words)
	lines := YMM() // counters that grow by at most two per block
	VPXOR(lines, lines, lines)

	one := constant("one", 1)
	belowGraph := constant("belowGraph", firstGraph)
	blank := constant("space", ' ')
	toTop := constant("toTop", ctlToTop)
	belowCtl := constant("belowCtl", ctlToTop+0x09-1)
	newline := constant("newline", '\n')

	Label("plainLoop")
	PREFETCHT0(Mem{Base: p, Disp: 2048})
	x := [2]reg.VecVirtual{load(Mem{Base: p}), load(Mem{Base: p, Disp: 32})}
	t, high := YMM(), GP32()
	VPOR(x[0], x[1], t)
	VPMOVMSKB(t, high)
	TESTL(stop, high)
	JNZ(LabelRef("plainEnd"))

	collect := func(f func(x, y reg.VecVirtual)) reg.GPVirtual {
		var m [2]reg.GPVirtual
		for i := range m {
			y := YMM()
			f(x[i], y)
			m[i] = GP64()
			VPMOVMSKB(y, m[i].As32())
		}
		SHLQ(U8(32), m[1])
		ORQ(m[0], m[1])
		return m[1]
	}
	graph := collect(func(x, y reg.VecVirtual) {
		VPADDB(one, x, y)
		VPCMPGTB(belowGraph, y, y)
	})
	spaces := collect(func(x, y reg.VecVirtual) {
		VPADDB(toTop, x, y)
		VPCMPGTB(belowCtl, y, y)
		t := YMM()
		VPCMPEQB(x, blank, t)
		VPOR(t, y, y)
		VPCMPEQB(x, newline, t)
		VPSUBB(t, lines, lines)
	})
	NOTQ(spaces)
	before := GP64()
	MOVQ(spaces, before)
	XORQ(graph, spaces)
	ADDQ(Imm(1), in) // to the carry
	ADCQ(graph, before)
	SBBQ(in, in)
	XORQ(spaces, before)
	ANDNQ(graph, before, before)
	POPCNTQ(before, before)
	ADDQ(before, words)
	ADDQ(U8(64), p)
	DECQ(n)
	JNZ(LabelRef("plainLoop"))

	Label("plainEnd")
	SUBQ(start, p)
	SHRQ(U8(6), p)
	Store(p, ReturnIndex(0))
	zero := YMM()
	VPXOR(zero, zero, zero)
	VPSADBW(zero, lines, lines)
	Store(sum(lines), ReturnIndex(1))
	Store(words, ReturnIndex(2))
	NEGQ(in)
	Store(in, ReturnIndex(3))
	VZEROUPPER()
	RET()
}

// sum returns the sum of the four numbers in v.
func sum(v reg.VecVirtual) reg.GPVirtual {
	half, top := XMM(), XMM()
	VEXTRACTI128(U8(1), v, half)
	VPADDQ(half, v.AsX(), half)
	VPSRLDQ(U8(8), half, top)
	VPADDQ(top, half, half)
	s := GP64()
	VMOVQ(half, s)
	return s
}
