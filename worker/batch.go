package worker

import (
	"bytes"
	"errors"
	"io"
	"io/fs"

	"github.com/linefork/linefork/internal/folder"
	"github.com/linefork/linefork/internal/unpack"
	"github.com/linefork/linefork/worker/charset"
	"github.com/linefork/linefork/worker/grep"
	"github.com/linefork/linefork/worker/rows"
	"github.com/linefork/linefork/worker/wc"
)

// SmallFile is the greatest size in bytes of a file in a batch: one block of package grep, so that
// nothing about the file needs to be known beforehand.
const SmallFile = grep.BlockSize

// errApart means that a file does not belong in a batch.
var errApart = errors.New("file does not belong in a batch")

// batch reads each file of a batch as a whole and searches it.
func (e *engine) batch(t *Task) []FileResult {
	results := make([]FileResult, len(t.Batch.Files))
	if e.buf == nil {
		e.buf = make([]byte, SmallFile+1)
	}
	// In one allocation, since there are many.
	var selected []rows.Result
	var found []grep.Result
	switch {
	case e.rows != nil:
		selected = make([]rows.Result, len(results))
	case e.grep != nil:
		found = make([]grep.Result, len(results))
	}
	e.told, e.counter = 0, nil
	read := 0
	e.folders.Follow = t.Batch.FollowLinks
	for i, place := range t.Batch.Files {
		e.checkStop()
		e.tell(read)
		r := &results[i]
		switch {
		case e.rows != nil:
			r.Rows = &selected[i]
		case e.grep != nil:
			r.Grep = &found[i]
		}
		if err := e.searchFile(place, t, r); err != nil {
			p := (*fs.PathError)(nil)
			*r = FileResult{
				Apart: err == errApart, Err: err, Size: r.Size,
				Opened: !errors.As(err, &p) || p.Op != "open",
			}
			if r.Apart {
				r.Err, r.Opened = nil, false
			}
		}
		read += int(r.Size)
	}
	return results
}

// searchFile reads and searches one file.
func (e *engine) searchFile(place folder.Place, t *Task, r *FileResult) error {
	n, err := readSmall(&e.folders, place, e.buf)
	if err == nil && t.Batch.Unpack {
		n, err = unpackSmall(e.buf, n)
	}
	if err != nil {
		return err
	}
	b := e.buf[:n]
	if t.Batch.UTF16Apart && charset.HasUTF16Mark(b) {
		return errApart
	}
	r.Size = int64(n)
	switch {
	case e.rows != nil:
		return e.table(b, t, r.Rows)
	case e.grep == nil:
		r.Count = e.job.count.small(b)
		return nil
	}
	*r.Grep = e.grep.Scan(b, grep.Task{End: n, Max: t.Grep.Max})
	if len(r.Grep.Spans) > 0 || len(r.Grep.Unsure) > 0 {
		r.Data, r.Grep.Data = bytes.Clone(b), nil
	}
	return nil
}

// small counts a whole file.
func (c *Count) small(b []byte) *wc.Counts {
	counter := c.Counter()
	counter.Add(b)
	n := counter.Counts()
	n.Bytes = int64(len(b))
	if c.Final && len(b) > 0 && b[len(b)-1] != '\n' {
		n.Lines++
	}
	return &n
}

// table scans a CSV file.
func (e *engine) table(b []byte, t *Task, r *rows.Result) error {
	body, ok := bytes.CutPrefix(b, t.Batch.Header)
	if !ok || bytes.IndexByte(b, '\n') < 0 && bytes.IndexByte(b, '\r') >= 0 {
		return errApart // with CRs and no LF it deserves a message
	}
	task := rows.Task{Columns: t.Rows.Columns, FileStart: len(t.Batch.Header) == 0, Max: t.Rows.Max}
	*r = e.rows.Scan(body, task)
	if r.Open >= 0 {
		return errApart
	}
	for _, p := range []*rows.Part{&r.Head, &r.Rest} {
		if len(p.Spans) > 0 && len(p.Data) == 0 {
			return errApart
		}
	}
	r.Alt = rows.Part{} // nobody needs it
	return nil
}

// unpackSmall replaces a small archive of n bytes with its content. A damaged archive, or one with
// much content, does not belong in a batch.
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
	return 0, errApart
}
