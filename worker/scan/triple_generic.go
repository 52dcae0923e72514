package scan

// The searches here and their counterparts in assembly look only at the window starts 0 <= i < m,
// where m is the number of windows that fit into b. So i+Off3 < len(b) throughout.

// at reports whether the window at b[i] has the three bytes.
func (t *Triple) at(b []byte, i int) bool {
	return b[i+t.Off1] == t.B1 && b[i+t.Off2] == t.B2 && b[i+t.Off3] == t.B3
}

func indexTripleGeneric(b []byte, m int, t *Triple) int {
	w1, w2, w3 := repeat(t.B1), repeat(t.B2), repeat(t.B3)
	i := 0
	for ; i+wordLen <= m; i += wordLen {
		eq := equalBytes(word(b, i+t.Off1), w1) & equalBytes(word(b, i+t.Off2), w2)
		if eq == 0 {
			continue
		}
		if eq &= equalBytes(word(b, i+t.Off3), w3); eq != 0 {
			return i + firstByte(eq)
		}
	}
	for ; i < m; i++ {
		if t.at(b, i) {
			return i
		}
	}
	return -1
}

func indexTripleOrGeneric(b []byte, m int, t *Triple, stop byte) int {
	w1, w2, w3, ws := repeat(t.B1), repeat(t.B2), repeat(t.B3), repeat(stop)
	i := 0
	for ; i+wordLen <= m; i += wordLen {
		eq := equalBytes(word(b, i+t.Off1), w1) & equalBytes(word(b, i+t.Off2), w2)
		if eq != 0 {
			eq &= equalBytes(word(b, i+t.Off3), w3)
		}
		eq |= equalBytes(word(b, i), ws)
		if eq != 0 {
			return i + firstByte(eq)
		}
	}
	for ; i < m; i++ {
		if b[i] == stop || t.at(b, i) {
			return i
		}
	}
	return -1
}
