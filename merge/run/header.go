package run

import (
	"bytes"
	"errors"
	"io"
	"slices"

	"github.com/linefork/linefork/merge"
	"github.com/linefork/linefork/split"
	"github.com/linefork/linefork/worker"
	"github.com/linefork/linefork/worker/charset"
)

// maxHeader is the longest header record that is read, in bytes. What is longer is
// data with an open quote.
const maxHeader = 64 << 20

// OpenQuoteError is for an input whose last record is not complete: its quote is not
// closed.
type OpenQuoteError = merge.OpenQuoteError

// ColumnNames returns the names in the header of a file, which is its first record read as o says.
func ColumnNames(path string, o CSV, decompress bool) ([]string, error) {
	l := &loop{Options: &Options{Decompress: decompress, Mode: worker.Serial}}
	t, err := newTable(l, o, nil)
	if err != nil {
		return nil, err
	}
	src, err := split.OpenSource(path, l.decode)
	if err != nil {
		return nil, err
	}
	defer src.Close()
	header, err := t.readHeader(src)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, name := range t.fields(header) {
		names = append(names, string(name))
	}
	return names, nil
}

// readHeader reads the first record of an input, with its terminator; it is empty
// if the input is, but for a byte order mark.
func (t *table) readHeader(src split.Source) ([]byte, error) {
	var b []byte
	for parse := 0; ; {
		n := len(b)
		b = slices.Grow(b, max(64<<10, n))
		k, err := src.ReadAt(b[n:cap(b)], src.Start()+int64(n))
		b = b[:n+k]
		if err != nil && err != io.EOF && k == 0 {
			return nil, err // or what was read may be enough
		}
		// A record that was not complete is parsed again only when much more of it is
		// there, or another line end.
		if err != io.EOF && len(b) < parse && !bytes.Contains(b[n:], []byte{'\n'}) {
			continue
		}
		parse = 2 * len(b)
		text := t.withoutMark(b)
		_, end, ok := t.FieldsOf(t.encoding.Charset, text)
		if !ok && err == io.EOF && t.Lax {
			_, end, ok = t.Plain().FieldsOf(t.encoding.Charset, text)
		}
		end += len(b) - len(text)
		switch {
		case err == io.EOF && len(text) == 0:
			return nil, nil
		case ok && (err == io.EOF || end < len(b) || t.endsRecord(b)):
			return b[:end], nil
		case err == io.EOF:
			return nil, &merge.OpenQuoteError{Offset: src.Start(), Line: 1}
		case len(b) >= maxHeader:
			return nil, errors.New("the header record is too long")
		}
	}
}

// endsRecord reports whether b, which ends outside quotes, ends a record whatever
// follows.
func (t *table) endsRecord(b []byte) bool {
	line, ok := bytes.CutSuffix(b, []byte{'\n'})
	return ok && (t.Escape == 0 || !bytes.HasSuffix(line, []byte{t.Escape}))
}

// isClosed reports whether b, a record with its terminator, ends outside quotes.
func (t *table) isClosed(b []byte) bool {
	_, _, ok := t.FieldsOf(t.encoding.Charset, t.withoutMark(b))
	return ok
}

func (t *table) withoutMark(b []byte) []byte {
	if t.encoding.Charset != nil {
		return b
	}
	return bytes.TrimPrefix(b, charset.UTF8Mark)
}

func countLines(b []byte) uint64 { return uint64(bytes.Count(b, []byte{'\n'})) }

// fields returns the fields of a header, which is a plain line where its quote is
// not closed.
func (t *table) fields(header []byte) [][]byte {
	fields, _, ok := t.FieldsOf(t.encoding.Charset, t.withoutMark(header))
	if !ok {
		fields, _, _ = t.Plain().FieldsOf(t.encoding.Charset, t.withoutMark(header))
	}
	return fields
}

// sameNames reports whether two headers have the same names.
func (t *table) sameNames(a, b []byte) bool {
	return bytes.Equal(a, b) || slices.EqualFunc(t.fields(a), t.fields(b), bytes.Equal)
}

// explain adds the line to the error of a record that is not complete.
func (t *table) explain(in *input, err error) error {
	var open *merge.OpenQuoteError
	if !errors.As(err, &open) {
		return err
	}
	if in.src != nil && !in.src.Stream() {
		open.Line = lineAt(in.src, open.Offset)
	}
	return err
}

// lineAt returns the number of the line that an offset is on, 0 if it cannot be
// found.
func lineAt(src split.Source, fileOffset int64) uint64 {
	b, line := make([]byte, 1<<20), uint64(1)
	for at := src.Start(); at < fileOffset; {
		n, err := src.ReadAt(b[:min(int64(len(b)), fileOffset-at)], at)
		if n == 0 && err != nil {
			return 0
		}
		line += countLines(b[:n])
		at += int64(n)
	}
	return line
}
