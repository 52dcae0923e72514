package wc

import "strings"

// Locale is what matters here of a locale: its character encoding.
type Locale uint8

// The encodings. Any other single-byte or multibyte encoding is taken for C.
const (
	C    Locale = iota // bytes; only ASCII is printing
	UTF8               // C.UTF-8, en_US.UTF-8 and the like, which all agree
)

// LocaleFromEnv returns the locale that the environment selects for characters:
// the first of LC_ALL, LC_CTYPE and LANG that is not empty, as POSIX has it. It
// does not check that such a locale is installed, where wc would fall back to C.
func LocaleFromEnv(getenv func(string) string) Locale {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if v := getenv(name); v != "" {
			return localeOf(v)
		}
	}
	return C
}

// localeOf reads a name of the form language_territory.codeset@modifier.
func localeOf(name string) Locale {
	name, _, _ = strings.Cut(name, "@")
	_, codeset, _ := strings.Cut(name, ".")
	if strings.EqualFold(codeset, "UTF-8") || strings.EqualFold(codeset, "utf8") {
		return UTF8
	}
	return C
}
