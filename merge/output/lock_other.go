//go:build !unix || aix || solaris

package output

import (
	"os"
	"path/filepath"

	"github.com/gofrs/flock"
)

// tryLock locks a file beside the target until unlock is called. Where another has the
// lock, unlock is nil.
func tryLock(_ *os.File, target string) (unlock func(), err error) {
	l := flock.New(lockPath(target), flock.SetFlag(os.O_CREATE|os.O_RDWR),
		flock.SetPermissions(0o666))
	if locked, err := l.TryLock(); !locked || err != nil {
		return nil, err
	}
	return func() { _ = l.Unlock() }, nil
}

// lockPath is the file that is locked for the target: one beside it, as on Windows a
// lock keeps even its holder's other handles from the locked bytes, and elsewhere
// belongs to the process, not to an open file.
func lockPath(target string) string {
	dir, base := filepath.Split(target)
	return filepath.Join(dir, "."+base+tempInfix+"lock")
}
