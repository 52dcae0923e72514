package scan

// The searches here and their counterparts in assembly look at the window
// starts 0 <= i < m only, where m is the number of windows that fit into b. So
// i+off2 < len(b) throughout.

func indexPairGeneric(b []byte, m, off1, off2 int, b1, b2 byte) int {
	w1, w2 := repeat(b1), repeat(b2)
	i := 0
	for ; i+wordLen <= m; i += wordLen {
		eq := equalBytes(word(b, i+off1), w1) & equalBytes(word(b, i+off2), w2)
		if eq != 0 {
			return i + firstByte(eq)
		}
	}
	for ; i < m; i++ {
		if b[i+off1] == b1 && b[i+off2] == b2 {
			return i
		}
	}
	return -1
}

func indexPairOrGeneric(b []byte, m, off1, off2 int, b1, b2, stop byte) int {
	w1, w2, ws := repeat(b1), repeat(b2), repeat(stop)
	i := 0
	for ; i+wordLen <= m; i += wordLen {
		eq := equalBytes(word(b, i+off1), w1) & equalBytes(word(b, i+off2), w2)
		eq |= equalBytes(word(b, i), ws)
		if eq != 0 {
			return i + firstByte(eq)
		}
	}
	for ; i < m; i++ {
		if b[i] == stop || b[i+off1] == b1 && b[i+off2] == b2 {
			return i
		}
	}
	return -1
}
