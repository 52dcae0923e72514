package print

import (
	"bytes"
	"regexp"
	"testing"

	"pgregory.net/rapid"

	"github.com/linefork/linefork/merge/output"
	"github.com/linefork/linefork/worker/span"
)

var times = regexp.MustCompile(`"(secs|nanos)":\d+|"human":"[^"]*"`)

// TestJSONInPieces writes messages in pieces of any length, and expects those that are written at once.
func TestJSONInPieces(t *testing.T) {
	defer func(n int) { spillSize = n }(spillSize)
	pieces := []string{"a", "bc", "é", "\n", "\t", "\r", `"`, `\`, "\x01", "\xff", "丄", "\xc3"}
	rapid.Check(t, func(t *rapid.T) {
		var text []byte
		for _, p := range rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 40).Draw(t, "text") {
			text = append(text, p...)
		}
		var matches []span.Span
		for at := 0; at < len(text); {
			end := rapid.IntRange(at+1, len(text)).Draw(t, "end")
			matches = append(matches, span.Span{Start: int64(at), End: int64(end)})
			at = end + rapid.IntRange(0, 3).Draw(t, "gap")
		}
		quiet := rapid.IntRange(0, 9).Draw(t, "quiet") == 0
		write := func(size int) string {
			spillSize = size
			var b bytes.Buffer
			j := NewJSON(output.To(&b), quiet, false)
			next := 0
			r := Record{Name: "in", Bytes: text, Matches: func() (m span.Span, more bool) {
				if next == len(matches) {
					return m, false
				}
				next++
				return matches[next-1], true
			}}
			for range 2 {
				next = 0
				if _, err := j.Record(&r); err != nil {
					t.Fatal(err)
				}
			}
			if err := j.End(&Summary{Name: "in", Selected: 1}); err != nil {
				t.Fatal(err)
			}
			if err := j.Close(); err != nil {
				t.Fatal(err)
			}
			return times.ReplaceAllString(b.String(), "")
		}
		want := write(1 << 20)
		if got := write(3 * rapid.IntRange(1, 20).Draw(t, "size")); got != want {
			t.Fatalf("%s\nwant\n%s", got, want)
		}
	})
}
