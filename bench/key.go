package bench

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
)

// question is what is asked of the file by way of a key: which rows have it in a column.
//
// Most tools know no CSV. Asked of all of them is therefore what lies between the commas of a line,
// quotes and all. Field is that; Key is the same without its quotes, for tools that know CSV.
type question struct {
	Column int    `json:"column"` // from 1
	Key    string `json:"key"`
	Field  string `json:"field"`
	Made   bool   `json:"made_up"` // no field of the file can be a key; this one is in no row
}

// anyWord is searched for where the file has no better one.
const anyWord = "linefork"

// newQuestion takes from the options what they say, and the rest from the file: the key is the
// field in the middle of the file.
func newQuestion(o Options, s *sample) (q question, err error) {
	if q.Column, err = findColumn(o.Column, s.start); err != nil {
		return q, err
	}
	if o.Key != "" {
		q.Key, q.Field = o.Key, o.Key
		if s.isQuoted(q.Column) && !strings.HasPrefix(o.Key, `"`) {
			q.Field = `"` + strings.ReplaceAll(o.Key, `"`, `""`) + `"`
		}
		return q, nil
	}
	q.Key, q.Field, q.Made = anyWord, anyWord, true
	s.fromMiddle(func(line []byte) bool {
		f := field(line, q.Column)
		key := unquote(f)
		if !isPlain(f) || !isPlain(key) || bytes.HasPrefix(f, []byte{'-'}) {
			return false
		}
		q.Field, q.Key, q.Made = string(f), string(key), false
		return true
	})
	return q, nil
}

// findColumn returns the number of a column that is given as a number or, as the header calls it,
// by its name.
func findColumn(column string, start []byte) (int, error) {
	if n, err := strconv.Atoi(column); err == nil && n > 0 {
		return n, nil
	}
	header, _, _ := bytes.Cut(start, []byte{'\n'})
	names := bytes.Split(bytes.TrimSuffix(header, []byte{'\r'}), []byte{','})
	for i, name := range names {
		if string(unquote(name)) == column {
			return i + 1, nil
		}
	}
	return 0, fmt.Errorf("no column %q in the header, which has %s", column,
		plural(len(names), "column"))
}

// isQuoted reports whether most fields of a column are quoted.
func (s *sample) isQuoted(column int) bool {
	quoted := 0
	for _, l := range s.lines {
		if f := field(l, column); len(f) > 1 && f[0] == '"' && f[len(f)-1] == '"' {
			quoted++
		}
	}
	return quoted > len(s.lines)/2
}

// field returns what lies between the commas of a line; nil if there is no such column.
func field(line []byte, column int) []byte {
	for ; column > 1; column-- {
		var found bool
		if _, line, found = bytes.Cut(line, []byte{','}); !found {
			return nil
		}
	}
	f, _, _ := bytes.Cut(line, []byte{','})
	return f
}

// unquote takes the quotes of CSV off a field that has them at both ends.
func unquote(f []byte) []byte {
	if len(f) < 2 || f[0] != '"' || f[len(f)-1] != '"' {
		return f
	}
	return bytes.ReplaceAll(f[1:len(f)-1], []byte(`""`), []byte{'"'})
}
