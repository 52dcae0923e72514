//go:build unix

package e2e

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"math/big"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// query is a command line of filter, and its files.
type query struct {
	keys      []string
	column    int
	byName    bool
	delimiter byte
	header    bool
	numeric   bool
	invert    bool
	count     bool
	max       int // -1 for none
	lines     bool
	offsets   bool
	filenames bool
	files     []csvFile
}

// csvFile is a file. From broken on, unless that is its length, it is a record whose quote is not
// closed.
type csvFile struct {
	data   []byte
	broken int
}

func (q *query) args() []string {
	args := []string{"filter", "--delimiter=" + string(q.delimiter)}
	for _, key := range q.keys {
		args = append(args, "--key="+key)
	}
	if q.byName {
		args = append(args, "--column=name")
	} else {
		args = append(args, "--column="+strconv.Itoa(q.column))
	}
	if q.max >= 0 {
		args = append(args, "-m"+strconv.Itoa(q.max))
	}
	for option, on := range map[string]bool{
		"--header": q.header, "--numeric": q.numeric, "-v": q.invert, "-c": q.count,
		"-n": q.lines, "-b": q.offsets, "-H": q.filenames,
	} {
		if on {
			args = append(args, option)
		}
	}
	for i := range q.files {
		args = append(args, fmt.Sprintf("f%d", i))
	}
	return args
}

// row is a record of a file: its fields, none for an empty line, and its span.
type row struct {
	fields     []string
	start, end int
}

// rows reads a file with encoding/csv, and adds the empty lines that encoding/csv skips.
func (q *query) rows(f csvFile) (rows []row) {
	data := f.data[:f.broken]
	mark := 0
	if bytes.HasPrefix(data, []byte("\ufeff")) {
		if mark = len("\ufeff"); mark == f.broken && f.broken < len(f.data) {
			return nil
		}
	}
	r := csv.NewReader(bytes.NewReader(data[mark:]))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = rune(q.delimiter), -1, true
	at := 0 // of what is not in a row yet
	for {
		fields, err := r.Read()
		if err != nil && err != io.EOF {
			panic(err)
		}
		body := at
		if at == 0 {
			body = mark
		}
		for {
			rest := data[body:]
			n := 0
			switch {
			case bytes.HasPrefix(rest, []byte("\n")):
				n = 1
			case bytes.HasPrefix(rest, []byte("\r\n")):
				n = 2
			case len(rest) > 0 && err == io.EOF: // a CR
				n = len(rest)
			}
			if n == 0 {
				break
			}
			rows = append(rows, row{start: at, end: body + n})
			at, body = body+n, body+n
		}
		if err == io.EOF {
			return rows
		}
		end := mark + int(r.InputOffset())
		rows = append(rows, row{fields, at, end})
		at = end
	}
}

var number = regexp.MustCompile(`^[ \t\n\v\f\r]*` +
	`([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)[ \t\n\v\f\r]*$`)

func parseNumber(s string) (*big.Rat, bool) {
	m := number.FindStringSubmatch(s)
	if m == nil {
		return nil, false
	}
	return new(big.Rat).SetString(m[1])
}

func (q *query) matches(r row) bool {
	if len(r.fields) < q.column {
		return false
	}
	value := r.fields[q.column-1]
	return slices.ContainsFunc(q.keys, func(key string) bool {
		if !q.numeric {
			return key == value
		}
		a, _ := parseNumber(key)
		b, ok := parseNumber(value)
		return ok && a.Cmp(b) == 0
	})
}

// answer returns what linefork must print, and its exit status.
func (q *query) answer() (out string, status int) {
	var b strings.Builder
	total, failed, headerShown := 0, false, false
	if q.max == 0 {
		return "", 1
	}
	write := func(name string, f csvFile, r row) {
		if q.filenames {
			b.WriteString(name + ":")
		}
		if q.lines {
			fmt.Fprintf(&b, "%d:", 1+bytes.Count(f.data[:r.start], []byte("\n")))
		}
		if q.offsets {
			fmt.Fprintf(&b, "%d:", r.start)
		}
		b.Write(f.data[r.start:r.end])
		if f.data[r.end-1] != '\n' {
			b.WriteByte('\n')
		}
	}
files:
	for i, f := range q.files {
		name := fmt.Sprintf("f%d", i)
		rows := q.rows(f)
		if q.header && len(rows) > 0 {
			if len(rows[0].fields) < q.column {
				failed = true
				continue
			}
			if !headerShown && !q.count {
				headerShown = true
				write(name, f, rows[0])
			}
			rows = rows[1:]
		}
		n := 0
		for _, r := range rows {
			if q.matches(r) == q.invert {
				continue
			}
			if !q.count {
				write(name, f, r)
			}
			if n++; total+n == q.max {
				break
			}
		}
		full := total+n == q.max
		if f.broken < len(f.data) && !full {
			failed = true
			if q.count {
				continue
			}
		}
		total += n
		if q.count && q.filenames {
			fmt.Fprintf(&b, "%s:%d\n", name, n)
		}
		if full {
			break files
		}
	}
	if q.count && !q.filenames {
		fmt.Fprintln(&b, total)
	}
	switch {
	case failed:
		return b.String(), 2
	case total == 0:
		return b.String(), 1
	}
	return b.String(), 0
}

// drawQuery draws a query whose files encoding/csv and linefork read alike.
func drawQuery(t *rapid.T) *query {
	q := &query{
		delimiter: rapid.SampledFrom([]byte(",,,;\t|")).Draw(t, "delimiter"),
		column:    rapid.SampledFrom([]int{1, 1, 2, 3}).Draw(t, "column"),
		numeric:   rapid.SampledFrom([]bool{false, false, true}).Draw(t, "numeric"),
		invert:    rapid.SampledFrom([]bool{false, false, true}).Draw(t, "invert"),
		count:     rapid.SampledFrom([]bool{false, false, false, true}).Draw(t, "count"),
		header:    rapid.SampledFrom([]bool{false, false, true}).Draw(t, "header"),
		lines:     rapid.SampledFrom([]bool{false, false, true}).Draw(t, "lines"),
		offsets:   rapid.SampledFrom([]bool{false, false, true}).Draw(t, "offsets"),
		filenames: rapid.SampledFrom([]bool{false, false, true}).Draw(t, "filenames"),
		max:       rapid.SampledFrom([]int{-1, -1, -1, -1, 0, 1, 2, 5, 1000}).Draw(t, "max"),
	}
	q.byName = q.header && rapid.Bool().Draw(t, "by name")
	values := []string{"1", "2", "11", "a", "b", "", " 1", "1 ", "a b", "\xff", "\x00", "é", "a\"b"}
	if q.numeric {
		values = []string{
			"1", "01", "1.0", "+1", "10e-1", " 1 ", "2", "-1", "0", "-0.0", "x", "", "1x", "0.1e1",
		}
		keys := rapid.SampledFrom([]string{"1", "2.0", "0", "-1", "1e1"})
		q.keys = rapid.SliceOfN(keys, 1, 2).Draw(t, "keys")
	} else {
		keys := rapid.SampledFrom([]string{"1", "1", "a", "2", "", "a\"b", "p\nq", "x,y"})
		q.keys = rapid.SliceOfN(keys, 1, 3).Draw(t, "keys")
	}
	quoted := []string{
		`"1"`, `"a"`, `""`, "\"p\nq\"", `"x,y"`, `"a""b"`, `""""`, "\"\n\n\"", "\"r\r\ns\"",
		"\"\n1,1,1\n\"", `"1,"`, `"2"`,
	}
	if rapid.SampledFrom([]bool{false, false, true}).Draw(t, "long") {
		quoted = append(quoted, `"`+strings.Repeat("1,1,1\n", 100)+`"`)
		values = append(values, strings.Repeat("z", 300))
	}
	field := rapid.SampledFrom(append(slices.Clone(values), quoted...))
	if rapid.Bool().Draw(t, "plain") {
		field = rapid.SampledFrom(values)
	}
	ends := rapid.SampledFrom([]string{"\n", "\n", "\n", "\n", "\r\n", "\n\n"})
	for range rapid.IntRange(1, 2).Draw(t, "files") {
		var b bytes.Buffer
		if rapid.SampledFrom([]bool{false, false, false, true}).Draw(t, "mark") {
			b.WriteString("\ufeff")
		}
		if q.byName {
			header := []string{"x", "y", "z"}
			header[q.column-1] = "name"
			b.WriteString(strings.Join(header, string(q.delimiter)) + "\n")
		}
		for range rapid.IntRange(0, 30).Draw(t, "rows") {
			fields := rapid.SliceOfN(field, 1, 4).Draw(t, "fields")
			b.WriteString(strings.Join(fields, string(q.delimiter)))
			b.WriteString(ends.Draw(t, "end"))
		}
		f := csvFile{data: b.Bytes(), broken: b.Len()}
		switch rapid.SampledFrom([]string{"", "", "cut", "cr", "broken"}).Draw(t, "last") {
		case "cut":
			f.data = bytes.TrimSuffix(f.data, []byte("\n"))
			f.broken = len(f.data)
		case "cr":
			f.data = append(f.data, "1"+string(q.delimiter)+"1\r"...)
			f.broken = len(f.data)
		case "broken":
			if !q.byName && !q.header || bytes.Count(f.data, []byte("\n")) > 0 {
				f.data = append(f.data, "1"+string(q.delimiter)+"\"1\n1\n\n1"...)
			}
		}
		if f.broken < len(f.data) && q.count {
			q.max = -1 // rows of a file that is not counted may or may not use up the limit
		}
		q.files = append(q.files, f)
	}
	return q
}

func TestFilterIsCSV(t *testing.T) {
	cases(t, 60)
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		q := drawQuery(t)
		for i, f := range q.files {
			path := filepath.Join(dir, fmt.Sprintf("f%d", i))
			if err := os.WriteFile(path, f.data, 0o666); err != nil {
				t.Fatal(err)
			}
		}
		out, status := q.answer()
		for _, mode := range orNone {
			args := append(q.args(), way(t, mode)...)
			got := program{dir: dir}.run(t, "linefork", args...)
			if got.stdout != out || got.status != status {
				t.Fatalf("%q of\n%q\ngave %+v\nwant %q, status %d", args, contents(q),
					got, out, status)
			}
			// Different headers are worth a message, but are not an error.
			messages := strings.Count(got.stderr, "linefork: ") -
				strings.Count(got.stderr, ": header differs from that of ")
			if status != 2 && messages > 0 {
				t.Fatalf("%q gave a message: %s", args, got.stderr)
			}
		}
	})
}

func contents(q *query) (all []string) {
	for _, f := range q.files {
		all = append(all, string(f.data))
	}
	return all
}
