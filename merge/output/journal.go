package output

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// journal says how to undo an addition that is being copied to the end of its target. It
// is a file beside that, there only during the copy, and only the holder of the target's
// lock touches it.
type journal struct {
	size   int64  // of the target before, in bytes
	before []byte // what is added ahead of the rows
	rows   string // the temporary file that holds the rows, in the folder of the target
}

const journalFormat = "%d %q %q\n"

// journalPath is where the journal of a target is.
func journalPath(target string) string {
	dir, base := filepath.Split(target)
	if len(base) > 200 { // names may have 255 bytes
		base = fmt.Sprintf("%s%x", base[:180], sha256.Sum256([]byte(base)))[:200]
	}
	return filepath.Join(dir, "."+base+tempInfix+"journal")
}

// save writes the journal, with at most these permissions, and returns when it is on the
// disk. Until done is called it is in use.
func (j *journal) save(path string, perm fs.FileMode) (done func(), err error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, perm)
	if err != nil {
		return nil, err
	}
	done = func() {}
	if inUse, err := use(f); err == nil {
		done = func() { inUse.Close() }
	}
	_, err = fmt.Fprintf(f, journalFormat, j.size, j.before, j.rows)
	if err == nil {
		err = toDisk(f)
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		os.Remove(path)
		done()
	}
	return done, err
}

// undo cuts f, which is the target and locked, back to what it was before a run that
// ended in its copy, and removes what that has left. With synced the cut is on the disk before the
// journal goes.
func undo(f *os.File, target string, synced bool) error {
	path := journalPath(target)
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	var j journal
	if _, err := fmt.Sscanf(string(b), journalFormat, &j.size, &j.before, &j.rows); err != nil {
		// It is not whole, so nothing was copied yet, and it does not say where the rows are.
		err := os.Remove(path)
		removeStale(target)
		return err
	}
	rows := filepath.Join(filepath.Dir(path), filepath.Base(j.rows))
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	if size > j.size {
		if err := j.check(f, size, rows); err != nil {
			return fmt.Errorf("a run that was killed may have left half a row behind byte %d, "+
				"and the file was changed since (remove %s when it is as it should be): %w",
				j.size, path, err)
		}
		if err := cutBack(f, j.size, synced); err != nil {
			return err
		}
	}
	if MayBeTemporary(filepath.Base(rows)) {
		os.Remove(rows)
	}
	return os.Remove(path)
}

// cutBack cuts f, forced to the disk if synced is set.
func cutBack(f *os.File, size int64, synced bool) error {
	if err := f.Truncate(size); err != nil || !synced {
		return err
	}
	return fsync(f)
}

var errOthers = errors.New("it holds what that run did not add")

// check returns an error unless all that f has behind j.size was added by the run whose
// journal this is.
func (j *journal) check(f *os.File, size int64, rows string) error {
	file, err := os.Open(rows)
	if err != nil {
		return err
	}
	defer file.Close()
	added := io.MultiReader(bytes.NewReader(j.before), file)
	var got, want [64 << 10]byte
	for at := j.size; at < size; {
		n := min(int64(len(got)), size-at)
		if _, err := f.ReadAt(got[:n], at); err != nil {
			return err
		}
		if _, err := io.ReadFull(added, want[:n]); err != nil && err != io.EOF &&
			err != io.ErrUnexpectedEOF {
			return err
		} else if err != nil || got != want {
			return errOthers
		}
		at += n
	}
	return nil
}
