package syntax

import (
	"unicode/utf8"

	"github.com/linefork/linefork/internal/glibc"
)

// IsWord reports whether r is part of a word: a letter, a digit or an underscore. In the C locale
// (isUTF8 false) r is a byte.
func IsWord(r rune, isUTF8 bool) bool {
	if r < utf8.RuneSelf {
		return wordBytes[r]
	}
	return isUTF8 && glibc.Alpha.Has(r)
}

// Before returns what is before pos in line.
func Before(line []byte, pos int, isUTF8 bool) Beside {
	if pos == 0 {
		return Edge
	}
	b := line[pos-1]
	if b < utf8.RuneSelf || !isUTF8 {
		return besideOf(rune(b), isUTF8)
	}
	r, size := utf8.DecodeLastRune(line[:pos])
	return besideOfRune(r, size, b)
}

// After returns what is after pos in line.
func After(line []byte, pos int, isUTF8 bool) Beside {
	if pos == len(line) {
		return Edge
	}
	b := line[pos]
	if b < utf8.RuneSelf || !isUTF8 {
		return besideOf(rune(b), isUTF8)
	}
	r, size := utf8.DecodeRune(line[pos:])
	return besideOfRune(r, size, b)
}

func besideOf(r rune, isUTF8 bool) Beside {
	if IsWord(r, isUTF8) {
		return Word
	}
	return Other
}

// besideOfRune returns what the byte b is that decoded to r, or to nothing.
func besideOfRune(r rune, size int, b byte) Beside {
	switch {
	case r != utf8.RuneError || size > 1:
		return besideOf(r, true)
	case IsLatin1Letter(b):
		return Stray
	}
	return Other
}

// IsLatin1Letter reports whether b, which is beyond ASCII, is the number of a letter.
func IsLatin1Letter(b byte) bool { return glibc.Alpha.Has(rune(b)) }

var wordBytes = func() (word [utf8.RuneSelf]bool) {
	for _, r := range glibc.Alnum {
		for c := r.Lo; c <= r.Hi && c < utf8.RuneSelf; c++ {
			word[c] = true
		}
	}
	word['_'] = true
	return word
}()
