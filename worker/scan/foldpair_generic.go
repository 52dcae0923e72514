package scan

// indexFoldPairGeneric is indexPairGeneric where case1 and case2 are set in the
// bytes of b before they are compared with b1 and b2.
func indexFoldPairGeneric(b []byte, m, off1, off2 int, b1, b2, case1, case2 byte) int {
	w1, w2 := repeat(b1), repeat(b2)
	c1, c2 := repeat(case1), repeat(case2)
	i := 0
	for ; i+wordLen <= m; i += wordLen {
		eq := equalBytes(word(b, i+off1)|c1, w1) & equalBytes(word(b, i+off2)|c2, w2)
		if eq != 0 {
			return i + firstByte(eq)
		}
	}
	for ; i < m; i++ {
		if b[i+off1]|case1 == b1 && b[i+off2]|case2 == b2 {
			return i
		}
	}
	return -1
}
