//go:build unix

package e2e

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/linefork/linefork/internal/peer"
)

// tally returns the table that count --by must print, as encoding/csv reads it, and the exit
// status.
func (q *query) tally(byCount bool) (table [][]string, status int) {
	counts := map[string]int{}
	for _, f := range q.files {
		rows := q.rows(f)
		if q.header && len(rows) > 0 {
			if len(rows[0].fields) < q.column {
				status = 1
				continue
			}
			if table == nil {
				table = [][]string{{rows[0].fields[q.column-1], "count"}}
			}
			rows = rows[1:]
		}
		if f.broken < len(f.data) {
			status = 1
			continue
		}
		for _, r := range rows {
			if len(r.fields) >= q.column {
				counts[r.fields[q.column-1]]++
			}
		}
	}
	var keys []string
	for key := range counts {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(a, b string) int {
		if byCount && counts[a] != counts[b] {
			return counts[b] - counts[a]
		}
		return cmp.Compare(a, b)
	})
	for _, key := range keys {
		table = append(table, []string{key, strconv.Itoa(counts[key])})
	}
	return table, status
}

// TestCountByIsCSV reads both the files and the output of count --by with encoding/csv.
func TestCountByIsCSV(t *testing.T) {
	cases(t, 60)
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		q := drawQuery(t)
		order := rapid.SampledFrom([]string{"key", "count"}).Draw(t, "order")
		options := []string{
			"count", "--by=" + strconv.Itoa(q.column), "--sort=" + order,
			"--delimiter=" + string(q.delimiter),
		}
		if q.byName {
			options[1] = "--by=name"
		} else if q.header {
			options = append(options, "--header")
		}
		var files []string
		for i, f := range q.files {
			files = append(files, fmt.Sprintf("f%d", i))
			writeTo(t, filepath.Join(dir, files[i]), f.data)
		}
		want, status := q.tally(order == "count")
		var first string
		for _, mode := range orNone {
			args := slices.Concat(options, way(t, mode), files)
			got := program{dir: dir}.run(t, "linefork", args...)
			r := csv.NewReader(strings.NewReader(got.stdout))
			r.Comma, r.FieldsPerRecord = rune(q.delimiter), 2
			table, err := r.ReadAll()
			if err != nil {
				t.Fatalf("%q of\n%q\ngave no CSV: %v: %+v", args, contents(q), err, got)
			}
			if got.status != status || !slices.EqualFunc(table, want, slices.Equal[[]string]) {
				t.Fatalf("%q of\n%q\ngave %+v\nwant %q, status %d", args, contents(q),
					got, want, status)
			}
			if first == "" {
				first = got.stdout
			}
			if got.stdout != first {
				t.Fatalf("%q gave %q, but with another mode %q", args, got.stdout, first)
			}
		}
	})
}

func writeTo(t *rapid.T, path string, data []byte) {
	if err := os.WriteFile(path, data, 0o666); err != nil {
		t.Fatal(err)
	}
}

// TestCountByIsUniq compares with cut, sort and uniq on files without quotes.
func TestCountByIsUniq(t *testing.T) {
	for _, tool := range []string{"cut", "sort", "uniq", "sed"} {
		peer.Named(tool).Need(t)
	}
	cases(t, 25)
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		most := rapid.SampledFrom([]int{1, 3, 20}).Draw(t, "most")
		field := rapid.StringOfN(rapid.SampledFrom([]rune("ab01")), 0, most, -1)
		columns := rapid.IntRange(1, 4).Draw(t, "columns")
		var b bytes.Buffer
		for range rapid.IntRange(1, 400).Draw(t, "rows") {
			fields := rapid.SliceOfN(field, columns, columns).Draw(t, "fields")
			fields[0] += "x" // no empty lines
			b.WriteString(strings.Join(fields, ",") + "\n")
		}
		writeTo(t, filepath.Join(dir, "f"), b.Bytes())
		column := strconv.Itoa(rapid.IntRange(1, columns).Draw(t, "column"))
		p := program{dir: dir, env: []string{"LC_ALL=C"}}
		want := p.run(t, "sh", "-c", "cut -d, -f"+column+
			" f | sort | uniq -c | sed 's/^ *\\([0-9]*\\) \\(.*\\)/\\2,\\1/'").stdout
		for _, mode := range modes {
			args := slices.Concat([]string{"count", "--by", column, "f"}, way(t, mode))
			if got := p.run(t, "linefork", args...); got != (result{stdout: want}) {
				t.Fatalf("%q of\n%s\ngave %+v\nwant %s", args, b.Bytes(), got, want)
			}
		}
	})
}
