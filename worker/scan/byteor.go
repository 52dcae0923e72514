package scan

import "github.com/linefork/linefork/internal/cpu"

// IndexByteOr returns the position in b of the first byte equal to c1 or to
// c2, or -1. The two may be the same.
func IndexByteOr(b []byte, c1, c2 byte) int {
	if cpu.AVX2() && len(b) >= vectorLen {
		return indexByteOrAVX2(b, c1, c2)
	}
	return indexByteOrGeneric(b, c1, c2)
}
