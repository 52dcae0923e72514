package dfa

import "unsafe"

// chainCount is the number of interleaved chains. Each step of one waits for the load of its
// previous step, some five cycles; the steps of four fill that time. More chains would need more
// registers than there are.
const chainCount = 4

// chain passes through one piece of the block. A chain without a piece is parked: it reads the
// whole block, again and again, in a state where that has no effect, so that the loop need not
// know.
type chain struct {
	pos, end int
	state    uint32
	piece    int
}

// stepAll takes n steps with each chain, or fewer if the state of one gets flagged before that. In
// b, n bytes follow the position of each chain, and the states of the chains are rows of the table.
//
// This is the loop that everything else exists for. It needs no bounds checks: positions are below
// the ends that [Machine.advance] keeps, and the values in the table are offsets of whole rows.
func stepAll(chains *[chainCount]chain, b []byte, table []uint32, n int) {
	c0, c1, c2, c3 := &chains[0], &chains[1], &chains[2], &chains[3]
	t, p := unsafe.Pointer(unsafe.SliceData(table)), unsafe.Pointer(unsafe.SliceData(b))
	p0, p1 := unsafe.Add(p, c0.pos), unsafe.Add(p, c1.pos)
	p2, p3 := unsafe.Add(p, c2.pos), unsafe.Add(p, c3.pos)
	s0, s1, s2, s3 := c0.state, c1.state, c2.state, c3.state
	i := 0
	for i < n {
		s0 = *(*uint32)(unsafe.Add(t, 4*(uintptr(s0)+uintptr(*(*byte)(unsafe.Add(p0, i))))))
		s1 = *(*uint32)(unsafe.Add(t, 4*(uintptr(s1)+uintptr(*(*byte)(unsafe.Add(p1, i))))))
		s2 = *(*uint32)(unsafe.Add(t, 4*(uintptr(s2)+uintptr(*(*byte)(unsafe.Add(p2, i))))))
		s3 = *(*uint32)(unsafe.Add(t, 4*(uintptr(s3)+uintptr(*(*byte)(unsafe.Add(p3, i))))))
		i++
		if (s0|s1|s2|s3)&stop != 0 {
			break
		}
	}
	c0.state, c1.state, c2.state, c3.state = s0, s1, s2, s3
	c0.pos += i
	c1.pos += i
	c2.pos += i
	c3.pos += i
}
