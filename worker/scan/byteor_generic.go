package scan

func indexByteOrGeneric(b []byte, c1, c2 byte) int {
	w1, w2 := repeat(c1), repeat(c2)
	i := 0
	for ; i+wordLen <= len(b); i += wordLen {
		w := word(b, i)
		if eq := equalBytes(w, w1) | equalBytes(w, w2); eq != 0 {
			return i + firstByte(eq)
		}
	}
	for ; i < len(b); i++ {
		if b[i] == c1 || b[i] == c2 {
			return i
		}
	}
	return -1
}
