//go:build unix

package e2e

import (
	"encoding/csv"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestTableReader compares what the table is compared with with encoding/csv.
func TestTableReader(t *testing.T) {
	for name, text := range texts {
		rows, open := rfc4180.read([]byte(text))
		var got [][]string
		for _, r := range rows {
			if len(r.fields) > 0 { // encoding/csv passes over empty lines
				got = append(got, r.fields)
			}
		}
		r := csv.NewReader(strings.NewReader(text))
		r.FieldsPerRecord = -1
		var want [][]string
		var err error
		for err == nil {
			var record []string
			if record, err = r.Read(); err == nil {
				want = append(want, record)
			}
		}
		if err == io.EOF {
			err = nil
		}
		if name == "only CR" { // encoding/csv drops the one at the end of the file
			last := len(got[0]) - 1
			got[0][last] = strings.TrimSuffix(got[0][last], "\r")
		}
		isOpen := errors.Is(err, csv.ErrQuote)
		if !slices.EqualFunc(got, want, slices.Equal[[]string]) || isOpen != (open >= 0) {
			t.Errorf("%s: the table reads %q, open at %d, encoding/csv %q, %v", name, got, open, want, err)
		}
	}
}

// TestTableSiblings compares commands with each other: they count the same records.
func TestTableSiblings(t *testing.T) {
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := program{dir: t.TempDir()}
			writeFile(t, filepath.Join(p.dir, "f"), k.data)
			run := func(args ...string) (stdout string, failed bool) {
				r := p.run(t, "linefork", slices.Concat(args, k.options, []string{"f"})...)
				return r.stdout, r.status == 2 || args[0] == "count" && r.status == 1
			}
			number := func(out string) int {
				n, err := strconv.Atoi(strings.TrimSpace(out))
				if err != nil {
					t.Fatalf("%q is not a number", out)
				}
				return n
			}
			records, failed := run("count", "--csv", "--total=only")
			rows, broken := run("filter", "-vc", "--keys-file", os.DevNull)
			if rows != records || broken != failed {
				t.Errorf("count --csv gave %q, failed %t, filter %q, %t", records, failed, rows, broken)
			}
			table, broken := run("count", "--by=2")
			if broken != failed {
				t.Errorf("count --by failed: %t, count --csv: %t", broken, failed)
			}
			sum, keys := 0, []string{"filter", "--count", "--column=2"}
			counts, err := csv.NewReader(strings.NewReader(table)).ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range counts {
				sum += number(c[1])
				keys = append(keys, "--key="+c[0])
			}
			if sum == 0 || strings.Contains(table, "\x00") {
				return // NUL cannot be in an argument
			}
			if selected, _ := run(keys...); number(selected) != sum {
				t.Errorf("count --by counted %d rows, filter %q", sum, selected)
			}
		})
	}
}
