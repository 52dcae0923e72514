//go:build !linux || (!amd64 && !arm64)

package main

// brokenPipeIgnored returns false: it is not known.
func brokenPipeIgnored() bool { return false }
