package output

import (
	"bytes"
	"context"
	"encoding/binary"
	"io"
	"os"
	"path/filepath"

	"github.com/linefork/linefork/worker/charset"
)

// Append returns an output that is added to the end of the file at path when it
// is committed. The error is that of the file system.
func Append(path string, o Options) (Output, error) {
	p, t, err := begin(path, o)
	if t == nil {
		return p.stream, err
	}
	return &addition{temp: t, options: o}, nil
}

// addition is a file that will be added to the end of its target.
type addition struct {
	*temp
	options Options
	header  []byte
	order   binary.ByteOrder // of the first row, where that is in UTF-16
}

func (a *addition) Header(b []byte) error {
	a.header = append(a.header, b...)
	return nil
}

func (a *addition) Encoding(order binary.ByteOrder) {
	if a.written == 0 {
		a.order = order
	}
}

func (a *addition) Commit(ctx context.Context) error {
	if a.done {
		return nil
	}
	defer a.Abort()
	f, unlock, err := lock(ctx, a.target, &a.options)
	if err != nil {
		return err
	}
	defer unlock()
	defer f.Close()
	done := a.options.committing()
	defer done()
	if err := undo(f, a.target, a.sync); err != nil {
		return err
	}
	if err := a.addTo(f); err != nil {
		return err
	}
	// A journal that is there again after a power failure would take back what was added.
	if err := a.syncWritten(); err != nil {
		return err
	}
	return f.Close()
}

// addTo adds what was written to f. A journal is there meanwhile, and stays only if the
// process ends, or f cannot be cut back to what it was.
func (a *addition) addTo(f *os.File) error {
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	before, err := a.before(f, size)
	if err != nil || a.written == 0 && len(before) == 0 {
		return err
	}
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if err := a.syncFile(); err != nil {
		return err
	}
	if err := a.link(); err != nil {
		return err
	}
	path := journalPath(a.target)
	j := journal{size: size, before: before, rows: filepath.Base(a.name)}
	done, err := j.save(path, info.Mode().Perm())
	if err != nil {
		return err
	}
	defer done()
	err = a.syncNames()
	if err == nil {
		err = a.copyTo(f, before)
	}
	if err == nil && a.sync {
		err = toDisk(f)
	}
	if err == nil {
		// Rows behind a journal that stays would be gone after the next run.
		err = removeJournal(path)
	}
	if err == nil {
		return nil
	}
	if undo := cutBack(f, size, a.sync); undo != nil {
		a.keep()
		return &UndoError{err, undo}
	}
	_ = removeJournal(path) // one that stays says what is so
	return err
}

// removeJournal removes a journal. Tests make it fail.
var removeJournal = os.Remove

// UndoError means that rows could not be added, and what was added in part could not be taken back.
// The journal and the rows are left, by which the next run that appends does that.
type UndoError struct{ Err, Undo error }

func (e *UndoError) Error() string {
	return e.Err.Error() + "; it is cut back by the next run that appends: " + e.Undo.Error()
}

func (e *UndoError) Unwrap() []error { return []error{e.Err, e.Undo} }

// before returns what comes before the rows in f, which has size bytes: the header, or
// the end of a last line that must not run into the first row.
func (a *addition) before(f *os.File, size int64) (b []byte, err error) {
	switch {
	case size == 0:
		return a.header, nil
	case a.written == 0:
		return nil, nil
	}
	b = []byte{'\n'}
	if a.order != nil {
		b, _ = charset.AppendUTF16(nil, b, a.order, true)
	}
	last := make([]byte, len(b))
	if _, err := f.ReadAt(last, max(0, size-int64(len(last)))); err != nil && err != io.EOF {
		return nil, err
	}
	if bytes.Equal(last, b) {
		return nil, nil
	}
	return b, nil
}

// copyTo writes at the place where f stands.
func (a *addition) copyTo(f *os.File, before []byte) error {
	if _, err := f.Write(before); err != nil {
		return err
	}
	if _, err := a.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	_, err := io.Copy(f, a.file)
	return err
}
