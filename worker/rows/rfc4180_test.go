package rows

import (
	"bytes"
	"encoding/csv"
	"io"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/linefork/linefork/worker/span"
)

// table is a valid CSV file, as RFC 4180 has it, but for blank lines and LF as
// terminator, which everybody allows.
type table struct {
	delimiter  byte
	terminator string
	b          []byte
	values     []string
}

var tableValue = rapid.StringOf(rapid.SampledFrom([]rune{'k', '1', 'ä', '"', ',', ';', '\n', '\r', ' ', '\t', 'a', '\x00'}))

func drawTable(t *rapid.T) table {
	tab := table{
		delimiter:  rapid.SampledFrom([]byte(",;\ta")).Draw(t, "delimiter"),
		terminator: rapid.SampledFrom([]string{"\n", "\r\n"}).Draw(t, "terminator"),
	}
	n := rapid.IntRange(0, 12).Draw(t, "records")
	for i := range n {
		if rapid.IntRange(0, 9).Draw(t, "blank") == 9 {
			tab.b = append(tab.b, tab.terminator...)
		}
		for j := range rapid.IntRange(1, 4).Draw(t, "fields") {
			if j > 0 {
				tab.b = append(tab.b, tab.delimiter)
			}
			v := tableValue.Draw(t, "value")
			tab.values = append(tab.values, v)
			if strings.ContainsAny(v, "\"\r\n"+string(rune(tab.delimiter))) || v == "" || rapid.Bool().Draw(t, "quoted") {
				v = `"` + strings.ReplaceAll(v, `"`, `""`) + `"`
			}
			tab.b = append(tab.b, v...)
		}
		if i < n-1 || rapid.Bool().Draw(t, "end") {
			tab.b = append(tab.b, tab.terminator...)
		}
	}
	return tab
}

// csvRecord is a record as encoding/csv reads it.
type csvRecord struct {
	values []string
	end    int64
}

func readCSV(t *rapid.T, tab table) (records []csvRecord) {
	r := csv.NewReader(bytes.NewReader(tab.b))
	r.Comma, r.FieldsPerRecord = rune(tab.delimiter), -1
	for {
		values, err := r.Read()
		if err == io.EOF {
			return records
		}
		if err != nil {
			t.Fatalf("%q is not a table: %v", tab.b, err)
		}
		records = append(records, csvRecord{values, r.InputOffset()})
	}
}

// unlike makes of values what encoding/csv makes of them: there CR LF within
// quotes becomes LF.
func unlike(values [][]byte) (s []string) {
	for _, v := range values {
		s = append(s, strings.ReplaceAll(string(v), "\r\n", "\n"))
	}
	return s
}

// TestEncodingCSV selects all records of a table, and those of some keys, and
// compares them with those of encoding/csv. Two differences are known and not
// faults: encoding/csv skips blank lines, which are records without fields
// here (and never match), and it changes CR LF in values.
func TestEncodingCSV(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tab := drawTable(t)
		d := Dialect{Delimiter: tab.delimiter, Quote: '"'}
		records := readCSV(t, tab)

		at := 0
		for i, r := range selectRows(t, Spec{Dialect: d}, nil, tab.b) {
			row := tab.b[r.Start:r.End]
			if blank := strings.Trim(string(row), "\r\n") == ""; blank {
				continue
			}
			values, end, ok := d.Fields(row)
			if !ok || end != len(row) {
				t.Fatalf("row %d of %q: Fields reads %d of %d bytes of %q", i, tab.b, end, len(row), row)
			}
			if at == len(records) || !slices.Equal(unlike(values), records[at].values) || r.End != records[at].end {
				t.Fatalf("row %d of %q is %q, which ends at %d; record %d of encoding/csv: %v", i, tab.b, values, r.End, at, records[at:])
			}
			at++
		}
		if at != len(records) {
			t.Fatalf("%q has %d rows, encoding/csv reads %d", tab.b, at, len(records))
		}
		compareKeys(t, tab, d, records)
	})
}

func compareKeys(t *rapid.T, tab table, d Dialect, records []csvRecord) {
	keys := []string{"k"}
	if len(tab.values) > 0 {
		keys = rapid.SliceOfN(rapid.SampledFrom(tab.values), 1, 3).Draw(t, "keys")
	}
	for _, k := range keys {
		if strings.Contains(k, "\r\n") {
			return // encoding/csv does not tell it from that with LF
		}
	}
	column := rapid.IntRange(1, 4).Draw(t, "column")
	var want, got []int64
	for _, r := range records {
		if len(r.values) >= column && slices.Contains(keys, r.values[column-1]) {
			want = append(want, r.end)
		}
	}
	for _, r := range selectRows(t, Spec{Where: []Condition{{In: NewKeys(keys...)}}, Dialect: d}, []int{column}, tab.b) {
		if v, _, _ := d.Fields(tab.b[r.Start:r.End]); strings.Contains(string(v[column-1]), "\r\n") {
			t.Fatalf("keys %q in column %d of %q: the row %q is selected", keys, column, tab.b, tab.b[r.Start:r.End])
		}
		got = append(got, r.End)
	}
	// A value with CR LF that is a key for encoding/csv only.
	want = slices.DeleteFunc(want, func(end int64) bool {
		return !slices.Contains(got, end) && bytes.Contains(tab.b, []byte("\r\n")) && hasCRLF(tab, d, end, column)
	})
	if !slices.Equal(got, want) {
		t.Fatalf("keys %q in column %d of %q: rows end at %v; those of encoding/csv at %v", keys, column, tab.b, got, want)
	}
}

// hasCRLF reports whether the field of the record that ends there holds CR LF.
func hasCRLF(tab table, d Dialect, end int64, column int) bool {
	for _, r := range readAll(tab.b, d, false) {
		if int64(r.end) == end && len(r.fields) >= column {
			return strings.Contains(r.fields[column-1], "\r\n")
		}
	}
	return false
}

// selectRows scans b for single rows.
func selectRows(t tb, s Spec, columns []int, b []byte) []span.Span {
	s.Spans, s.Each = true, true
	m, err := Compile(s)
	if err != nil {
		t.Fatalf("%v", err)
	}
	res := m.Scanner().Scan(b, Task{Columns: columns})
	return slices.AppendSeq(slices.Collect(res.Head.Spans.All(true)), res.Rest.Spans.All(true))
}
