//go:build !linux

package worker

import (
	"errors"
	"os"
)

// newTaskPipe returns both ends of what a child is sent its tasks through.
func newTaskPipe() (ours *taskWriter, childs *os.File, err error) {
	childs, w, err := os.Pipe()
	if err != nil {
		return nil, nil, err
	}
	return &taskWriter{w}, childs, nil
}

// taskWriter is the coordinator's end.
type taskWriter struct{ *os.File }

// send fails: workers open inputs by their paths here.
func (w *taskWriter) send([]byte, *os.File) error { return errors.ErrUnsupported }

// greeted reports whether what a child reads first is the token of its coordinator. It does not wait
// for that: the token was there before the child.
func greeted(f *os.File, token string) bool {
	if !readable(f) {
		return false
	}
	got := make([]byte, len(token))
	n, err := f.Read(got)
	return err == nil && string(got[:n]) == token
}

// taskReader is the child's end.
type taskReader struct{ *os.File }

func newTaskReader(f *os.File) taskReader { return taskReader{f} }

func (taskReader) take() (*os.File, error) { return nil, errors.ErrUnsupported }
