package merge

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/linefork/linefork/internal/guard"
)

// Output is where the result of a run goes. It ends with Commit or Abort;
// what comes after one of them has no effect.
type Output interface {
	io.Writer
	// Header writes what belongs at the start of the file only.
	Header(b []byte) error
	// Commit makes what was written the result.
	Commit(ctx context.Context) error
	// Abort discards what was written, where that can be done.
	Abort()
}

// stream is an output that cannot be taken back: standard output, a device, a
// pipe.
type stream struct{ *os.File }

// Stdout is standard output.
func Stdout() Output { return stream{os.Stdout} }

func (s stream) Header(b []byte) error        { _, err := s.Write(b); return err }
func (s stream) Commit(context.Context) error { return nil }
func (s stream) Abort()                       {}

// Create returns an output that becomes the file at path when it is committed,
// at once and whole, by renaming a temporary file in the same folder. Until
// then, and after Abort, path is what it was. An existing file keeps its
// permissions, not its owner and hard links; a symbolic link stays and its
// target is replaced; a device or pipe is written to as it is. A committed file
// is not forced to the disk.
func Create(path string) (Output, error) {
	out, target, info, err := place(path)
	if out != nil || err != nil {
		return out, err
	}
	f, err := createTemp(target, info)
	if err != nil {
		return nil, err
	}
	return &replacement{temp{File: f}, target}, nil
}

// place says where the output at path is: a stream, or a file, that can be
// written to if it exists.
func place(path string) (out Output, target string, info fs.FileInfo, err error) {
	if out := standardStream(path); out != nil {
		return out, "", nil, nil
	}
	target, info, err = resolve(path)
	switch {
	case err != nil || info == nil:
	case info.Mode().IsRegular():
		err = writable(target)
	default:
		out, err = openStream(path)
	}
	return out, target, info, err
}

// resolve returns the file that path leads to, through links, and what is
// there now, nil for nothing.
func resolve(path string) (target string, info fs.FileInfo, err error) {
	target, err = filepath.EvalSymlinks(path)
	if errors.Is(err, fs.ErrNotExist) {
		return resolveMissing(path)
	}
	if err != nil {
		return "", nil, err
	}
	if info, err = os.Stat(target); err == nil && info.IsDir() {
		err = &fs.PathError{Op: "open", Path: path, Err: syscall.EISDIR}
	}
	return target, info, err
}

// resolveMissing resolves a path that leads to no name of a file: that of a new
// file, a link to one, or a link of /proc to a pipe or a deleted file.
func resolveMissing(path string) (target string, info fs.FileInfo, err error) {
	if info, err := os.Stat(path); err == nil {
		if info.Mode().IsRegular() {
			err = &fs.PathError{Op: "open", Path: path, Err: fs.ErrNotExist}
		}
		return path, info, err
	}
	to, err := os.Readlink(path)
	if err != nil {
		return path, nil, nil
	}
	if !filepath.IsAbs(to) {
		dir, err := filepath.EvalSymlinks(filepath.Dir(path))
		if err != nil {
			return "", nil, err
		}
		to = filepath.Join(dir, to)
	}
	return resolve(to)
}

// standardStream returns standard output or standard error if path is another
// name for it: /dev/stdout, or the file that it was redirected to, which others
// write to before and after.
func standardStream(path string) Output {
	info, err := os.Stat(path)
	if err != nil {
		return nil
	}
	for _, f := range []*os.File{os.Stdout, os.Stderr} {
		if to, err := f.Stat(); err == nil && os.SameFile(info, to) {
			return stream{f}
		}
	}
	return nil
}

func openStream(path string) (Output, error) {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return nil, err
	}
	return stream{f}, nil
}

// writable tells why the file at path cannot be written to: better now than
// after hours of work, or by a rename that would not ask.
func writable(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return f.Close()
}

// createTemp creates a file beside target with the permissions of info, or
// with those of a new file.
func createTemp(target string, info fs.FileInfo) (*os.File, error) {
	guard.Raise()
	dir, base := filepath.Split(target)
	base = base[:min(len(base), 200)] // names may have 255 bytes
	for {
		name := filepath.Join(dir, fmt.Sprintf(".%s%s%08x", base, tempInfix, rand.Uint32()))
		f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err == nil && info != nil {
			if err = f.Chmod(info.Mode().Perm()); err != nil {
				f.Close()
				os.Remove(name)
			}
		}
		return f, err
	}
}

// temp is a file that waits to become, or to be added to, another one.
type temp struct {
	*os.File
	done bool
}

func (t *temp) Abort() {
	if !t.done {
		t.done = true
		t.Close()
		os.Remove(t.Name())
	}
}

type replacement struct {
	temp
	target string
}

func (r *replacement) Header(b []byte) error { _, err := r.Write(b); return err }

func (r *replacement) Commit(context.Context) error {
	if r.done {
		return nil
	}
	// A disk that is full may say so only now.
	err := r.Close()
	if err == nil {
		err = os.Rename(r.Name(), r.target)
	}
	if err != nil {
		r.Abort()
	}
	r.done = true
	return err
}

// IsTemporary tells whether a file's name is one that a run in progress, or
// one that was killed, gave to a temporary file beside its output.
func IsTemporary(base string) bool {
	return strings.HasPrefix(base, ".") && strings.Contains(base, tempInfix)
}

const tempInfix = ".linefork-"
