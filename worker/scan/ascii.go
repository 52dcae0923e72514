package scan

// IsASCII tells whether no byte of b is 0x80 or more.
func IsASCII(b []byte) bool {
	for ; len(b) >= 4*wordLen; b = b[4*wordLen:] {
		if (word(b, 0)|word(b, wordLen)|word(b, 2*wordLen)|word(b, 3*wordLen))&highBits != 0 {
			return false
		}
	}
	for _, c := range b {
		if c >= 0x80 {
			return false
		}
	}
	return true
}
