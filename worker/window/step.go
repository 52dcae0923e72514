package window

import (
	"bytes"
	"unicode/utf8"

	"github.com/linefork/linefork/worker/scan"
)

// LongRecord is the number of bytes above which a record is long: it is not copied, and what was read
// of it does not stay in memory.
const LongRecord = 4 << 20

// Step is the number of bytes that a fast reader passes before it calls Passed.
const Step = 4 << 20

// step is Step, except in tests.
var step = Step

// IndexByte is [bytes.IndexByte] for a part of a window, of any length.
func IndexByte(b []byte, c byte) int {
	if len(b) > step {
		return indexLong(b, c)
	}
	return bytes.IndexByte(b, c)
}

func indexLong(b []byte, c byte) int {
	for at := 0; ; at += step {
		piece := b[at:min(at+step, len(b))]
		if i := bytes.IndexByte(piece, c); i >= 0 {
			return at + i
		}
		if at+len(piece) == len(b) {
			return -1
		}
		Passed(step)
	}
}

// LastIndexByte is [scan.LastIndexByte] for a part of a window, of any length.
func LastIndexByte(b []byte, c byte) int {
	for len(b) > step {
		at := len(b) - step
		if i := scan.LastIndexByte(b[at:], c); i >= 0 {
			return at + i
		}
		b = b[:at]
		Passed(step)
	}
	return scan.LastIndexByte(b, c)
}

// Count is [scan.Count] for a part of a window, of any length.
func Count(b []byte, c byte) (n int) {
	for len(b) > step {
		n += scan.Count(b[:step], c)
		b = b[step:]
		Passed(step)
	}
	return n + scan.Count(b, c)
}

// Valid reports whether valid holds for text of any length, which is given to it in pieces of about size
// bytes that do not end within a character of UTF-8.
func Valid(b []byte, size int, valid func([]byte) bool) bool {
	for len(b) > size {
		n := size
		for n < min(size+utf8.UTFMax, len(b)) && !utf8.RuneStart(b[n]) {
			n++ // there is an error if that does not end it
		}
		if !valid(b[:n]) {
			return false
		}
		Passed(n)
		b = b[n:]
	}
	return valid(b)
}

// IsASCII is [scan.IsASCII] for a part of a window, of any length.
func IsASCII(b []byte) bool {
	for len(b) > step {
		if !scan.IsASCII(b[:step]) {
			return false
		}
		b = b[step:]
		Passed(step)
	}
	return scan.IsASCII(b)
}
