package rows

import (
	"bytes"
	"math"
	"strconv"
)

// Number appends to dst the canonical form of a decimal number, so that two
// values are the same number exactly when their forms are the same bytes. It
// is exact for any number of digits. A number is
//
//	[sign] (digits [. [digits]] | . digits) [(e|E) [sign] digits]
//
// with white space allowed around it, as Python's int() and float() allow it;
// 11865, 011865, +11865, 11865.0 and 1.1865e4 are the same number. For all
// else (the empty value, hexadecimal digits, inf, nan, an exponent of 2^62) ok
// is false.
func Number(dst, value []byte) (form []byte, ok bool) {
	const space = " \t\n\v\f\r"
	value = bytes.Trim(value, space)
	negative := false
	if len(value) > 0 && (value[0] == '+' || value[0] == '-') {
		negative = value[0] == '-'
		value = value[1:]
	}

	start := len(dst)
	if negative {
		dst = append(dst, '-')
	}
	first := len(dst)
	// The number is 0.d1d2d3… × 10^exponent, d1 and the last digit not 0.
	exponent, digits, point := int64(0), 0, false
	i := 0
	for ; i < len(value); i++ {
		c := value[i]
		switch {
		case c == '.' && !point:
			point = true
			continue
		case c < '0' || c > '9':
		default:
			digits++
			if len(dst) == first && c == '0' {
				if point {
					exponent--
				}
				continue
			}
			dst = append(dst, c)
			if !point {
				exponent++
			}
			continue
		}
		break
	}
	if digits == 0 {
		return dst[:start], false
	}
	if i < len(value) {
		e, ok := parseExponent(value[i:])
		if !ok {
			return dst[:start], false
		}
		exponent += e
	}
	dst = bytes.TrimRight(dst, "0")
	if len(dst) <= first {
		return append(dst[:start], '0'), true
	}
	dst = append(dst, 'e')
	return strconv.AppendInt(dst, exponent, 10), true
}

// parseExponent reads e or E, a sign, and digits. An exponent beyond ±2^62 is
// none: no number that is written out in digits could equal it.
func parseExponent(b []byte) (int64, bool) {
	if len(b) < 2 || b[0] != 'e' && b[0] != 'E' {
		return 0, false
	}
	sign, rest := int64(1), b[1:]
	if rest[0] == '+' || rest[0] == '-' {
		if rest[0] == '-' {
			sign = -1
		}
		rest = rest[1:]
	}
	if len(rest) == 0 {
		return 0, false
	}
	n := int64(0)
	for _, c := range rest {
		if c < '0' || c > '9' || n > math.MaxInt64/20 {
			return 0, false
		}
		n = 10*n + int64(c-'0')
	}
	return sign * n, true
}

// maxDigits is how many decimal digits any uint64 can hold.
const maxDigits = 19

// digits reads a value of up to maxDigits decimal digits and nothing else.
func digits(value []byte) (n uint64, ok bool) {
	if len(value) == 0 || len(value) > maxDigits {
		return 0, false
	}
	for _, c := range value {
		d := c - '0'
		if d > 9 {
			return 0, false
		}
		n = 10*n + uint64(d)
	}
	return n, true
}

// integer returns the value of a canonical form that digits could return.
func integer(form []byte) (n uint64, ok bool) {
	mantissa, exponent, _ := bytes.Cut(form, []byte{'e'})
	if n, ok = digits(mantissa); !ok || n == 0 {
		return n, ok
	}
	e, err := strconv.Atoi(string(exponent))
	if err != nil || e < len(mantissa) || e > maxDigits {
		return 0, false
	}
	for range e - len(mantissa) {
		n *= 10
	}
	return n, true
}
