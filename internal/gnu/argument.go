package gnu

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/linefork/linefork/internal/locale"
)

// ParseInt parses a decimal number as grep does; blanks and a sign may precede it. A number beyond
// the range of int64 becomes the nearest one in it.
func ParseInt(s string) (n int64, ok bool) {
	s = strings.TrimLeft(s, " \t\n\v\f\r")
	n, err := strconv.ParseInt(s, 10, 64)
	if errors.Is(err, strconv.ErrRange) { // which does not tell what follows the digits
		return n, strings.TrimLeft(s[1:], "0123456789") == ""
	}
	return n, err == nil
}

// MatchArgument returns the index of the name that an option's argument is or unambiguously
// abbreviates. The error is worded as in gnulib's argmatch, but quotes arg as QuoteAlways does.
func MatchArgument(option, arg string, names []string, l locale.Locale) (int, error) {
	if i := slices.Index(names, arg); i >= 0 {
		return i, nil
	}
	starts := func(name string) bool { return strings.HasPrefix(name, arg) }
	first := slices.IndexFunc(names, starts)
	what := "invalid"
	if first >= 0 {
		if !slices.ContainsFunc(names[first+1:], starts) {
			return first, nil
		}
		what = "ambiguous"
	}
	var valid strings.Builder
	for _, name := range names {
		valid.WriteString("\n  - " + QuoteAlways(name, l))
	}
	return 0, fmt.Errorf("%s argument %s for %s\nValid arguments are:%s", what,
		QuoteAlways(arg, l), QuoteAlways(option, l), &valid)
}
