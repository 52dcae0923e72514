package rows

import (
	"bytes"
	"reflect"
	"testing"
)

// refRecord is a record as the reference reads it.
type refRecord struct {
	start, end int
	fields     []string
	open       bool // the input ends within quotes
}

// readAll is the dialect of the package comment, byte by byte.
func readAll(b []byte, d Dialect, fileStart bool) (all []refRecord) {
	if fileStart && string(b) == "\xef\xbb\xbf" {
		return nil // an empty file
	}
	for i := 0; i < len(b); {
		r := refRecord{start: i}
		if i == 0 && fileStart && bytes.HasPrefix(b, []byte("\xef\xbb\xbf")) {
			i += 3
		}
		i = r.read(b, i, d)
		r.end = i
		all = append(all, r)
	}
	return all
}

// readInside reads an input that begins within quotes: tail is the end of the
// record that the quotes belong to, -1 if they are never closed.
func readInside(b []byte, d Dialect) (tail int, all []refRecord) {
	all = readAll(append([]byte{d.Quote}, b...), d, false)
	for i := range all {
		all[i].start--
		all[i].end--
	}
	if all[0].open {
		return -1, nil
	}
	return all[0].end, all[1:]
}

// readLines is readAll where from an offset on quotes count only within a line.
func readLines(b []byte, d Dialect, from int) (all []refRecord) {
	for i := from; i < len(b); {
		end := i
		for end++; end < len(b) && (b[end-1] != '\n' || d.Escape != 0 && end-1 > i && b[end-2] == d.Escape); end++ {
		}
		r := refRecord{start: i}
		if r.end = r.read(b[:end], i, d); r.open {
			r = refRecord{start: i}
			r.end = r.read(b[:end], i, d.Plain())
		}
		all = append(all, r)
		i = r.end
	}
	return all
}

// TestLax has every short input whose last quote is open read on after that
// record as a plain line, again and again; Lines must give the same records.
func TestLax(t *testing.T) {
	length := 8
	if testing.Short() {
		length = 6
	}
	escaped := CSV
	escaped.Escape = '\\'
	for alphabet, d := range map[string]Dialect{"\"\n,k": CSV, "\"\n,\\": escaped, "\"\n,\\k": escaped} {
		sweep(alphabet, length, nil, func(b []byte) {
			var again []refRecord
			first := -1
			for i := 0; i < len(b); {
				r := refRecord{start: i}
				if r.end = r.read(b, i, d); r.open {
					r = refRecord{start: i}
					r.end = r.read(b, i, d.Plain())
					if first < 0 {
						first = i
					}
				}
				if first >= 0 {
					again = append(again, r)
				}
				i = r.end
			}
			if first < 0 {
				return
			}
			if lines := readLines(b, d, first); !reflect.DeepEqual(lines, again) {
				t.Fatalf("%q from %d on is %v, and by lines %v", b, first, again, lines)
			}
		})
	}
}

// read reads the fields of a record from b[i] on and returns its end.
func (r *refRecord) read(b []byte, i int, d Dialect) int {
	if n, ends := terminator(b, i); ends {
		return i + n // an empty line has no field
	}
	for {
		var value []byte
		if d.Quote != 0 && i < len(b) && b[i] == d.Quote {
			i++
			for {
				if i == len(b) {
					r.open = true
					return i
				}
				c := b[i]
				i++
				if d.Escape != 0 && c == d.Escape {
					if i == len(b) {
						r.open = true
						return i
					}
					value = append(value, b[i])
					i++
				} else if c != d.Quote {
					value = append(value, c)
				} else if i < len(b) && b[i] == d.Quote {
					value = append(value, c)
					i++
				} else {
					break
				}
			}
			if d.Escape != 0 && i < len(b) && b[i] == d.Escape {
				value = append(value, b[i])
				i++
			}
		}
		for {
			if n, ends := terminator(b, i); ends {
				r.fields = append(r.fields, string(value))
				return i + n
			}
			c := b[i]
			i++
			if c == d.Delimiter {
				break
			}
			if d.Escape != 0 && c == d.Escape && i < len(b) {
				c = b[i]
				i++
			}
			value = append(value, c)
		}
		r.fields = append(r.fields, string(value))
	}
}

// terminator reports whether a record ends at b[i], outside quotes, and how long
// its terminator is.
func terminator(b []byte, i int) (n int, ends bool) {
	switch rest := b[i:]; {
	case len(rest) == 0:
		return 0, true
	case rest[0] == '\n':
		return 1, true
	case rest[0] == '\r' && len(rest) == 1:
		return 1, true
	case rest[0] == '\r' && rest[1] == '\n':
		return 2, true
	}
	return 0, false
}

// dialectCases are the examples of the package comment and their neighbours.
var dialectCases = []struct {
	input  string
	fields [][]string
	open   bool
}{
	{"", nil, false},
	{"a,b,c\n", [][]string{{"a", "b", "c"}}, false},
	{"a,b,c", [][]string{{"a", "b", "c"}}, false},
	{"\"a,b\",c\n", [][]string{{"a,b", "c"}}, false},
	{"\"a \"\"b\"\"\",c\n", [][]string{{`a "b"`, "c"}}, false},
	{"\"a\"b,c\n", [][]string{{"ab", "c"}}, false},
	{"\"a\"b\"\"c\"\n", [][]string{{`ab""c"`}}, false},
	{"a\"b,c\n", [][]string{{`a"b`, "c"}}, false},
	{" \"b\",c\n", [][]string{{` "b"`, "c"}}, false},
	{"\n", [][]string{nil}, false},
	{"\r\n\r\n\r", [][]string{nil, nil, nil}, false},
	{"\"\"\n", [][]string{{""}}, false},
	{"\"\"", [][]string{{""}}, false},
	{",\n,", [][]string{{"", ""}, {"", ""}}, false},
	{"\"a\nb\"\nc\n", [][]string{{"a\nb"}, {"c"}}, false},
	{"\"a\r\nb\",c\r\nd\r\n", [][]string{{"a\r\nb", "c"}, {"d"}}, false},
	{"a\rb\n", [][]string{{"a\rb"}}, false},
	{"a\r,b\r\r\n", [][]string{{"a\r", "b\r"}}, false},
	{"\"a\"\r,\"b\"\r\n", [][]string{{"a\r", "b"}}, false},
	{"a\r", [][]string{{"a"}}, false},
	{"a,\"b", nil, true},
	{"\"a\"\"", nil, true},
	{"\"\"\"\"", [][]string{{`"`}}, false},
	{"\"a\"\"b\",\"c\"\"d\",\"e\"\n", [][]string{{`a"b`, `c"d`, "e"}}, false},
}

func TestReference(t *testing.T) {
	for _, c := range dialectCases {
		var fields [][]string
		open := false
		for _, r := range readAll([]byte(c.input), CSV, true) {
			if open = r.open; !open {
				fields = append(fields, r.fields)
			}
		}
		if open != c.open || !reflect.DeepEqual(fields, c.fields) {
			t.Errorf("%q: got %q, open %v; want %q, open %v", c.input, fields, open, c.fields, c.open)
		}
	}
}

func TestFields(t *testing.T) {
	for _, c := range dialectCases {
		checkFields(t, []byte(c.input), CSV)
	}
}

// checkFields compares Fields with the reference, record by record.
func checkFields(t tb, b []byte, d Dialect) {
	t.Helper()
	for _, r := range readAll(b, d, false) {
		values, end, ok := d.Fields(b[r.start:])
		if r.open {
			if ok || end != len(b)-r.start {
				t.Fatalf("%q from %d on: Fields ends at %d, ok %v, but a quote is open", b, r.start, end, ok)
			}
			continue
		}
		if !ok || end != r.end-r.start || !equalValues(values, r.fields) {
			t.Fatalf("%q from %d on: Fields is %q up to %d, ok %v; want %q up to %d",
				b, r.start, values, end, ok, r.fields, r.end-r.start)
		}
	}
}

func equalValues(values [][]byte, want []string) bool {
	if len(values) != len(want) {
		return false
	}
	for i := range values {
		if string(values[i]) != want[i] {
			return false
		}
	}
	return true
}
