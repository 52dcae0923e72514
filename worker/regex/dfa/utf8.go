package dfa

import (
	"encoding/binary"

	"github.com/linefork/linefork/worker/regex/syntax"
)

// A set of runes is compiled to the smallest automaton that reads their UTF-8 encodings: the runes
// are divided by their first byte, those with the same first byte by the second, and so on, and
// equal remainders are one node. What stays the same from one first byte to the next, as for "any
// character", thus costs nothing. Russ Cox ("Regular Expression Matching in the Wild") and Andrew
// Gallant (utf8-ranges) build the same from sequences of byte ranges with shared suffixes; with
// sets of bytes on the arcs, there is no need to split into ranges.

// encodings are the runes by the length of their encoding: how many continuation bytes of six bits
// each, and the bits of the first byte.
var encodings = []struct {
	syntax.RuneRange
	tail  int
	first byte
}{
	{syntax.RuneRange{Lo: 0x80, Hi: 0x7FF}, 1, 0xC0},
	{syntax.RuneRange{Lo: 0x800, Hi: 0xD7FF}, 2, 0xE0},
	{syntax.RuneRange{Lo: 0xE000, Hi: 0xFFFF}, 2, 0xE0}, // after the surrogates
	{syntax.RuneRange{Lo: 0x10000, Hi: 0x10FFFF}, 3, 0xF0},
}

// runes adds arcs from one node to another that read a rune of the ranges,
// which are in order.
func (c *compiler) runes(from, to int32, ranges []syntax.RuneRange) {
	t := tails{compiler: c, end: to, nodes: make(map[string]int32)}
	for _, e := range encodings {
		t.divide(from, e.first, e.tail, clip(ranges, e.Lo, e.Hi))
	}
}

// clip returns the stretches of the ranges between lo and hi, with neighbours joined.
func clip(ranges []syntax.RuneRange, lo, hi rune) (clipped []syntax.RuneRange) {
	for _, r := range ranges {
		r.Lo, r.Hi = max(r.Lo, lo), min(r.Hi, hi)
		if r.Lo > r.Hi {
			continue
		}
		if n := len(clipped); n > 0 && clipped[n-1].Hi+1 >= r.Lo {
			clipped[n-1].Hi = max(clipped[n-1].Hi, r.Hi)
			continue
		}
		clipped = append(clipped, r)
	}
	return clipped
}

// tails are the nodes that read the continuation bytes of one set.
type tails struct {
	*compiler
	end   int32
	nodes map[string]int32 // by number of bytes and remaining ranges
	key   []byte
}

// divide adds arcs from a node for the byte that has the bits first and, below them, what is above
// the lowest 6*tail bits of a number in the ranges; they lead to nodes that read the rest.
func (t *tails) divide(from int32, first byte, tail int, ranges []syntax.RuneRange) {
	unit := rune(1) << (6 * tail)
	sets := make(map[int32]*byteSet)
	var order []int32
	read := func(lo, hi rune, rest []syntax.RuneRange) {
		to := t.node(tail, rest)
		s := sets[to]
		if s == nil {
			s = new(byteSet)
			sets[to] = s
			order = append(order, to)
		}
		s.addRange(first|byte(lo/unit), first|byte(hi/unit))
	}
	whole := []syntax.RuneRange{{Lo: 0, Hi: unit - 1}}
	for len(ranges) > 0 && t.err == nil {
		lo, hi := ranges[0].Lo, ranges[0].Hi
		if lo%unit == 0 && lo+unit-1 <= hi {
			end := (hi+1)/unit*unit - 1 // of the last whole unit
			read(lo, end, whole)
			if ranges[0].Lo = end + 1; end == hi {
				ranges = ranges[1:]
			}
			continue
		}
		base, last := lo/unit*unit, lo/unit*unit+unit-1
		var rest []syntax.RuneRange
		for len(ranges) > 0 && ranges[0].Lo <= last {
			rest = append(rest, syntax.RuneRange{
				Lo: ranges[0].Lo - base, Hi: min(ranges[0].Hi, last) - base,
			})
			if ranges[0].Hi > last {
				ranges[0].Lo = last + 1
				break
			}
			ranges = ranges[1:]
		}
		read(lo, lo, rest)
	}
	for _, to := range order {
		t.read(from, to, label{byteSet: *sets[to]})
	}
}

// node returns the node that reads tail bytes whose bits are in the ranges.
func (t *tails) node(tail int, ranges []syntax.RuneRange) int32 {
	if tail == 0 {
		return t.end
	}
	t.key = append(t.key[:0], byte(tail))
	for _, r := range ranges {
		t.key = binary.LittleEndian.AppendUint32(t.key, uint32(r.Lo))
		t.key = binary.LittleEndian.AppendUint32(t.key, uint32(r.Hi))
	}
	id, ok := t.nodes[string(t.key)]
	if !ok {
		id = t.compiler.node()
		t.nodes[string(t.key)] = id
		t.divide(id, 0x80, tail-1, append([]syntax.RuneRange(nil), ranges...))
	}
	return id
}
