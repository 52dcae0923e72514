package command

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/linefork/linefork/merge"
	"github.com/linefork/linefork/split"
	"github.com/linefork/linefork/worker/charset"
)

// maxHeader is the longest header record that is read, in bytes. What is
// longer is data with an open quote.
const maxHeader = 64 << 20

// readHeader reads the first record of an input, with its terminator; it is
// empty if the input is.
func readHeader(src split.Source, o csvOptions) ([]byte, error) {
	var b []byte
	for parse := 0; ; {
		n := len(b)
		b = slices.Grow(b, max(64<<10, n))
		k, err := src.ReadAt(b[n:cap(b)], src.Start()+int64(n))
		b = b[:n+k]
		if err != nil && err != io.EOF {
			return nil, err
		}
		// A record that was not complete is parsed again only when much more of
		// it is there, or another line end.
		if err != io.EOF && len(b) < parse && !bytes.Contains(b[n:], []byte{'\n'}) {
			continue
		}
		parse = 2 * len(b)
		_, end, ok := o.FieldsOf(o.charset, o.withoutMark(b))
		if !ok && err == io.EOF && o.lax {
			_, end, ok = o.Plain().FieldsOf(o.charset, o.withoutMark(b))
		}
		end += len(b) - len(o.withoutMark(b))
		switch {
		case ok && (err == io.EOF || end < len(b) || o.endsRecord(b)):
			return b[:end], nil
		case err == io.EOF:
			return nil, fmt.Errorf("record at byte %d: quote is not closed", src.Start())
		case len(b) >= maxHeader:
			return nil, errors.New("the header record is too long")
		}
	}
}

// endsRecord tells whether b, which ends outside quotes, ends a record whatever
// comes behind.
func (o csvOptions) endsRecord(b []byte) bool {
	line, ok := bytes.CutSuffix(b, []byte{'\n'})
	return ok && (o.Escape == 0 || !bytes.HasSuffix(line, []byte{o.Escape}))
}

// isClosed tells whether b, a record with its terminator, ends outside quotes.
func (o csvOptions) isClosed(b []byte) bool {
	_, _, ok := o.FieldsOf(o.charset, o.withoutMark(b))
	return ok
}

func (o csvOptions) withoutMark(b []byte) []byte {
	if o.charset != nil {
		return b
	}
	return bytes.TrimPrefix(b, charset.UTF8Mark)
}

func countLines(b []byte) uint64 { return uint64(bytes.Count(b, []byte{'\n'})) }

// header returns the fields of a header, which is a plain line where its quote is
// not closed.
func (o csvOptions) header(record []byte) [][]byte {
	fields, _, ok := o.FieldsOf(o.charset, o.withoutMark(record))
	if !ok {
		fields, _, _ = o.Plain().FieldsOf(o.charset, o.withoutMark(record))
	}
	return fields
}

// resolve returns the number of the key column in a file with this header.
func (run *filterer) resolve(header []byte) (int, error) {
	if run.name == "" || len(header) == 0 {
		return max(run.column, 1), nil
	}
	for i, f := range run.csv.header(header) {
		if string(f) == run.name {
			return i + 1, nil
		}
	}
	return 0, fmt.Errorf("no column '%s' in the header", run.name)
}

// showHeader prints the header of the first input that has one. Another header
// later on does not fit the rows below it, which is worth a warning.
func (run *filterer) showHeader(m *merge.Rows, name string, header []byte) error {
	switch {
	case len(header) == 0:
		return nil
	case run.headerShown == nil:
		run.headerShown, run.headerFrom = header, name
		return m.Header(header)
	}
	if !bytes.Equal(run.csv.trimEnd(header), run.csv.trimEnd(run.headerShown)) && !run.format.Count {
		run.say(name, fmt.Errorf("header differs from that of %s, under which its rows stand", run.headerFrom))
	}
	return nil
}

func (o csvOptions) trimEnd(header []byte) []byte {
	return bytes.TrimRight(o.withoutMark(header), "\r\n")
}
