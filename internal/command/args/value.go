package args

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/linefork/linefork/internal/gnu"
)

// assign sets what an option without a value stands for.
func assign[T any](to *T, value T) setter {
	return func(string) error {
		*to = value
		return nil
	}
}

func on(to *bool) setter { return assign(to, true) }

func off(to *bool) setter { return assign(to, false) }

// text sets any value.
func text(to *string) setter {
	return func(v string) error {
		*to = v
		return nil
	}
}

// list adds a value.
func list(to *[]string) setter {
	return func(v string) error {
		*to = append(*to, v)
		return nil
	}
}

// number sets a decimal number from least to most. The error calls it what.
func number[T int | int64 | uint64](what string, to *T, least, most uint64) setter {
	return func(v string) error {
		n, err := strconv.ParseUint(v, 10, 64)
		if err != nil || n < least || n > most {
			return fmt.Errorf("invalid %s '%s'", what, v)
		}
		*to = T(n)
		return nil
	}
}

// size sets a number of bytes, at least so many. The error calls it what.
func size(what string, to *int64, least int64) setter {
	return func(v string) (err error) {
		if *to, err = gnu.ParseSize(v); err != nil || *to < least {
			return fmt.Errorf("invalid %s '%s'", what, v)
		}
		return nil
	}
}

// choice sets one of values. The error calls it what.
func choice(what string, to *string, values ...string) setter {
	return func(v string) error {
		*to = v
		_, err := oneOf(what, v, values...)
		return err
	}
}

// oneOf returns which of values v is.
func oneOf(what, v string, values ...string) (int, error) {
	i := slices.Index(values, v)
	if most := len(values) - 1; i < 0 {
		return 0, fmt.Errorf("invalid %s '%s'; it is %s or %s", what, v,
			strings.Join(values[:most], ", "), values[most])
	}
	return i, nil
}

// oneByte sets one byte, or an escape for one. nul says that it may be the byte 0,
// which in a dialect of CSV is none. The error calls it what.
func oneByte(what string, to *byte, nul bool) setter {
	return func(v string) (err error) {
		if *to, err = parseByte(what, v); err == nil && *to == 0 && !nul {
			return fmt.Errorf("the %s cannot be NUL", what)
		}
		return err
	}
}

func parseByte(what, s string) (byte, error) {
	switch {
	case s == `\t`:
		return '\t', nil
	case s == `\0`:
		return 0, nil
	case s == `\\`:
		return '\\', nil
	case len(s) == 4 && s[:2] == `\x`:
		if n, err := strconv.ParseUint(s[2:], 16, 8); err == nil {
			return byte(n), nil
		}
	case len(s) == 1:
		return s[0], nil
	case s == "":
		return 0, fmt.Errorf("the %s is empty", what)
	}
	return 0, fmt.Errorf("the %s '%s' is not a single byte", what, s)
}
