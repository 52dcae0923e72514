package scan

// Count returns the number of bytes of b that are equal to c.
func Count(b []byte, c byte) int {
	if useAVX2 && len(b) >= vectorLen {
		return countAVX2(b, c)
	}
	return countGeneric(b, c)
}
