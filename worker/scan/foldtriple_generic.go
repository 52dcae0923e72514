package scan

// indexFoldTripleGeneric is indexTripleGeneric, but sets the bits of cases in the bytes of b before
// it compares them with the three of t.
func indexFoldTripleGeneric(b []byte, m int, t *Triple, cases [3]byte) int {
	w1, w2, w3 := repeat(t.B1), repeat(t.B2), repeat(t.B3)
	c1, c2, c3 := repeat(cases[0]), repeat(cases[1]), repeat(cases[2])
	i := 0
	for ; i+wordLen <= m; i += wordLen {
		eq := equalBytes(word(b, i+t.Off1)|c1, w1) & equalBytes(word(b, i+t.Off2)|c2, w2)
		if eq == 0 {
			continue
		}
		if eq &= equalBytes(word(b, i+t.Off3)|c3, w3); eq != 0 {
			return i + firstByte(eq)
		}
	}
	for ; i < m; i++ {
		if b[i+t.Off1]|cases[0] == t.B1 && b[i+t.Off2]|cases[1] == t.B2 && b[i+t.Off3]|cases[2] == t.B3 {
			return i
		}
	}
	return -1
}
