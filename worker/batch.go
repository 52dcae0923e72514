package worker

import (
	"bytes"
	"errors"
	"io"
	"io/fs"

	"github.com/linefork/linefork/internal/gnu"
	"github.com/linefork/linefork/internal/unpack"
	"github.com/linefork/linefork/worker/charset"
	"github.com/linefork/linefork/worker/grep"
	"github.com/linefork/linefork/worker/rows"
)

// SmallFile is the most bytes that a file of a batch may have: one block of
// package grep, so that nothing about the file needs to be known beforehand.
const SmallFile = grep.BlockSize

// FileResult is what a task yields for one file of its batch.
type FileResult struct {
	// Large says that the file has more bytes than SmallFile, or is no regular
	// file, or a damaged archive, or in UTF-16, or begins with another header, or
	// ends within quotes: nothing else is known of it.
	Large bool
	// Reason is why the file cannot be read, "" if it could be.
	Reason string
	Opened bool        // before that
	Size   int64       // bytes
	Rows   rows.Result // of what follows the header
	Grep   grep.Result
	// Data is what the file held, where spans in Grep are reported.
	Data []byte
}

// errLarge is for a file that does not belong in a batch.
var errLarge = errors.New("large file")

// batch reads each file of a batch whole and searches it.
func (e *engine) batch(t *Task) []FileResult {
	results := make([]FileResult, len(t.Batch))
	if e.buf == nil {
		e.buf = make([]byte, SmallFile+1)
	}
	for i, path := range t.Batch {
		r := &results[i]
		n, err := readSmall(path, e.buf)
		if err == nil && t.Unpack {
			n, err = unpackSmall(e.buf, n)
		}
		if err == nil && t.Marks && charset.HasUTF16Mark(e.buf[:n]) {
			err = errLarge
		}
		r.Size = int64(n)
		switch {
		case err != nil:
		case e.rows != nil:
			r.Rows, err = e.table(e.buf[:n], t)
		default:
			r.Grep, err = e.search(e.buf[:n], grep.Task{End: n, Max: t.Max})
		}
		if len(r.Grep.Spans) > 0 {
			r.Data, r.Grep.Data = bytes.Clone(e.buf[:n]), nil
		}
		if r.Large = errors.Is(err, errLarge); err != nil && !r.Large {
			p := (*fs.PathError)(nil)
			r.Reason, r.Opened = reason(err), !errors.As(err, &p) || p.Op != "open"
		}
	}
	return results
}

// table scans a file of a batch that holds CSV.
func (e *engine) table(b []byte, t *Task) (r rows.Result, err error) {
	body, ok := bytes.CutPrefix(b, t.Header)
	if !ok {
		return r, errLarge
	}
	r = e.rows.Scan(body, rows.Task{Column: t.Column, FileStart: len(t.Header) == 0, Max: t.Max})
	if r.Open >= 0 {
		return rows.Result{}, errLarge
	}
	for _, p := range []*rows.Part{&r.Head, &r.Rest} {
		if len(p.Spans) > 0 && len(p.Data) == 0 {
			return rows.Result{}, errLarge
		}
	}
	r.Alt = rows.Part{} // nobody needs to know
	return r, nil
}

// unpackSmall puts what a small archive of n bytes holds in its place. What is
// damaged, or holds much, is left to who handles large files.
func unpackSmall(b []byte, n int) (int, error) {
	format, _ := unpack.Detect(b[:min(n, unpack.HeaderSize)])
	if format == unpack.Plain {
		return n, nil
	}
	r := unpack.NewReader(format, bytes.NewReader(bytes.Clone(b[:n])), unpack.Options{})
	defer r.Close()
	n, err := io.ReadFull(r, b)
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		return n, nil
	}
	return 0, errLarge
}

// reason words an error without the name of the file that it is about.
func reason(err error) string {
	if p := (*fs.PathError)(nil); errors.As(err, &p) {
		return gnu.Reason(p)
	}
	return err.Error()
}
