//go:build !unix

package gnu

// strerror returns nothing on this platform, which has its own wording. The caller handles the
// errors that have a counterpart in glibc.
func strerror(error) (string, bool) { return "", false }
