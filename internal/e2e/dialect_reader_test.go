//go:build unix

package e2e

import (
	"bytes"
	"fmt"
)

// dialect is the CSV dialect that options of filter and count --csv describe. 0 means no quote, or
// no escape.
type dialect struct {
	delimiter, quote, escape byte
	lax                      bool
}

func (d dialect) args() []string {
	args := []string{"--delimiter", fmt.Sprintf(`\x%02x`, d.delimiter)}
	switch d.quote {
	case 0:
		args = append(args, "--no-quote")
	case '"':
	default:
		args = append(args, "--quote", fmt.Sprintf(`\x%02x`, d.quote))
	}
	if d.escape != 0 {
		args = append(args, "--escape", fmt.Sprintf(`\x%02x`, d.escape))
	}
	if d.lax {
		args = append(args, "--lax")
	}
	return args
}

// read reads a file record by record. open is the offset of the record whose quote is not closed,
// or -1.
func (d dialect) read(data []byte) (rows []row, open int) {
	if string(data) == "\ufeff" {
		return nil, -1 // a file with nothing but the mark is empty
	}
	plain := d
	plain.quote = 0
	for at := 0; at < len(data); {
		r, ok := d.record(data, at)
		if !ok {
			if !d.lax {
				return rows, at
			}
			r, _ = plain.record(data, at)
		}
		rows = append(rows, r)
		at = r.end
	}
	return rows, -1
}

// The states of a reader between two bytes.
type readerState int

const (
	fieldStart    readerState = iota
	bare                      // in a field, outside of quotes
	bareEscaped               // after an escape
	quoted                    // within quotes
	quotedEscaped             // after an escape
	quoteSeen                 // after a quote that closes the field or is the first of two
)

// record reads the record that starts at offset at, byte by byte. ok is false if the file ends
// within quotes.
func (d dialect) record(data []byte, at int) (r row, ok bool) {
	r.start = at
	if at == 0 && bytes.HasPrefix(data, []byte("\ufeff")) {
		at = len("\ufeff")
	}
	s := fieldStart
	var value []byte
	cr := false   // the last byte of the value is a CR outside quotes
	blank := true // the record is empty so far, apart from such a CR
	end := func() row {
		if cr {
			value = value[:len(value)-1]
		}
		if !blank {
			r.fields = append(r.fields, string(value))
		}
		return r
	}
	for ; at < len(data); at++ {
		c := data[at]
		isQuote, isEscape := d.quote != 0 && c == d.quote, d.escape != 0 && c == d.escape
		ends := c == '\n' && (s == fieldStart || s == bare || s == quoteSeen)
		if ends {
			r.end = at + 1
			return end(), true
		}
		wasCR := cr
		cr = false
		if c != '\r' || s == quoted || s == bareEscaped || wasCR {
			blank = false
		}
		switch s {
		case quoted:
			switch {
			case isEscape:
				s = quotedEscaped
			case isQuote:
				s = quoteSeen
			default:
				value = append(value, c)
			}
		case quotedEscaped:
			value, s = append(value, c), quoted
		case bareEscaped:
			value, s = append(value, c), bare
		case quoteSeen:
			switch {
			case isQuote:
				value, s = append(value, c), quoted
			case c == d.delimiter:
				r.fields, value, s = append(r.fields, string(value)), nil, fieldStart
			default: // an escape, too
				value, s = append(value, c), bare
				cr = c == '\r'
			}
		default:
			switch {
			case isQuote && s == fieldStart:
				s = quoted
			case c == d.delimiter:
				r.fields, value, s = append(r.fields, string(value)), nil, fieldStart
			case isEscape:
				s = bareEscaped
			default:
				value, s = append(value, c), bare
				cr = c == '\r'
			}
		}
	}
	r.end = at
	switch s {
	case quoted, quotedEscaped:
		return r, false
	case bareEscaped: // an escape at the end is a character
		value = append(value, d.escape)
	}
	return end(), true
}
