//go:build !unix

package output

// syncFolder does nothing: no folder can be opened for that.
func syncFolder(string) error { return nil }
