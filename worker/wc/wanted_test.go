package wc

import (
	"slices"
	"strings"
	"testing"
)

func TestWanted(t *testing.T) {
	c := Counts{Lines: 10, Words: 20, Chars: 30, Bytes: 40, MaxWidth: 50}
	for _, test := range []struct {
		want   Want
		names  string
		counts []int64
	}{
		{0, "", nil},
		{all, "lines words chars bytes max_line_length", []int64{10, 20, 30, 40, 50}},
		{Lines, "lines", []int64{10}},
		{Bytes | Words, "words bytes", []int64{20, 40}},
		{MaxWidth | Chars, "chars max_line_length", []int64{30, 50}},
	} {
		if got := c.Wanted(test.want); !slices.Equal(got, test.counts) {
			t.Errorf("%b: %d, want %d", test.want, got, test.counts)
		}
		if got := strings.Join(test.want.Names(), " "); got != test.names {
			t.Errorf("%b: %s, want %s", test.want, got, test.names)
		}
	}
}
