package gnu

import (
	"unicode"

	"github.com/linefork/linefork/internal/locale"
)

// Locale is the encoding of the messages, and with it what is quoted in them.
type Locale = locale.Locale

// The locales.
const (
	C    = locale.C
	UTF8 = locale.UTF8
)

// printable tells whether glibc's iswprint holds for r, which is any assigned
// character but controls and the line and paragraph separators. That is wider
// than unicode.IsPrint.
func printable(r rune) bool {
	if r < 0x80 {
		return ' ' <= r && r <= '~'
	}
	return unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.P, unicode.S,
		unicode.Zs, unicode.Cf, unicode.Co)
}
