package wc

// settled carries the characters that lie in boxes from block to block.
type settled struct {
	cont, two, three, wide uint64 // of the previous block
}

// next returns the last bytes of the characters in boxes that end in m, those of them that are two
// columns wide, and the lead bytes of all other characters. It checks that continuation bytes
// follow.
func (s *settled) next(m *masks) (last, wide, rest uint64) {
	end3 := m.cont & (m.cont<<1 | s.cont>>63)
	three := end3 & (m.three<<2 | s.three>>62)
	last = m.cont&(m.two<<1|s.two>>63) | three
	wide = end3 & (m.wide<<2 | s.wide>>62)
	rest = m.high &^ (m.cont | m.two | m.three)
	*s = settled{m.cont, m.two, m.three, m.wide}
	return last, wide, rest
}

// resolve places the multibyte characters of the blocks of b in their masks, and reports whether
// there can be any. It reads up to ahead bytes after the blocks.
func (u *unicode) resolve(ms []masks, b []byte, s *settled) bool {
	high := uint64(0)
	for i := range ms {
		high |= ms[i].high
	}
	if high == 0 {
		*s = settled{}
		return false
	}
	for i := range ms {
		m := &ms[i]
		if m.high == 0 {
			m.double, m.thin = 0, 0
			*s = settled{}
			continue
		}
		last, wide, rest := s.next(m)
		m.graph |= last
		m.double, m.thin = wide, 0
		if rest != 0 {
			u.lookUp(m, b[i*block:][:block+ahead], rest)
		}
	}
	return true
}
