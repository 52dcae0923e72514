package scan

import (
	"bytes"
	"strings"
	"testing"

	"github.com/linefork/linefork/internal/cpu/cputest"
)

func TestNextOrOrder(t *testing.T) {
	cputest.Run(t, func(t *testing.T) {
		long := strings.Repeat(".", 200)
		tests := []struct {
			needle, data string
			pos          int
			isStop       bool
		}{
			{"ab", `..ab"`, 2, false},
			{"ab", `."ab`, 1, true},
			{"ab", `...a"`, 4, true},
			{`a"b`, `..a"b`, 2, false},
			{`"a`, `.."a`, 2, false},
			{`"a`, `..".`, 2, true},
			{`"`, `.."`, 2, false},
			{"a", `..a"`, 2, false},
			{"a", `.."a`, 2, true},
			{"ab", "....", -1, false},
			{"ab", "", -1, false},
			{"", `"`, 0, false},
			{"needle longer than the data", `..."`, 3, true},
		}
		for _, test := range tests {
			f := NewFinder([]byte(test.needle), nil)
			for _, tail := range []string{"", long} {
				data := []byte(test.data + tail)
				pos, isStop := f.NextOr(data, 0, '"')
				if pos != test.pos || isStop != test.isStop {
					t.Errorf("Finder(%q).NextOr(%q) = %d, %v, want %d, %v",
						test.needle, data, pos, isStop, test.pos, test.isStop)
				}
			}
		}
	})
}

// TestDenseFalseCandidates makes the search switch to bytes.Index and back.
func TestDenseFalseCandidates(t *testing.T) {
	// The triple is of 'a' and 'b', which are everywhere.
	cputest.Run(t, func(t *testing.T) {
		for _, needle := range []string{"abxaby", "ab" + strings.Repeat("ab", 40) + "x"} {
			f := &Finder{needle: []byte(needle), triple: pairAt([]byte(needle), 0, 1)}
			for _, n := range []int{100, stretchLen, 3*stretchLen + 1} {
				data := bytes.Repeat([]byte("ab"), n/2)
				checkFinder(t, f, data, 0, '"')
				checkFinder(t, f, data, n/3, '"')
				for _, at := range []int{0, 40, 77, n / 2, n - len(needle)} {
					if at < 0 {
						continue
					}
					hit := bytes.Clone(data)
					copy(hit[at:], needle)
					checkFinder(t, f, hit, 0, '"')
					if at > 50 {
						hit[at-11] = '"'
						checkFinder(t, f, hit, 0, '"')
					}
					hit[min(at+1, n-1)] = '"'
					checkFinder(t, f, hit, 0, '"')
				}
			}
		}
	})
}

func TestNextFrom(t *testing.T) {
	b := []byte("abcabc")
	f := NewFinder([]byte("abc"), nil)
	for from, want := range []int{0, 3, 3, 3, -1, -1, -1, -1} {
		if got := f.Next(b, from); got != want {
			t.Errorf("Next from %d = %d, want %d", from, got, want)
		}
	}
	if pos, isStop := f.NextOr(b, len(b)+1, 'a'); pos != -1 || isStop {
		t.Errorf("NextOr past the end = %d, %v", pos, isStop)
	}
	if got := NewFinder(nil, nil).Next(b, len(b)); got != len(b) {
		t.Errorf("Next of the empty needle at the end = %d", got)
	}
}

func TestFinderKeepsCopy(t *testing.T) {
	needle := []byte("abc")
	f := NewFinder(needle, nil)
	needle[0] = 'x'
	if got := f.Next([]byte(".abc"), 0); got != 1 {
		t.Errorf("Next after a change of the caller's needle = %d, want 1", got)
	}
}

func TestRareTriple(t *testing.T) {
	rank := [256]uint32{'a': 8, 'b': 4, 'c': 2, 'd': 1}
	tests := []struct {
		needle  string
		offsets [3]int
	}{
		{"ab", [3]int{0, 1, 1}},
		{"abcd", [3]int{1, 2, 3}},
		{"dcba", [3]int{0, 1, 2}},
		{"daac", [3]int{0, 1, 3}},
		{"ddda", [3]int{0, 3, 3}},                                // not the same byte twice
		{"ddcda", [3]int{0, 2, 4}},                               // nor three times
		{"aaaa", [3]int{0, 3, 3}},                                // unless there is no other
		{"zaad", [3]int{0, 1, 3}},                                // never in the sample: rarest
		{"ba" + strings.Repeat("a", 300) + "z", [3]int{0, 1, 1}}, // the end is too far away
	}
	for _, test := range tests {
		p := rareTriple([]byte(test.needle), &rank)
		p.check()
		if got := [3]int{p.Off1, p.Off2, p.Off3}; got != test.offsets {
			t.Errorf("rareTriple(%q) is at %d, want %d", test.needle, got, test.offsets)
		}
		b := [3]byte{test.needle[p.Off1], test.needle[p.Off2], test.needle[p.Off3]}
		if b != [3]byte{p.B1, p.B2, p.B3} || p.Len != len(test.needle) {
			t.Errorf("rareTriple(%q) = %+v", test.needle, p)
		}
	}
}

// TestChooseTriple samples the needle's rarest bytes in every line, and together.
func TestChooseTriple(t *testing.T) {
	sample := bytes.Repeat([]byte("\n11865,45114,97\n12734,45211,97\n11523,45211,97"), 20)
	p := chooseTriple([]byte("\n11865,"), sample)
	if n := candidates(sample, &p, len(sample)); n > 20 {
		t.Errorf("%+v has %d candidates", p, n)
	}
	// Every pair of bytes occurs, and all but the first and last also with a third byte.
	sample = bytes.Repeat([]byte("ab.. a.c. .bc. ab.d a.cd"), 100)
	p = chooseTriple([]byte("abcd"), sample)
	if n := candidates(sample, &p, len(sample)); n > 0 {
		t.Errorf("%+v has %d candidates", p, n)
	}
	if p := chooseTriple([]byte("zz"), []byte("zz")); p != pairAt([]byte("zz"), 0, 1) {
		t.Errorf("the only triple became %+v", p)
	}
	if p := chooseTriple([]byte("zxy"), []byte("none of it")); !p.isPair() {
		t.Errorf("without candidates the triple is %+v", p)
	}
}

func TestCommonBytesListedOnce(t *testing.T) {
	for i := range len(commonBytes) {
		if n := strings.Count(commonBytes, commonBytes[i:i+1]); n > 1 {
			t.Errorf("%q is listed %d times", commonBytes[i], n)
		}
	}
}

func TestTripleCheck(t *testing.T) {
	b := make([]byte, 100)
	for _, p := range []Triple{
		{}, {Off1: 2, Off2: 1, Off3: 3, Len: 4}, {Off1: 1, Off2: 3, Off3: 2, Len: 4},
		{Off1: -1, Off2: 1, Off3: 1, Len: 2}, {Off1: 0, Off2: 1, Off3: 2, Len: 2},
	} {
		for name, f := range map[string]func(){
			"IndexTriple":   func() { IndexTriple(b, p) },
			"IndexTripleOr": func() { IndexTripleOr(b, p, 'x') },
		} {
			func() {
				defer func() {
					if recover() == nil {
						t.Errorf("%s takes %+v", name, p)
					}
				}()
				f()
			}()
		}
	}
}
