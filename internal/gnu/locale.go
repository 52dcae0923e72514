package gnu

import (
	"strings"
	"unicode"
)

// Locale is the character encoding of names and messages.
type Locale int

const (
	C    Locale = iota // ASCII
	UTF8               // Unicode in UTF-8
)

// LocaleFromEnv returns the locale that the environment asks for. getenv is
// os.Getenv but for tests. Whether the locale is installed is not looked into.
func LocaleFromEnv(getenv func(string) string) Locale {
	for _, key := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		value := getenv(key)
		if value == "" {
			continue
		}
		_, codeset, _ := strings.Cut(value, ".")
		codeset, _, _ = strings.Cut(codeset, "@")
		switch strings.ToLower(codeset) {
		case "utf-8", "utf8":
			return UTF8
		}
		return C
	}
	return C
}

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
