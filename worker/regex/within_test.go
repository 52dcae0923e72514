package regex

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/linefork/linefork/worker/charset"
)

// characters returns n random characters of an encoding, as bytes.
func characters(c *charset.Charset, r *rand.Rand, n int) (all [][]byte) {
	for len(all) < n {
		b := []byte{
			byte(0x81 + r.IntN(0x7E)), byte(0x30 + r.IntN(0xD0)),
			byte(0x81 + r.IntN(0x7E)), byte('0' + r.IntN(10)),
		}
		if b[1] <= '9' && r.IntN(8) > 0 {
			b[0] = 0x81 + byte(r.IntN(4)) // where the four-byte characters of GB18030 are
		}
		if text, size := c.Next(nil, b); text[0] != charset.Invalid {
			all = append(all, b[:size])
		}
	}
	return all
}

// TestWithinCharacters searches for strings whose bytes occur in the lines, but mostly from the
// middle of a character on.
func TestWithinCharacters(t *testing.T) {
	for _, name := range []string{"gb18030", "gbk", "shift_jis", "big5", "euc-jp", "euc-kr"} {
		e, err := charset.Lookup(name)
		if err != nil {
			t.Fatal(err)
		}
		r := rand.New(rand.NewPCG(1, 2))
		tried, within := 0, 0
		for tried < 60 {
			var block []byte
			var needles []string
			for range 40 {
				line := slices.Concat(characters(e.Charset, r, 2+r.IntN(20))...)
				for range 10 {
					start := r.IntN(len(line))
					s := e.Charset.AppendUTF8(nil, line[start:min(start+1+r.IntN(6), len(line))])
					if _, ok := e.Charset.Literal(s); ok && e.Charset.Boundary(line, 0, start) != start {
						needles = append(needles, string(s))
					}
				}
				block = append(append(block, line...), '\n')
			}
			text := e.Charset.AppendUTF8(nil, block)
			for range min(5, len(needles)) {
				tried++
				needle := needles[r.IntN(len(needles))]
				encoded, _ := e.Charset.Literal([]byte(needle))
				p, err := compile(&Spec{
					Language: Fixed, Patterns: []byte(needle), UTF8: true, Charset: name, Sample: block,
				})
				if err != nil {
					t.Fatal(err)
				}
				s := p.Searcher()
				var want []int // the lines that contain it
				lines := strings.Split(string(text), "\n")
				raw := bytes.Split(block, []byte("\n"))
				for i, line := range lines[:len(lines)-1] {
					holds := strings.Contains(line, needle)
					if holds {
						want = append(want, i)
					} else if bytes.Contains(raw[i], encoded) {
						within++
					}
					start, _, ok := s.Find(raw[i], 0)
					if ok != holds || s.Match(raw[i]) != holds ||
						ok && e.Charset.Boundary(raw[i], 0, start) != start {
						t.Errorf("%s: %q in % x: found %v at %d, matches %v",
							name, needle, raw[i], ok, start, s.Match(raw[i]))
					}
				}
				var got []int
				for _, hit := range s.Lines(block, nil) {
					got = append(got, bytes.Count(block[:hit], []byte("\n")))
				}
				if n := s.Count(block); n != len(want) || !slices.Equal(got, want) {
					t.Errorf("%s: %q: lines %v, counted %d; want %v", name, needle, got, n, want)
				}
			}
		}
		if within == 0 {
			t.Errorf("%s: no bytes were within characters", name)
		}
	}
}
