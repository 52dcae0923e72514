package main

import (
	"fmt"
	"strings"

	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// search writes the loops that search the positions [pos, end), at least 32 of them. They return
// the first one that match marks, as an offset from pos, or -1.
//
// streams are the pointers that move with the position; the first is the position itself. match
// sets the bytes of its register to nonzero for the hits among the 32 positions that start disp
// bytes after the current one.
func search(streams []reg.GPVirtual, end reg.GPVirtual, match func(disp int, hits reg.VecVirtual)) {
	pos := streams[0]
	start := build.GP64()
	build.MOVQ(pos, start)

	var hits [unroll]reg.VecVirtual
	for k := range hits {
		hits[k] = build.YMM()
	}
	any01, any23 := build.YMM(), build.YMM()
	mask := build.GP64()

	build.Comment("A hit nearby, as in data full of them, is not worth a whole iteration.")
	match(0, hits[0])
	build.VPMOVMSKB(hits[0], mask.As32())
	build.TESTL(mask.As32(), mask.As32())
	build.JNZ(operand.LabelRef("found"))

	build.Comment("Whole iterations, with prefetch.")
	last := before(end, step)
	build.CMPQ(pos, last)
	build.JA(operand.LabelRef("vectors"))
	build.Label("loop")
	prefetch(pos)
	for k := range hits {
		match(k*vector, hits[k])
	}
	build.VPOR(hits[0], hits[1], any01)
	build.VPOR(hits[2], hits[3], any23)
	build.VPOR(any01, any23, any23)
	build.VPMOVMSKB(any23, mask.As32())
	build.TESTL(mask.As32(), mask.As32())
	build.JNZ(operand.LabelRef("inLoop"))
	for _, s := range streams {
		build.SUBQ(operand.I32(-step), s)
	}
	build.CMPQ(pos, last)
	build.JBE(operand.LabelRef("loop"))

	build.Comment("Less than an iteration.")
	build.Label("vectors")
	last = before(end, vector)
	build.CMPQ(pos, last)
	build.JA(operand.LabelRef("tail"))
	build.Label("vectorLoop")
	match(0, hits[0])
	build.VPMOVMSKB(hits[0], mask.As32())
	build.TESTL(mask.As32(), mask.As32())
	build.JNZ(operand.LabelRef("found"))
	for _, s := range streams {
		build.ADDQ(operand.Imm(vector), s)
	}
	build.CMPQ(pos, last)
	build.JBE(operand.LabelRef("vectorLoop"))

	build.Comment("Less than a vector: go back to the last one. Positions in it that were",
		"searched before have no hits.")
	build.Label("tail")
	back := build.GP64()
	build.MOVQ(pos, back)
	build.SUBQ(last, back)
	for _, s := range streams {
		build.SUBQ(back, s)
	}
	match(0, hits[0])
	build.VPMOVMSKB(hits[0], mask.As32())
	build.TESTL(mask.As32(), mask.As32())
	build.JNZ(operand.LabelRef("found"))
	build.MOVQ(operand.I32(-1), mask)
	returnInt(mask)

	build.Comment("A hit in one of the four vectors.")
	build.Label("inLoop")
	merge := func(low, high reg.VecVirtual) {
		h := build.GP64()
		build.VPMOVMSKB(low, mask.As32())
		build.VPMOVMSKB(high, h.As32())
		build.SHLQ(operand.Imm(vector), h)
		build.ORQ(h, mask)
	}
	merge(hits[0], hits[1])
	build.JNZ(operand.LabelRef("found"))
	build.ADDQ(operand.Imm(2*vector), pos)
	merge(hits[2], hits[3])

	build.Comment("The first bit of the mask is the hit.")
	build.Label("found")
	build.TZCNTQ(mask, mask)
	build.ADDQ(pos, mask)
	build.SUBQ(start, mask)
	returnInt(mask)
}

// advance returns a register with p+n.
func advance(p, n reg.GPVirtual) reg.GPVirtual {
	r := build.GP64()
	build.LEAQ(operand.Mem{Base: p, Index: n, Scale: 1}, r)
	return r
}

func indexByteOr() {
	function("indexByteOrAVX2", "func(b []byte, c1, c2 byte) int",
		"indexByteOrAVX2 is IndexByteOr for len(b) >= 32.")
	p, n := loadBase("b"), loadLen("b")
	c1, c2 := broadcast("c1"), broadcast("c2")
	data := build.YMM()
	search([]reg.GPVirtual{p}, advance(p, n), func(disp int, hits reg.VecVirtual) {
		build.VMOVDQU(operand.Mem{Base: p, Disp: disp}, data)
		build.VPCMPEQB(data, c1, hits)
		build.VPCMPEQB(data, c2, data)
		build.VPOR(data, hits, hits)
	})
}

// window holds some bytes and, for each, a stream: a pointer at its offset from the position.
type window struct {
	streams []reg.GPVirtual
	bytes   []reg.VecVirtual
}

// windowNames names windows of so many bytes in the names of kernels.
var windowNames = map[int]string{2: "Pair", 3: "Triple"}

// numbered returns name1, name2, … for a window of n bytes.
func numbered(name string, n int) []string {
	var names []string
	for k := range n {
		names = append(names, fmt.Sprintf("%s%d", name, k+1))
	}
	return names
}

// windowSignature is the signature of a kernel that searches for a window of n bytes, with more
// byte parameters.
func windowSignature(n int, more ...string) string {
	offs, bytes := numbered("off", n), append(numbered("b", n), more...)
	return fmt.Sprintf("func(b []byte, m, %s int, %s byte) int",
		strings.Join(offs, ", "), strings.Join(bytes, ", "))
}

func loadWindow(n int, p reg.GPVirtual) (w window) {
	for _, name := range numbered("off", n) {
		w.streams = append(w.streams, advance(p, load(name)))
	}
	for _, name := range numbered("b", n) {
		w.bytes = append(w.bytes, broadcast(name))
	}
	return w
}

// match compares the bytes of a window with their streams.
func (w *window) match() func(int, reg.VecVirtual) {
	eq := build.YMM()
	return func(disp int, hits reg.VecVirtual) {
		for k, s := range w.streams {
			if k == 0 {
				build.VPCMPEQB(operand.Mem{Base: s, Disp: disp}, w.bytes[k], hits)
				continue
			}
			build.VPCMPEQB(operand.Mem{Base: s, Disp: disp}, w.bytes[k], eq)
			build.VPAND(eq, hits, hits)
		}
	}
}

func indexWindow(n int) {
	name := "index" + windowNames[n] + "AVX2"
	function(name, windowSignature(n), name+" is indexTripleGeneric for m >= 32.")
	p, m := loadBase("b"), load("m")
	w := loadWindow(n, p)
	// The stream of the first byte stands in for the position.
	search(w.streams, advance(w.streams[0], m), w.match())
}

func indexWindowOr(n int) {
	name := "index" + windowNames[n] + "OrAVX2"
	function(name, windowSignature(n, "stop"), name+" is indexTripleOrGeneric for m >= 32.")
	p, m := loadBase("b"), load("m")
	w := loadWindow(n, p)
	stop := broadcast("stop")
	match := w.match()
	eq := build.YMM()
	search(append([]reg.GPVirtual{p}, w.streams...), advance(p, m), func(disp int, hits reg.VecVirtual) {
		match(disp, hits)
		build.VPCMPEQB(operand.Mem{Base: p, Disp: disp}, stop, eq)
		build.VPOR(eq, hits, hits)
	})
}
