//go:build !unix

package gnu

// strerror knows no texts here: the system words its errors in its own way, and
// those with a counterpart in glibc are left to the caller.
func strerror(error) (string, bool) { return "", false }
