package run

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/linefork/linefork/internal/unpack"
	"github.com/linefork/linefork/worker/charset"
)

// resolve returns the numbers of the columns in an input with this header, which is
// nil where there is none.
func (t *table) resolve(header []byte) ([]int, error) {
	numbers := make([]int, len(t.columns))
	for i, c := range t.columns {
		numbers[i] = max(c.Number, 1)
	}
	if len(header) == 0 || len(t.columns) == 0 {
		return numbers, nil
	}
	fields := t.fields(header)
	for i, c := range t.columns {
		if c.Name != "" {
			numbers[i] = 1 + slices.IndexFunc(fields, func(f []byte) bool { return string(f) == c.Name })
		}
		if numbers[i] < 1 || numbers[i] > len(fields) {
			return nil, t.noColumn(c, header, fields)
		}
	}
	return numbers, nil
}

// NoColumnError is for an input whose header lacks a column.
type NoColumnError struct {
	Column Column
	Names  []string // in the header
	// Hint is the likely cause, "" if there is none.
	Hint string
}

func (e *NoColumnError) Error() string {
	var b strings.Builder
	if e.Column.Name != "" {
		fmt.Fprintf(&b, "no column '%s' in the header", e.Column.Name)
	} else {
		fmt.Fprintf(&b, "no column %d in the header", e.Column.Number)
	}
	switch n := len(e.Names); n {
	case 0:
		b.WriteString(", which is empty")
	case 1:
		fmt.Fprintf(&b, ", whose only column is %s", shortName(e.Names[0]))
	default:
		fmt.Fprintf(&b, ", which has %d columns: ", n)
		for i, name := range e.Names {
			if i == maxNames {
				b.WriteString(", ...")
				break
			}
			if i > 0 {
				b.WriteString(", ")
			}
			b.WriteString(shortName(name))
		}
	}
	if e.Hint != "" {
		b.WriteString("; " + e.Hint)
	}
	return b.String()
}

// How many names of columns an error shows, and how many characters of each.
const (
	maxNames = 12
	maxName  = 24
)

// shortName is a name as it can stand in a message.
func shortName(name string) string {
	clean := []rune(strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return '?'
		}
		return r
	}, strings.ToValidUTF8(name, "?")))
	if len(clean) > maxName {
		clean = append(clean[:maxName-3], []rune("...")...)
	}
	return "'" + string(clean) + "'"
}

func (t *table) noColumn(c Column, header []byte, fields [][]byte) error {
	e := &NoColumnError{Column: c, Hint: t.hint(c, t.withoutMark(header), fields)}
	for _, f := range fields {
		e.Names = append(e.Names, string(f))
	}
	return e
}

// hint says why a column may not be found in a header.
func (t *table) hint(c Column, header []byte, fields [][]byte) string {
	line := bytes.TrimRight(header, "\r\n")
	format, _ := unpack.Detect(header[:min(len(header), unpack.HeaderSize)])
	switch {
	case format != unpack.Plain:
		return "it looks compressed (--decompress)"
	case looksLikeUTF16(line):
		return "it looks like UTF-16 (--encoding utf-16le, utf-16be)"
	case t.endsInCR(header):
		return ErrOnlyCR.Error()
	}
	if c.Name != "" {
		for _, f := range fields {
			name := string(f)
			if strings.EqualFold(name, c.Name) {
				return fmt.Sprintf("there is %s, in another case", shortName(name))
			}
			trimmed := strings.Trim(name, " \t")
			if trimmed != name && strings.EqualFold(trimmed, strings.Trim(c.Name, " \t")) {
				return fmt.Sprintf("there is %s, with blanks around it", shortName(name))
			}
		}
	}
	switch {
	case t.encoding.Charset == nil && inGB18030(line, c.Name):
		return "it looks like GB18030 (--encoding gb18030)"
	case bytes.HasPrefix(bytes.ToLower(line), []byte("sep=")):
		return "the first line says how fields are separated, and is not the header"
	case bytes.HasPrefix(line, []byte("#")):
		return "the first line is a comment, not the header"
	case len(fields) == 1:
		for _, d := range []byte(";\t|,") {
			if d != t.Delimiter && bytes.IndexByte(fields[0], d) >= 0 {
				return fmt.Sprintf("is the delimiter another one? (--delimiter %s)", quotedByte(d))
			}
		}
	}
	return ""
}

func quotedByte(c byte) string {
	if c == '\t' {
		return `'\t'`
	}
	return "'" + string(rune(c)) + "'"
}

// looksLikeUTF16 reports whether every other byte of a header is NUL, or nearly so.
func looksLikeUTF16(line []byte) bool {
	var nuls [2]int
	for i, c := range line {
		if c == 0 {
			nuls[i&1]++
		}
	}
	return len(line) >= 4 && max(nuls[0], nuls[1]) > len(line)*3/8
}

// inGB18030 reports whether a header that is not UTF-8 holds a name in GB18030.
func inGB18030(line []byte, name string) bool {
	e, err := charset.Lookup("gb18030")
	if err != nil || name == "" || utf8.Valid(line) {
		return false
	}
	return strings.Contains(string(e.Charset.AppendUTF8(nil, line)), name)
}
