package wc

import "math/bits"

// widthState carries the search for the widest line from block to block.
type widthState struct {
	column, max int64
}

// add measures the blocks of b, whose masks are ms; multibyte says whether resolve has completed
// them.
func (w *widthState) add(ms []masks, b []byte, multibyte bool) {
	column, widest := w.column, w.max
	for i := range ms {
		m := &ms[i]
		// Bytes that add a column, and bytes that add another.
		one, two := m.graph|m.blank, uint64(0)
		if multibyte {
			one &^= m.thin
			two = m.double
		}
		for ctl := m.ctl; ctl != 0; ctl &= ctl - 1 {
			before := ctl&-ctl - 1
			j := bits.OnesCount64(before) // as in lookUp
			column += count2(one&before, two&before)
			one &^= before
			two &^= before
			switch b[i*block+j] {
			case '\t':
				column |= 7
				column++
			case '\v':
			default: // newline, form feed, carriage return
				widest = max(widest, column)
				column = 0
			}
		}
		column += count2(one, two)
	}
	w.column, w.max = column, widest
}

// count2 returns the number of bits of both.
func count2(a, b uint64) int64 {
	return int64(bits.OnesCount64(a) + bits.OnesCount64(b))
}

// widest returns the width of the widest line as if the input ended here.
func (w *widthState) widest() int64 { return max(w.max, w.column) }
