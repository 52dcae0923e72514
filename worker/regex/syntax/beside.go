package syntax

import "unicode/utf8"

// IsWord tells whether r is part of a word: a letter, a digit or an underscore.
// In the C locale (isUTF8 false) r is a byte.
func IsWord(r rune, isUTF8 bool) bool {
	if r < utf8.RuneSelf {
		return wordBytes[r]
	}
	return isUTF8 && inRanges(alphaRunes, r)
}

// Before tells what stands before pos in line. In UTF-8 a byte that belongs to
// no character is [Other].
func Before(line []byte, pos int, isUTF8 bool) Beside {
	if pos == 0 {
		return Edge
	}
	r := rune(line[pos-1])
	if r >= utf8.RuneSelf && isUTF8 {
		r, _ = utf8.DecodeLastRune(line[:pos])
	}
	return besideOf(r, isUTF8)
}

// After tells what stands after pos in line, as Before does.
func After(line []byte, pos int, isUTF8 bool) Beside {
	if pos == len(line) {
		return Edge
	}
	r := rune(line[pos])
	if r >= utf8.RuneSelf && isUTF8 {
		r, _ = utf8.DecodeRune(line[pos:])
	}
	return besideOf(r, isUTF8)
}

// U+FFFD, to which invalid bytes are decoded, is no part of a word.
func besideOf(r rune, isUTF8 bool) Beside {
	if IsWord(r, isUTF8) {
		return Word
	}
	return Other
}

var wordBytes = func() (word [utf8.RuneSelf]bool) {
	for b := range word {
		word[b] = isAlnum(byte(b)) || b == '_'
	}
	return word
}()
