// Package locale finds the character encoding of a POSIX locale, which is all that matters here: how a
// locale orders characters is ignored.
package locale

import "strings"

// Locale is a character encoding.
type Locale uint8

// The encodings. Any other single-byte or multibyte encoding is treated as C.
const (
	C    Locale = iota // bytes, of which only ASCII is printable
	UTF8               // C.UTF-8, en_US.UTF-8 and the like, which agree on what characters are
)

// FromEnv returns the locale that the environment selects for characters: as POSIX says, the first
// of LC_ALL, LC_CTYPE and LANG that is not empty. getenv is os.Getenv, except in tests. Unlike
// other programs, which fall back to C, FromEnv does not check that the locale is installed.
func FromEnv(getenv func(string) string) Locale {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if v := getenv(name); v != "" {
			return named(v)
		}
	}
	return C
}

// named parses a name of the form language_territory.codeset@modifier.
func named(name string) Locale {
	name, _, _ = strings.Cut(name, "@")
	_, codeset, _ := strings.Cut(name, ".")
	if strings.EqualFold(codeset, "UTF-8") || strings.EqualFold(codeset, "utf8") {
		return UTF8
	}
	return C
}
