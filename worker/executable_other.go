//go:build !linux

package worker

// executedAs returns "": os.Executable knows better.
func executedAs() string { return "" }
