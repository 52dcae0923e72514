//go:build !linux

package split

import (
	"errors"
	"io/fs"
	"os"
)

// createSpool makes a file in the temporary folder, which a child can open.
func createSpool() (*os.File, error) { return os.CreateTemp("", "linefork-spool-*") }

func removeSpool(f *os.File) { os.Remove(f.Name()) }

// locate returns a locator of a file that was opened by this path.
func locate(_ *os.File, info fs.FileInfo, path string) Locator {
	return Locator{Path: path, Identity: Identify(info)}
}

const spoolsInMemory = false

func createSpoolOnDisk() (*os.File, error) { return createSpool() }

// openFile opens a file for reading. It waits for the writer of a FIFO.
func openFile(path string) (*os.File, error) { return os.Open(path) }

// HasHole returns false: on this platform holes are not known.
func (in *Input) HasHole(int64) bool { return false }

func punchHole(*os.File, int64, int64) {}

func enlargePipe(*os.File) {}

// fdPath is "": an open file has no path of its own here.
func fdPath(*os.File) string { return "" }

// tryMap fails: there is no locator for what needs it.
func tryMap(*os.File) error { return errors.ErrUnsupported }

// reopen fails: there is no locator for it.
func reopen(*os.File) (*os.File, error) { return nil, errors.ErrUnsupported }
