package wc

import "unicode/utf8"

// maxSequence is the length of the longest character that glibc accepts.
const maxSequence = 6

func isContinuation(c byte) bool { return c&0xC0 == 0x80 }

// sequenceLen returns the length of a sequence that starts with lead, or 0 if there is none.
func sequenceLen(lead byte) int {
	switch {
	case lead < 0x80:
		return 1
	case lead < 0xC2:
		return 0
	case lead < 0xE0:
		return 2
	case lead < 0xF0:
		return 3
	case lead < 0xF8:
		return 4
	case lead < 0xFC:
		return 5
	case lead < 0xFE:
		return 6
	}
	return 0
}

// secondOK reports whether the continuation byte c may follow lead, which rules out overlong forms
// and surrogates.
func secondOK(lead, c byte) bool {
	switch lead {
	case 0xE0:
		return c >= 0xA0
	case 0xED:
		return c < 0xA0
	case 0xF0:
		return c >= 0x90
	case 0xF8:
		return c >= 0x88
	case 0xFC:
		return c >= 0x84
	}
	return true
}

// character returns the length of the character that b, which does not start with ASCII, starts
// with, or 0 if it starts with none. It may be called with bytes that are being changed.
func character(b []byte) int {
	n := sequenceLen(b[0])
	if n < 2 || n > len(b) || !secondOK(b[0], b[1]) {
		return 0
	}
	for _, c := range b[1:n] {
		if !isContinuation(c) {
			return 0
		}
	}
	return n
}

// open returns how many bytes at the end of b may be the start of a character that continues after
// b.
func open(b []byte) int {
	for n := 1; n < maxSequence && n <= len(b); n++ {
		c := b[len(b)-n]
		if isContinuation(c) {
			continue
		}
		if c >= 0xC0 && sequenceLen(c) > n {
			return n
		}
		break
	}
	return 0
}

// Valid reports whether b consists only of characters of glibc's UTF-8: those of Unicode, and the
// sequences that would encode numbers up to 0x7FFFFFFF.
func Valid(b []byte) bool {
	if utf8.Valid(b) {
		return true
	}
	for len(b) > 0 {
		n := 1
		if b[0] >= utf8.RuneSelf {
			if n = character(b); n == 0 {
				return false
			}
		}
		b = b[n:]
	}
	return true
}
