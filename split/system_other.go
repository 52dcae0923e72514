//go:build !linux

package split

import "os"

// createSpool makes a file in the temporary folder: without /proc a file in
// memory has no path that a child could open.
func createSpool() (*os.File, string, error) {
	f, err := os.CreateTemp("", "linefork-spool-*")
	if err != nil {
		return nil, "", err
	}
	return f, f.Name(), nil
}

func removeSpool(path string) { os.Remove(path) }

func punchHole(*os.File, int64, int64) {}

// drained is always true: every read is handed over at once.
func drained(*os.File) bool { return true }

func enlargePipe(*os.File) {}

// stdinPath is "": a file on standard input is spooled.
func stdinPath() string { return "" }

// openedPath is path: an open file has no other.
func openedPath(_ *os.File, path string) (string, bool) { return path, false }
