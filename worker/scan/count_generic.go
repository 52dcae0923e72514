package scan

import "bytes"

// countGeneric leaves the work to the standard library, which has its own vector code on most
// platforms and is quick on a few bytes.
func countGeneric(b []byte, c byte) int {
	return bytes.Count(b, []byte{c})
}
