package run

import (
	"fmt"
	"slices"
	"strings"
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
		if r < ' ' || r == 0x7f || r == byteOrderMark {
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
