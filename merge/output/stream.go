package output

import (
	"context"
	"encoding/binary"
	"io"
	"io/fs"
	"os"
)

// To returns an output that writes to w at once.
func To(w io.Writer) Output { return &stream{w: w} }

// Stream returns an output that writes to f at once, and does not close it.
func Stream(f *os.File) Output {
	info, err := f.Stat()
	if err != nil {
		return To(f)
	}
	return &stream{w: f, info: regular(info)}
}

// stream is an output that cannot be taken back.
type stream struct {
	w      io.Writer
	info   fs.FileInfo
	opened *os.File // w, if it is to be closed at the end
	sync   bool     // force what was written to the disk in Commit, where w is a file
}

func (s *stream) Write(b []byte) (int, error) {
	n, err := s.w.Write(b)
	return n, wrap(err)
}

func (s *stream) Header(b []byte) error {
	_, err := s.Write(b)
	return err
}

func (s *stream) Encoding(binary.ByteOrder) {}
func (s *stream) Info() fs.FileInfo         { return s.info }
func (s *stream) Deferred() bool            { return false }

func (s *stream) Commit(context.Context) error {
	var err error
	if f, ok := s.w.(*os.File); ok && s.sync {
		if err = fsync(f); unsyncable(err) {
			err = nil
		} else if err != nil {
			err = &SyncError{Written: true, Err: err}
		}
	}
	if closed := s.close(); err == nil {
		err = closed
	}
	return err
}

func (s *stream) Abort() { _ = s.close() }

func (s *stream) close() error {
	f := s.opened
	if s.opened, s.sync = nil, false; f == nil {
		return nil
	}
	return f.Close()
}

// standard returns the stream to the one of some open files that info is of, nil
// if it is of none.
func standard(info fs.FileInfo, files []*os.File) Output {
	for _, f := range files {
		if to, err := f.Stat(); err == nil && os.SameFile(info, to) {
			return &stream{w: f, info: regular(info)}
		}
	}
	return nil
}

// open returns the stream to a device or a pipe.
func open(path string) (Output, error) {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return nil, err
	}
	return &stream{w: f, opened: f}, nil
}

// regular returns info if it is of a regular file, else nil.
func regular(info fs.FileInfo) fs.FileInfo {
	if !info.Mode().IsRegular() {
		return nil
	}
	return info
}
