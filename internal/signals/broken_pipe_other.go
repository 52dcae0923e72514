//go:build !linux || (!amd64 && !arm64)

package signals

// BrokenPipeIgnored returns false: it is not known.
func BrokenPipeIgnored() bool { return false }
