package merge

import (
	"bytes"
	"strings"
	"testing"

	"github.com/linefork/linefork/merge/output"
	"github.com/linefork/linefork/merge/print"
	"github.com/linefork/linefork/split"
	"github.com/linefork/linefork/worker"
	"github.com/linefork/linefork/worker/grep"
	"github.com/linefork/linefork/worker/regex"
)

// scan returns what a grep finds in the ranges of data between its cuts.
func scan(t testing.TB, spec *grep.Spec, data []byte, cuts ...int) (ranges []split.Range, results []*grep.Result) {
	t.Helper()
	m, err := grep.Compile(spec)
	if err != nil {
		t.Fatal(err)
	}
	s := m.Scanner()
	start := 0
	for _, end := range append(cuts, len(data)) {
		r := s.Scan(data[start:end], grep.Task{Start: int64(start), End: end - start})
		ranges = append(ranges, split.Range{Start: int64(start), End: int64(end)})
		results = append(results, &r)
		start = end
	}
	return ranges, results
}

// TestGrep shows what is found in one range, and in two, by each way to the
// output.
func TestGrep(t *testing.T) {
	const (
		data = "a1\nb\n\xffa\nc\na2a"
		cut  = len("a1\nb\n")
	)
	for _, c := range []struct {
		name      string
		spec      grep.Spec // but for the pattern
		selection Selection // but for the spec
		format    print.Format
		json      bool
		want      string
	}{
		{name: "verbatim", want: "a1\n\xffa\na2a\n"},
		{name: "each at once", format: print.Format{LineBuffered: true}, want: "a1\n\xffa\na2a\n"},
		{
			name: "prefix", spec: grep.Spec{Each: true},
			format: print.Format{Filename: true, LineNumber: true, ByteOffset: true},
			want:   "in:1:0:a1\nin:3:5:\xffa\nin:5:10:a2a\n",
		},
		{
			name: "matches", spec: grep.Spec{Each: true, Matches: true},
			format: print.Format{OnlyMatching: true, ByteOffset: true},
			want:   "0:a\n6:a\n10:a\n12:a\n",
		},
		{
			name: "two", spec: grep.Spec{Each: true}, selection: Selection{Max: 2},
			format: print.Format{LineNumber: true}, want: "1:a1\n3:\xffa\n",
		},
		{
			name: "context", spec: grep.Spec{Each: true}, selection: Selection{Before: 1, Groups: true},
			format: print.Format{LineNumber: true},
			want:   "1:a1\n2-b\n3:\xffa\n4-c\n5:a2a\n",
		},
		{
			name: "gaps", spec: grep.Spec{Each: true}, selection: Selection{Groups: true},
			want: "a1\n--\n\xffa\n--\na2a\n",
		},
		{
			name: "colors", spec: grep.Spec{Each: true, Matches: true},
			format: print.Format{Colors: print.Colors{Match: "1", NoErase: true}},
			want:   "\x1b[1ma\x1b[m1\n\xff\x1b[1ma\x1b[m\n\x1b[1ma\x1b[m2\x1b[1ma\x1b[m\n",
		},
		{
			name: "UTF-8", spec: grep.Spec{Each: true, Matches: true},
			selection: Selection{Recoder: &Recoder{Replace: true}},
			format:    print.Format{OnlyMatching: true, ByteOffset: true},
			want:      "0:a\n6:a\n10:a\n12:a\n",
		},
		{
			name: "replaced", spec: grep.Spec{Each: true},
			selection: Selection{Recoder: &Recoder{Replace: true}, Max: 2}, want: "a1\n\uFFFDa\n",
		},
		{
			name: "JSON", spec: grep.Spec{Each: true, Matches: true}, selection: Selection{Max: 2}, json: true,
			want: `{"type":"begin","data":{"path":{"text":"in"}}}
{"type":"match","data":{"path":{"text":"in"},"lines":{"text":"a1\n"},"line_number":1,"absolute_offset":0,"submatches":[{"match":{"text":"a"},"start":0,"end":1}]}}
{"type":"match","data":{"path":{"text":"in"},"lines":{"bytes":"/2EK"},"line_number":3,"absolute_offset":5,"submatches":[{"match":{"text":"a"},"start":1,"end":2}]}}
`,
		},
	} {
		c.spec.Spans, c.spec.Pattern = true, regex.Spec{Patterns: []byte("a")}
		c.selection.Spec = &c.spec
		for _, cuts := range [][]int{nil, {cut}} {
			var out bytes.Buffer
			var p Printer = print.NewText(output.To(&out), c.format, &c.spec, nil)
			if c.json {
				p = print.NewJSON(output.To(&out), false, false)
			}
			g := NewGrep(p, c.selection)
			g.BeginWhole([]byte(data), int64(len(data)), "in")
			ranges, results := scan(t, &c.spec, []byte(data), cuts...)
			for i, r := range results {
				if g.Done() {
					break
				}
				if err := g.Range(&worker.Task{Range: ranges[i]}, r); err != nil {
					t.Fatal(err)
				}
			}
			if err := g.End(); err != nil {
				t.Fatal(err)
			}
			if err := p.Close(); err != nil {
				t.Fatal(err)
			}
			got, _, _ := strings.Cut(out.String(), `{"type":"end"`) // which holds the time
			if got != c.want || g.Selected == 0 {
				t.Errorf("%s, cut at %v: %d selected\n%q; want\n%q", c.name, cuts, g.Selected, got, c.want)
			}
		}
	}
}
