package scan

import (
	"bytes"

	"github.com/linefork/linefork/internal/cpu"
)

// HasZero reports whether b contains a NUL.
func HasZero(b []byte) bool {
	if cpu.AVX2() && len(b) >= vectorLen {
		return hasZeroAVX2(b)
	}
	return hasZeroGeneric(b)
}

// hasZeroGeneric leaves the work to the standard library, as countGeneric does.
func hasZeroGeneric(b []byte) bool { return bytes.IndexByte(b, 0) >= 0 }
