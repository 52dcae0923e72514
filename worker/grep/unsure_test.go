package grep

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/linefork/linefork/worker/regex"
)

// unsureSpec selects lines with an x, but gives up on a line of many times "a" before it gets there.
func unsureSpec() regex.Spec {
	return regex.Spec{Language: regex.Perl, Patterns: []byte(`(*LIMIT_MATCH=500)^(a+)+$|x`)}
}

const unsureLine = "aaaaaaaaaaaaaaaaaaaaab\n"

// TestUnsure cuts random lines, on some of which the pattern gives up, at random places: the others
// are selected as ever, these neither by the pattern nor by its opposite.
func TestUnsure(t *testing.T) {
	defer func(size int) { blockSize = size }(blockSize)
	r := rand.New(rand.NewPCG(1, 1))
	lines := []string{"x\n", "b\n", "\n", "aa\n", unsureLine, unsureLine + "x\n"}
	for range 300 {
		blockSize = 20 + r.IntN(200)
		var data []byte
		for range r.IntN(30) {
			data = append(data, lines[r.IntN(len(lines))]...)
		}
		s := Spec{
			Pattern: unsureSpec(), Invert: r.IntN(2) == 0, Spans: r.IntN(2) == 0, Binary: Binary(r.IntN(3)),
		}
		s.Each = s.Spans && r.IntN(2) == 0
		s.Matches = s.Each && !s.Invert
		m, err := Compile(&s)
		if err != nil {
			t.Fatal(err)
		}
		scanner := m.Scanner()

		var want, got []byte
		selected, count := uint64(0), uint64(0)
		var wantUnsure, unsure []int64
		at := int64(0)
		for line := range bytes.Lines(data) {
			isHit := bytes.HasPrefix(line, []byte("x")) || bytes.HasPrefix(line, []byte("aa\n"))
			switch {
			case string(line) == unsureLine:
				wantUnsure = append(wantUnsure, at)
			case isHit != s.Invert:
				want = append(want, line...)
				count++
			}
			at += int64(len(line))
		}
		for start := 0; start < len(data); {
			end := recordEnd(data, min(start+r.IntN(100), len(data)-1), '\n')
			res := scanner.Scan(data[start:], Task{Start: int64(start), End: end - start})
			selected += res.Selected
			for at := range res.Spans.All(s.Each) {
				got = append(got, data[start+int(at.Start):start+int(at.End)]...)
			}
			for at := range res.Unsure.All(s.Each) {
				unsure = append(unsure, int64(start)+at.Start)
				before := uint64(bytes.Count(data[start:start+int(at.Start)], []byte("\n")))
				if s.Each && at.Line != before {
					t.Fatalf("%q: line %d, want %d", data[start:end], at.Line, before)
				}
			}
			if (res.Reason != "") != (len(res.Unsure) > 0) {
				t.Fatalf("reason %q", res.Reason)
			}
			start = end
		}
		if selected != count || s.Spans && !bytes.Equal(got, want) || !slices.Equal(unsure, wantUnsure) {
			t.Fatalf("%q with %+v: %d selected, %q; unsure %v; want %d, %q, %v",
				data, s, selected, got, unsure, count, want, wantUnsure)
		}
	}
}

// TestUnsureMax ends at the last record that is wanted.
func TestUnsureMax(t *testing.T) {
	data := []byte(unsureLine + "x\n" + unsureLine + "x\n" + unsureLine + "x\n")
	for _, s := range []Spec{{}, {Spans: true}, {Spans: true, Each: true}} {
		s.Pattern = unsureSpec()
		m, err := Compile(&s)
		if err != nil {
			t.Fatal(err)
		}
		r := m.Scanner().Scan(data, Task{End: len(data), Max: 2})
		n := 0
		for range r.Unsure.All(s.Each) {
			n++
		}
		if n != 2 || r.Selected != 2 || !r.Stopped {
			t.Errorf("%+v: %d unsure, %+v", s, n, r)
		}
	}
}

// TestUnsureBinary has a record that takes too long as text, in a block that turns out to be binary
// after it was searched. As binary data, the record is another one.
func TestUnsureBinary(t *testing.T) {
	defer func(size int) { blockSize = size }(blockSize)
	blockSize = 1 << 10
	s := Spec{Pattern: unsureSpec(), Count: true}
	m, err := Compile(&s)
	if err != nil {
		t.Fatal(err)
	}
	text := bytes.Repeat([]byte("\n"), blockSize)
	for _, x := range []struct {
		binary string
		unsure []int64
		quiet  uint64
	}{
		{"aaaaaaaaaaaaaaaaaaaaa\x00b\nx\n", nil, 2},
		{"\x00\n" + unsureLine + "x\n", []int64{1026}, 1},
	} {
		data := append(bytes.Clone(text), x.binary...)
		r := m.Scanner().Scan(data, Task{End: len(data)})
		var unsure []int64
		for at := range r.Unsure.All(false) {
			unsure = append(unsure, at.Start)
		}
		if !r.Binary || r.Quiet != x.quiet || r.Selected != 0 || !slices.Equal(unsure, x.unsure) {
			t.Errorf("%q: %+v, unsure %v", x.binary, r, unsure)
		}
	}
}
