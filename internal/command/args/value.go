package args

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/linefork/linefork/internal/getopt"
	"github.com/linefork/linefork/internal/gnu"
	"github.com/linefork/linefork/internal/near"
)

// setter takes a value. An error that is not a Message is a usage error.
type setter func(value string) error

// do takes any value.
func do(f func(v string)) setter {
	return func(v string) error {
		f(v)
		return nil
	}
}

// assign sets what an option without a value stands for.
func assign[T any](to *T, value T) setter { return do(func(string) { *to = value }) }

func on(to *bool) setter { return assign(to, true) }

func off(to *bool) setter { return assign(to, false) }

// text sets any value.
func text[T ~string](to *T) setter { return do(func(v string) { *to = T(v) }) }

// list adds a value.
func list(to *[]string) setter { return do(func(v string) { *to = append(*to, v) }) }

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

// named sets what a word stands for; any other is wrong.
func named[T any](to *T, words map[string]T, wrong error) setter {
	return func(v string) error {
		value, ok := words[v]
		if !ok {
			return wrong
		}
		*to = value
		return nil
	}
}

// choice is an option that takes one of some words, which stand with bars between them.
func choice(name, words string, set setter, help string) option {
	all := strings.Split(words, "|")
	return valued(name, words, func(v string) error {
		if last := len(all) - 1; !slices.Contains(all, v) {
			return mistyped(fmt.Sprintf("invalid %s '%s'; it is %s or %s",
				strings.ReplaceAll(name, "-", " "), v, strings.Join(all[:last], ", "), all[last]),
				v, all...)
		}
		return set(v)
	}, help).among(all...)
}

// mistyped is the error about a word that is none of all.
func mistyped(message, word string, all ...string) error {
	return &getopt.UsageError{Message: message, Near: near.Word(word, all)}
}

// oneByte sets one byte, or an escape for one. nul says that it may be the byte 0,
// which in a dialect of CSV is none. The error calls it what.
func oneByte(what string, to *byte, nul bool) setter {
	return func(v string) error {
		hex, isHex := strings.CutPrefix(v, `\x`)
		n, err := strconv.ParseUint(hex, 16, 8)
		switch {
		case len(v) == 1:
			*to = v[0]
		case v == `\t`:
			*to = '\t'
		case v == `\\`:
			*to = '\\'
		case isHex && len(hex) == 2 && err == nil:
			*to = byte(n)
		case v == `\0`:
			*to = 0
		case v == "":
			return fmt.Errorf("the %s is empty", what)
		default:
			return fmt.Errorf("the %s '%s' is not a single byte", what, v)
		}
		if *to == 0 && !nul {
			return fmt.Errorf("the %s cannot be NUL", what)
		}
		return nil
	}
}
