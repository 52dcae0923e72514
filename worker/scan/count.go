package scan

import "github.com/linefork/linefork/internal/cpu"

// Count returns the number of bytes of b that are equal to c.
func Count(b []byte, c byte) int {
	if cpu.AVX2() && len(b) >= vectorLen {
		return countAVX2(b, c)
	}
	return countGeneric(b, c)
}
