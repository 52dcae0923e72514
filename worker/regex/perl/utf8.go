package perl

import (
	"errors"
	"fmt"
	"math/bits"
	"unicode/utf8"
)

// checkUTF8 fails if b is not valid, with the reason that PCRE2 gives.
func checkUTF8(b []byte) {
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		if r == utf8.RuneError && n == 1 {
			fail(errors.New("UTF-8 error: " + whyInvalid(b)))
		}
		b = b[n:]
	}
}

// whyInvalid says what is wrong with the sequence that b starts with, by the older rule that has
// sequences of up to six bytes.
func whyInvalid(b []byte) string {
	size := bits.LeadingZeros8(^b[0])
	switch {
	case size == 1:
		return "isolated byte with 0x80 bit set"
	case size > 6:
		return "illegal byte (0xfe or 0xff)"
	case size == len(b)+1:
		return "1 byte missing at end"
	case size > len(b):
		return fmt.Sprintf("%d bytes missing at end", size-len(b))
	}
	for i := 1; i < size; i++ {
		if b[i]&0xc0 != 0x80 {
			return fmt.Sprintf("byte %d top bits not 0x80", i+1)
		}
	}
	overlong := size == 2 // since there is no other left
	if size > 2 {
		overlong = b[0]<<(size+1) == 0 && b[1]&0x3f>>(8-size) == 0
	}
	switch {
	case overlong:
		return fmt.Sprintf("overlong %d-byte sequence", size)
	case size == 3:
		return "code points 0xd800-0xdfff are not defined"
	case size == 4:
		return "code points greater than 0x10ffff are not defined"
	}
	return fmt.Sprintf("%d-byte character is not allowed (RFC 3629)", size)
}
