package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// Bits for a lead byte and the byte after it, set if the pair may start a character. Each
// restriction of the second byte has its own.
const (
	pairD    = 1 << iota // 0xD0 to 0xDF
	pairC                // 0xC2 to 0xCF
	pairE0               // 0xA0 to 0xBF
	pairE                // 0xE1 to 0xEF without 0xED
	pairED               // 0x80 to 0x9F
	pairF0               // 0x90 to 0xBF
	pairF                // 0xF1 to 0xF7
	pairLong             // 0xF8 to 0xFF: five bytes, six or none; left to Go

	of2 = pairC | pairD
	of3 = pairE0 | pairE | pairED
	of4 = pairF0 | pairF
)

// tables returns what the high and the low nibble of a lead byte and the high nibble of the next
// byte allow; the pair allows what all three allow.
func tables() (high, low, second [16]byte) {
	high[0xC], high[0xD] = pairC, pairD
	high[0xE], high[0xF] = of3, of4|pairLong
	for i := range low {
		low[i] = pairD | pairE
		if i >= 2 {
			low[i] |= pairC
		}
		if i > 0 && i < 8 {
			low[i] |= pairF
		}
		if i >= 8 {
			low[i] |= pairLong
		}
	}
	low[0x0] = pairD | pairE0 | pairF0
	low[0xD] = low[0xD]&^pairE | pairED
	const any = pairC | pairD | pairE | pairF | pairLong
	second[0x8] = any | pairED
	second[0x9] = any | pairED | pairF0
	second[0xA] = any | pairE0 | pairF0
	second[0xB] = any | pairE0 | pairF0
	return
}

// chars writes the kernel that counts characters.
func chars() {
	TEXT("charsAVX2", NOSPLIT, "func(p *byte, n int) (count, done int)")
	Doc("charsAVX2 counts the characters that start in the first done bytes at p,",
		"and reads at most three bytes more, of n in all. It stops near the last",
		"bytes, and before 64 bytes that may start a character of five or six bytes.")
	Pragma("noescape")
	p := Load(Param("p"), GP64())
	n := Load(Param("n"), GP64())
	start := GP64()
	MOVQ(p, start)
	Comment("The last position where 64 bytes and three more can be read.")
	limit := GP64()
	LEAQ(Mem{Base: p, Index: n, Scale: 1, Disp: -67}, limit)

	high, low, second := tables()
	highs := load(nibbles("pairHigh", high))
	lows := load(nibbles("pairLow", low))
	seconds := load(nibbles("pairSecond", second))
	nibble := constant("nibble", 0x0F)
	noCont := constant("noCont", 0xC0)
	mask3 := load(bytes("of3", of3))
	mask4 := load(bytes("of4", of4))
	mask2 := load(bytes("of2", of2))
	zero := YMM()
	VPXOR(zero, zero, zero)
	total := YMM() // bytes that do not start a character, as four sums
	VPXOR(total, total, total)

	CMPQ(p, limit)
	JHI(LabelRef("charsSum"))

	Label("charsLoop")
	PREFETCHT0(Mem{Base: p, Disp: 2048})
	x := [2]reg.VecVirtual{load(Mem{Base: p}), load(Mem{Base: p, Disp: 32})}
	t, g := YMM(), GP32()
	VPOR(x[0], x[1], t)
	VPMOVMSKB(t, g)
	TESTL(g, g)
	JZ(LabelRef("charsNext"))

	var none, pair [2]reg.VecVirtual
	for i := range x {
		pair[i], none[i] = YMM(), YMM()
		t, u := YMM(), YMM()
		at := func(ahead int) Mem { return Mem{Base: p, Disp: 32*i + ahead} }
		VPSRLW(U8(4), x[i], t)
		VPAND(nibble, t, t)
		VPSHUFB(t, highs, pair[i])
		VPAND(nibble, x[i], t)
		VPSHUFB(t, lows, t)
		VPAND(t, pair[i], pair[i])
		VMOVDQU(at(1), t)
		VPSRLW(U8(4), t, t)
		VPAND(nibble, t, t)
		VPSHUFB(t, seconds, t)
		VPAND(t, pair[i], pair[i])
		Comment("The pair suffices for two bytes; more need continuation bytes.")
		VMOVDQU(at(3), t)
		VPCMPGTB(t, noCont, t)
		VPAND(mask4, t, t)
		VPOR(mask3, t, t)
		VMOVDQU(at(2), u)
		VPCMPGTB(u, noCont, u)
		VPAND(u, t, t)
		VPOR(mask2, t, t)
		VPAND(t, pair[i], t)
		Comment("-1 where no character starts: not here, and not ASCII.")
		VPCMPEQB(zero, t, t)
		VPCMPGTB(x[i], zero, none[i])
		VPAND(t, none[i], none[i])
	}
	VPOR(pair[0], pair[1], t)
	VPMOVMSKB(t, g)
	TESTL(g, g)
	JNZ(LabelRef("charsSum"))
	VPADDB(none[0], none[1], none[0])
	VPSUBB(none[0], zero, none[0])
	VPSADBW(zero, none[0], none[0])
	VPADDQ(none[0], total, total)

	Label("charsNext")
	ADDQ(U8(64), p)
	CMPQ(p, limit)
	JLS(LabelRef("charsLoop"))

	Label("charsSum")
	others := sum(total)
	SUBQ(start, p)
	count := GP64()
	MOVQ(p, count)
	SUBQ(others, count)
	Store(count, ReturnIndex(0))
	Store(p, ReturnIndex(1))
	VZEROUPPER()
	RET()
}
