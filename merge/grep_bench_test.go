package merge

import (
	"bytes"
	"io"
	"testing"

	"github.com/linefork/linefork/merge/output"
	"github.com/linefork/linefork/merge/print"
	"github.com/linefork/linefork/worker"
	"github.com/linefork/linefork/worker/grep"
	"github.com/linefork/linefork/worker/regex"
)

// BenchmarkGrep shows what was found in a range: each of its lines of 40 bytes.
func BenchmarkGrep(b *testing.B) {
	data := bytes.Repeat([]byte("11865,2026-01-02 12:30:00,0.123456,some\n"), 25_000)
	for _, c := range []struct {
		name   string
		spec   grep.Spec
		format print.Format
	}{
		{"verbatim", grep.Spec{}, print.Format{}},
		{"numbers", grep.Spec{Each: true}, print.Format{LineNumber: true}},
		{"names", grep.Spec{Each: true}, print.Format{Filename: true, LineNumber: true, ByteOffset: true}},
		{"matches", grep.Spec{Each: true, Matches: true}, print.Format{OnlyMatching: true}},
	} {
		b.Run(c.name, func(b *testing.B) {
			c.spec.Spans, c.spec.Pattern = true, regex.Spec{Patterns: []byte("2026")}
			ranges, results := scan(b, &c.spec, data)
			results[0].Data = nil // as if there were too many bytes
			p := print.NewText(output.To(io.Discard), c.format, &c.spec, nil)
			g := NewGrep(p, Selection{Spec: &c.spec})
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				g.BeginWhole(data, int64(len(data)), "some.csv")
				if err := g.Range(&worker.Task{Range: ranges[0]}, results[0]); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
