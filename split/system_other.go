//go:build !linux

package split

import (
	"os"
	"sync"

	"github.com/linefork/linefork/internal/guard"
)

// createSpool makes a file in the temporary folder: without /proc a file in
// memory has no path that a child could open.
func createSpool() (*os.File, string, error) {
	guard.Raise()
	f, err := os.CreateTemp("", "linefork-spool-*")
	if err != nil {
		return nil, "", err
	}
	spools.Store(f.Name(), f)
	return f, f.Name(), nil
}

// spools are the files that are still there, by name.
var spools sync.Map

func removeSpool(path string) {
	spools.Delete(path)
	os.Remove(path)
}

// RemoveSpools removes what a run that ends early leaves in the temporary
// folder.
func RemoveSpools() {
	spools.Range(func(path, f any) bool {
		f.(*os.File).Close()
		removeSpool(path.(string))
		return true
	})
}

func punchHole(*os.File, int64, int64) {}

func enlargePipe(*os.File) {}

// fdPath is "": an open file has no path of its own.
func fdPath(*os.File) string { return "" }
