package grep

import (
	"bytes"
	"testing"

	"pgregory.net/rapid"

	"github.com/linefork/linefork/worker/regex"
	"github.com/linefork/linefork/worker/span"
)

// TestPages finds the matches in records page by page, and expects those that are found at once. The
// records take turns in one place, and so do the scanners, as workers do that map them.
func TestPages(t *testing.T) {
	pieces := []string{"a", "ab", "b", "\xd2\xbb", "\x81\x30\x81\x30", " "}
	rapid.Check(t, func(t *rapid.T) {
		spec := &Spec{Spans: true, Each: true, Matches: true, Binary: Text}
		spec.Pattern = regex.Spec{
			Language: regex.Extended, UTF8: true,
			Patterns: []byte(rapid.SampledFrom([]string{"a", "ab?", "^a", "[^a]+", "b$", "一"}).Draw(t, "pattern")),
			Charset:  rapid.SampledFrom([]string{"", "gb18030"}).Draw(t, "charset"),
		}
		m, err := Compile(spec)
		if err != nil {
			t.Fatal(err)
		}
		scanners := []*Scanner{m.Scanner(), m.Scanner()}
		place := make([]byte, 40)
		for range 4 {
			place = place[:0]
			if rapid.Bool().Draw(t, "mark") {
				place = append(place, byteOrderMark...)
			}
			for len(place) < 35 {
				place = append(place, rapid.SampledFrom(pieces).Draw(t, "piece")...)
			}
			place = append(place, bytes.Repeat([]byte(" "), 39-len(place))...)
			place = append(place, '\n')
			task := Task{End: len(place), Mark: true}
			r := m.Scanner().Scan(bytes.Clone(place), task)
			task.Page, task.MaxSpans = true, rapid.IntRange(1, 8).Draw(t, "size")
			var got span.Encoder
			got.Apart = true
			for more := true; more; more = task.From > 0 {
				s := scanners[rapid.IntRange(0, 1).Draw(t, "scanner")]
				page := s.Scan(place, task)
				for at := range page.Matches.All(false) {
					got.Add(at)
				}
				task.From = page.Next
			}
			if !bytes.Equal(got.List(), r.Matches) {
				t.Fatalf("%q: matches %v, want %v", place, got.List(), r.Matches)
			}
		}
	})
}
