// Package locale knows what matters here of a POSIX locale: its character
// encoding.
package locale

import "strings"

// Locale is a character encoding.
type Locale uint8

// The encodings. Any other single-byte or multibyte encoding is taken for C.
const (
	C    Locale = iota // bytes; only ASCII is printing
	UTF8               // C.UTF-8, en_US.UTF-8 and the like, which all agree
)

// FromEnv returns the locale that the environment selects for characters: the
// first of LC_ALL, LC_CTYPE and LANG that is not empty, as POSIX has it. getenv
// is os.Getenv but for tests. It does not check that such a locale is
// installed, where other programs would fall back to C.
func FromEnv(getenv func(string) string) Locale {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if v := getenv(name); v != "" {
			return named(v)
		}
	}
	return C
}

// named reads a name of the form language_territory.codeset@modifier.
func named(name string) Locale {
	name, _, _ = strings.Cut(name, "@")
	_, codeset, _ := strings.Cut(name, ".")
	if strings.EqualFold(codeset, "UTF-8") || strings.EqualFold(codeset, "utf8") {
		return UTF8
	}
	return C
}
