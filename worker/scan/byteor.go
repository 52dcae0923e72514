package scan

// IndexByteOr returns the position in b of the first byte equal to c1 or to
// c2, or -1. The two may be the same.
func IndexByteOr(b []byte, c1, c2 byte) int {
	if useAVX2 && len(b) >= vectorLen {
		return indexByteOrAVX2(b, c1, c2)
	}
	return indexByteOrGeneric(b, c1, c2)
}
