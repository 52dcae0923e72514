//go:build unix

package e2e

import (
	"bytes"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/linefork/linefork/internal/e2e/setup"
)

var (
	dialectRecords = flag.Int("dialect.records", 20_000,
		"how many random `records` to try filter and count --csv with")
	dialectSeed = flag.Uint64("dialect.seed", 1, "the `seed` of the first random file")
)

// dice draws random files and command lines.
type dice struct{ *rand.Rand }

func pick[T any](d dice, from ...T) T { return from[d.IntN(len(from))] }

func (d dice) one(in int) bool { return d.IntN(in) == 0 }

// dialect draws bytes that may be combined and do not look like a byte order mark of UTF-16.
func (d dice) dialect() dialect {
	for {
		x := dialect{
			delimiter: pick[byte](d, ',', ',', ',', ';', '\t', '|', 0, 'x', 0xff),
			quote:     pick[byte](d, '"', '"', '"', '\'', 0, 'x', 0xfd),
			escape:    pick[byte](d, 0, 0, '\\', '\\', '^', 'k', 0xfd),
			lax:       d.one(2),
		}
		if x.delimiter != x.quote && x.delimiter != x.escape &&
			(x.escape != x.quote || x.escape == 0) ||
			x.quote == 0 && x.delimiter == 0 && x.escape == 0 {
			return x
		}
	}
}

// csv draws a file in that dialect: fields with and without quotes, with line feeds and quotes
// where they are allowed and where they are not. bareCR allows a CR without LF.
func (d dice) csv(x dialect, bareCR bool) []byte {
	quote, escape := x.quote, x.escape
	if quote == 0 {
		quote = '"'
	}
	if escape == 0 {
		escape = '\\'
	}
	// From files without stray quotes to files full of them.
	strays := pick(d, 1000, 1000, 100, 20, 4)
	escapes := pick(d, 1000, 100, 10, 3)
	if x.escape == 0 {
		escapes = 1000
	}
	text := func() []byte {
		return []byte(pick(d, "", "k", "1", "x", "kk", "k1", "a b", "\x00", "\xff", "é"))
	}
	var b []byte
	for range pick(d, 3, 20, 100, 5000) {
		switch {
		case d.one(strays):
			b = append(b, bytes.Repeat([]byte{quote}, 1+d.IntN(4))...)
			continue
		case d.one(escapes):
			b = append(b, escape)
			b = append(b, pick(d, "", "\n", "\r\n", string([]byte{escape}), string([]byte{quote}),
				string([]byte{x.delimiter}), "n")...)
			continue
		}
		if d.one(3) {
			b = append(b, quote)
			for range d.IntN(4) {
				b = append(b, text()...)
				b = append(b, pick(d, "\n", "\r\n", "",
					string([]byte{quote, quote}), string([]byte{x.delimiter}))...)
				if d.one(escapes) {
					b = append(b, escape, pick(d, quote, escape, '\n', 'k'))
				}
			}
			b = append(b, quote)
		} else {
			b = append(b, text()...)
		}
		switch {
		case d.one(3):
			b = append(b, pick(d, "\n", "\n", "\n", "\r\n", "\n\n")...)
		case bareCR && d.one(50):
			b = append(b, '\r')
		case !d.one(30):
			b = append(b, x.delimiter)
		}
	}
	return b
}

// TestDialect compares filter and count --csv with a reader that works byte by byte, in random
// dialects, at random cuts and in random modes.
func TestDialect(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "f")
	records, most := 0, *dialectRecords
	if setup.Race {
		most /= 5
	}
	for seed := *dialectSeed; records < most && !t.Failed(); seed++ {
		d := dice{rand.New(rand.NewPCG(seed, 4180))}
		x := d.dialect()
		data := d.csv(x, true)
		if d.one(8) {
			data = append([]byte("\ufeff"), data...)
		}
		if err := os.WriteFile(path, data, 0o666); err != nil {
			t.Fatal(err)
		}
		rows, open := x.read(data)
		records += len(rows)
		for _, q := range []*dialectQuery{
			{invert: true, key: "none", column: 1, places: true}, d.query(), {records: true},
		} {
			q.dialect, q.data, q.rows, q.open = x, data, rows, open
			if q.header && len(rows) > 0 { // which must have the column
				q.header = len(rows[0].fields) > 0
				q.column = min(q.column, max(1, len(rows[0].fields)))
			}
			want := q.answer()
			args := append(q.args(), d.way()...)
			got, piped := d.runOn(t, dir, args)
			// A limit may be reached before the open quote is found.
			if want.status == 2 || q.records && want.status == 1 {
				line := 1 + bytes.Count(data[:open], []byte("\n"))
				where := fmt.Sprintf("record at byte %d", open)
				// At the end of a pipe the line is not known.
				if !strings.Contains(got.stderr,
					fmt.Sprintf("%s, line %d: quote is not closed", where, line)) &&
					!(piped && strings.Contains(got.stderr, where+": quote is not closed")) {
					t.Errorf("seed %d: %q says\n%s", seed, args, got.stderr)
				}
				got.stderr = ""
			}
			if q.records {
				got.stdout = strings.TrimSpace(strings.TrimSuffix(got.stdout, " f\n"))
			}
			if got != want {
				t.Errorf("seed %d: %q of\n%q\ngave %s\nwant %s", seed, args, short(data),
					short(fmt.Appendf(nil, "%+v", got)), short(fmt.Appendf(nil, "%+v", want)))
			}
		}
	}
}

func short(b []byte) []byte { return b[:min(len(b), 3000)] }

// way draws options that say how the work is done.
func (d dice) way() []string {
	return []string{
		"--mode=" + pick(d, modes...),
		"-j" + pick(d, "1", "2", "3", "7"),
		"--range-size=" + pick(d, "1", "1", "2", "3", "5", "7", "16", "64", "1000", "1M"),
	}
}

// runOn runs linefork on the file f, by name or through a pipe, and reports which.
func (d dice) runOn(t *testing.T, dir string, args []string) (r result, piped bool) {
	t.Helper()
	if d.one(4) {
		r := program{dir: dir}.run(t, "sh",
			append([]string{"-c", `cat f | "$@"`, "sh", "linefork"}, args...)...)
		r.stderr = strings.ReplaceAll(r.stderr, "(standard input)", "f")
		return r, true
	}
	return program{dir: dir}.run(t, "linefork", append(args, "f")...), false
}

// dialectQuery is one command line.
type dialectQuery struct {
	records bool // count --csv

	key    string
	column int
	invert bool
	places bool // -nb
	count  bool
	header bool
	max    int // 0: no limit

	dialect dialect
	data    []byte
	rows    []row
	open    int
}

func (d dice) query() *dialectQuery {
	q := &dialectQuery{
		key: pick(d, "k", "1", "", "kk", "x", "k1", "\n", "\"", "\\", "a b"), column: 1 + d.IntN(3),
		invert: d.one(3), places: d.one(2), count: d.one(3), header: d.one(4),
	}
	if d.one(4) {
		q.max = 1 + d.IntN(20)
	}
	return q
}

func (q *dialectQuery) args() []string {
	if q.records {
		return append([]string{"count", "--csv"}, q.dialect.args()...)
	}
	args := append([]string{"filter", "--key=" + q.key, "--column=" + strconv.Itoa(q.column)},
		q.dialect.args()...)
	for _, o := range []struct {
		option string
		on     bool
	}{
		{"-v", q.invert}, {"-nb", q.places}, {"-c", q.count}, {"--header", q.header},
		{"-m" + strconv.Itoa(q.max), q.max > 0},
	} {
		if o.on {
			args = append(args, o.option)
		}
	}
	return args
}

// answer is the result that linefork must have, apart from messages.
func (q *dialectQuery) answer() result {
	if q.records {
		return q.counted()
	}
	var b strings.Builder
	rows, n := q.rows, 0
	write := func(r row) {
		if q.count {
			return
		}
		if q.places {
			fmt.Fprintf(&b, "%d:%d:", 1+bytes.Count(q.data[:r.start], []byte("\n")), r.start)
		}
		b.Write(q.data[r.start:r.end])
		if q.data[r.end-1] != '\n' {
			b.WriteByte('\n')
		}
	}
	headerOpen := false
	if q.header {
		if len(rows) > 0 {
			write(rows[0])
			rows = rows[1:]
		} else {
			headerOpen = q.open >= 0
		}
	}
	full := false
	for _, r := range rows {
		if (len(r.fields) >= q.column && r.fields[q.column-1] == q.key) == q.invert {
			continue
		}
		write(r)
		if n++; n == q.max {
			full = true
			break
		}
	}
	status := 0
	switch {
	case q.open >= 0 && !full || headerOpen:
		status = 2
		if q.count {
			n = 0
		}
	case n == 0:
		status = 1
	}
	if q.count {
		fmt.Fprintln(&b, n)
	}
	return result{status: status, stdout: b.String()}
}

// counted is the answer of count --csv.
func (q *dialectQuery) counted() result {
	if q.open >= 0 {
		return result{status: 1}
	}
	return result{stdout: strconv.Itoa(len(q.rows))}
}

// TestDialectReader exercises the states of the reader that linefork is compared with.
func TestDialectReader(t *testing.T) {
	csv := dialect{delimiter: ',', quote: '"'}
	back := dialect{delimiter: ',', quote: '"', escape: '\\'}
	none := dialect{delimiter: ',', escape: '\\'}
	lax := dialect{delimiter: ',', quote: '"', lax: true}
	for _, c := range []struct {
		dialect
		data string
		want [][]string
		open int
	}{
		{csv, "a,b\n", [][]string{{"a", "b"}}, -1},
		{csv, "\"a\n\"\"\"b,c\r\n\r\nd", [][]string{{"a\n\"b", "c"}, nil, {"d"}}, -1},
		{csv, "a\"b\"\n\"\"\n", [][]string{{"a\"b\""}, {""}}, -1},
		{csv, "a\n\"b\n\"\"", [][]string{{"a"}}, 2},
		{back, `"a\"b",c\,d,\"e,f\\` + "\n\\\ng\\", [][]string{{`a"b`, "c,d", `"e`, `f\`}, {"\ng\\"}}, -1},
		{back, `"a"\,b` + "\\\r\n\"x\\\"\n", [][]string{{`a\`, "b\r"}}, 9},
		{none, "\"a,b\n\\\n\"\n", [][]string{{"\"a", "b"}, {"\n\""}}, -1},
		{lax, "a,\"b,\"\"\nc,\"d\ne\"\n\"f", [][]string{{"a", "b,\"\nc,d"}, {"e\""}, {"\"f"}}, -1},
		{lax, "\"a,b\nc\n\"\"\n", [][]string{{"\"a", "b"}, {"c"}, {""}}, -1},
	} {
		rows, open := c.read([]byte(c.data))
		var got [][]string
		for _, r := range rows {
			got = append(got, r.fields)
		}
		if open != c.open || !slices.EqualFunc(got, c.want, slices.Equal) {
			t.Errorf("%+v reads %q as %q, open at %d; want %q, %d", c.dialect, c.data, got, open,
				c.want, c.open)
		}
	}
}
