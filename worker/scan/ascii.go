package scan

// IsASCII reports whether no byte of b is above 0x7F.
func IsASCII(b []byte) bool {
	const step = 8 * wordLen
	for ; len(b) >= step; b = b[step:] {
		p := b[:step]
		low := word(p, 0) | word(p, 8) | word(p, 16) | word(p, 24)
		high := word(p, 32) | word(p, 40) | word(p, 48) | word(p, 56)
		if (low|high)&highBits != 0 {
			return false
		}
	}
	for _, c := range b {
		if c > 0x7F {
			return false
		}
	}
	return true
}
