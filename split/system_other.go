//go:build !linux

package split

import "os"

// createSpool makes a file in the temporary folder: without /proc, a file in memory has no path
// that a child could open.
func createSpool() (*os.File, Locator, error) {
	f, err := os.CreateTemp("", "linefork-spool-*")
	if err != nil {
		return nil, Locator{}, err
	}
	return f, Locator{Kind: Path, Path: f.Name()}, nil
}

func removeSpool(at Locator) { os.Remove(at.Path) }

// openFile opens a file for reading. It waits for the writer of a FIFO.
func openFile(path string) (*os.File, error) { return os.Open(path) }

// HasHole returns false: on this platform holes are not known.
func (in *Input) HasHole(int64) bool { return false }

func punchHole(*os.File, int64, int64) {}

func enlargePipe(*os.File) {}

// fdPath is "": an open file has no path of its own here.
func fdPath(*os.File) string { return "" }
