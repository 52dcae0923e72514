package output

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"os"

	"github.com/linefork/linefork/worker/charset"
)

// Append returns an output that is added to the end of the file at path when it
// is committed. The error is that of the file system.
func Append(path string, o Options) (Output, error) {
	p, err := find(path, o.Standard)
	if p.stream != nil || err != nil {
		return p.stream, err
	}
	o.creating()
	t, err := newTemp(p.target, p.info)
	if err != nil {
		return nil, err
	}
	return &addition{temp: t, target: p.target, options: o}, nil
}

// addition is a file that will be added to the end of its target.
type addition struct {
	*temp
	target  string
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
	f, unlock, err := lock(ctx, a.target)
	if err != nil {
		return err
	}
	defer unlock()
	defer f.Close()
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	done := a.options.committing()
	defer done()
	if err := a.copyTo(f, size); err != nil {
		if undo := f.Truncate(size); undo != nil {
			return errors.Join(err, undo)
		}
		return err
	}
	return f.Close()
}

// copyTo appends what was written to f, which has size bytes.
func (a *addition) copyTo(f *os.File, size int64) error {
	before := a.header
	switch {
	case size > 0 && a.written == 0:
		return nil
	case size > 0:
		// A last line without its end must not run into the first row.
		before = []byte{'\n'}
		if a.order != nil {
			before, _ = charset.AppendUTF16(nil, before, a.order, true)
		}
		last := make([]byte, len(before))
		if _, err := f.ReadAt(last, max(0, size-int64(len(last)))); err != nil && err != io.EOF {
			return err
		}
		if bytes.Equal(last, before) {
			before = nil
		}
	}
	if _, err := f.Write(before); err != nil {
		return err
	}
	if _, err := a.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	_, err := io.Copy(f, a.file)
	return err
}
