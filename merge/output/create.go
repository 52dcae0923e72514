package output

import (
	"context"
	"encoding/binary"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// Create returns an output that becomes the file at path when it is committed.
// The error is that of the file system.
func Create(path string, o Options) (Output, error) {
	p, t, err := begin(path, o)
	if t == nil {
		return p.stream, err
	}
	return &replacement{temp: t}, nil
}

// replacement is a file that will be renamed to its target.
type replacement struct{ *temp }

func (r *replacement) Header(b []byte) error {
	_, err := r.Write(b)
	return err
}

func (r *replacement) Encoding(binary.ByteOrder) {}

func (r *replacement) Commit(context.Context) error {
	if r.done {
		return nil
	}
	err := r.syncFile()
	if err == nil {
		err = r.link()
	}
	// A disk that is full may say so only now.
	if closed := r.file.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(r.name, r.target)
	}
	if err != nil {
		r.Abort()
		return err
	}
	r.done = true
	err = r.syncWritten()
	r.release()
	return err
}

// place is what a path leads to.
type place struct {
	stream Output      // not nil for what is written to as it is
	target string      // the file
	info   fs.FileInfo // of it; nil if there is none
}

// begin finds what a path leads to, and makes the temporary file beside it: nil for a stream, or
// with an error.
func begin(path string, o Options) (p place, t *temp, err error) {
	if p, err = find(path, o.Standard); p.stream != nil || err != nil {
		if s, ok := p.stream.(*stream); ok {
			s.sync = o.Sync
		}
		return p, nil, err
	}
	o.creating()
	if t, err = newTemp(p.target, p.info); err == nil {
		t.sync = o.Sync
	}
	return p, t, err
}

// find returns what a path leads to, through links. It can be written to.
func find(path string, streams []*os.File) (p place, err error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return findMissing(path, streams)
	case err != nil:
		return p, err
	case info.IsDir():
		return p, &fs.PathError{Op: "open", Path: path, Err: syscall.EISDIR}
	}
	if p.stream = standard(info, streams); p.stream != nil {
		return p, nil
	}
	if !info.Mode().IsRegular() {
		p.stream, err = open(path)
		return p, err
	}
	p.info = info
	p.target, err = filepath.EvalSymlinks(path)
	if errors.Is(err, fs.ErrNotExist) { // a link of /proc to a deleted file
		return p, &fs.PathError{Op: "open", Path: path, Err: fs.ErrNotExist}
	}
	if err == nil {
		err = writable(p.target)
	}
	return p, err
}

// findMissing is find for a path that leads to nothing: the name of a new file,
// or a link to one.
func findMissing(path string, streams []*os.File) (place, error) {
	to, err := os.Readlink(path)
	if err != nil {
		return place{target: path}, nil
	}
	if !filepath.IsAbs(to) {
		dir, err := filepath.EvalSymlinks(filepath.Dir(path))
		if err != nil {
			return place{}, err
		}
		to = filepath.Join(dir, to)
	}
	return find(to, streams)
}

// writable returns why the file at path cannot be written to: better now than
// after hours of work, or by a rename that would not ask.
func writable(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return f.Close()
}
