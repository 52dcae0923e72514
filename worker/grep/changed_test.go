package grep

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/linefork/linefork/worker/regex"
)

// TestChangedBlock has the bytes of a block change after they were searched: whatever is found
// then, spans lie in the block, and no record is selected twice.
func TestChangedBlock(t *testing.T) {
	text := rapid.StringOfN(rapid.SampledFrom([]rune("aab\n")), 1, 60, -1)
	rapid.Check(t, func(t *rapid.T) {
		spec := &Spec{
			Pattern: regex.Spec{Patterns: []byte("a")},
			Spans:   true, Invert: rapid.Bool().Draw(t, "invert"), Each: rapid.Bool().Draw(t, "each"),
		}
		spec.Matches = spec.Each && rapid.Bool().Draw(t, "matches")
		m, err := Compile(spec)
		if err != nil {
			t.Fatal(err)
		}
		s := m.Scanner()
		before := []byte(text.Draw(t, "before"))
		after := make([]byte, len(before))
		copy(after, text.Draw(t, "after"))
		s.b = before
		s.lookAt(s.b)
		s.b = after
		s.block(0, len(after))
		end, n := int64(0), uint64(0)
		for at := range s.spans.List().All(spec.Each) {
			if at.Start < end || at.End <= at.Start || at.End > int64(len(after)) {
				t.Fatalf("%q became %q: span %v after %d", before, after, at, end)
			}
			end = at.End
			n++
		}
		if spec.Each && n != s.res.Selected || s.res.Selected > uint64(len(after)) {
			t.Fatalf("%q became %q: %d spans, %d selected", before, after, n, s.res.Selected)
		}
	})
}
