package perl

import (
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// grapheme returns the length of what \X matches at pos: what a reader takes for one character. It
// is 0 if there is no valid character.
func (m *Matcher) grapheme(pos int) int {
	if pos == len(m.s) {
		return 0
	}
	if !m.utf {
		if m.s[pos] == '\r' && pos+1 < len(m.s) && m.s[pos+1] == '\n' {
			return 2
		}
		return 1
	}
	if r, _ := m.decode(pos); r < 0 {
		return 0
	}
	cluster, _, _, _ := uniseg.FirstGraphemeCluster(m.s[pos:], -1)
	for n := 0; n < len(cluster); {
		r, w := utf8.DecodeRune(cluster[n:])
		if r == utf8.RuneError && w == 1 {
			return n
		}
		n += w
	}
	return len(cluster)
}
