package gnu

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/linefork/linefork/internal/locale"
)

// ParseInt reads a decimal number as grep does; blanks and a sign may stand before
// it. What is beyond the range of int64 is the nearest number in it.
func ParseInt(s string) (n int64, ok bool) {
	s = strings.TrimLeft(s, " \t\n\v\f\r")
	n, err := strconv.ParseInt(s, 10, 64)
	if errors.Is(err, strconv.ErrRange) { // which says nothing of what is behind the digits
		return n, strings.TrimLeft(s[1:], "0123456789") == ""
	}
	return n, err == nil
}

// MatchArgument returns the index of the name that an option's argument is or, as
// the only one, begins with. The error has the words of gnulib's argmatch, but quotes
// arg as QuoteAlways does.
func MatchArgument(option, arg string, names []string, l locale.Locale) (int, error) {
	if i := slices.Index(names, arg); i >= 0 {
		return i, nil
	}
	begins := func(name string) bool { return strings.HasPrefix(name, arg) }
	first := slices.IndexFunc(names, begins)
	what := "invalid"
	if first >= 0 {
		if !slices.ContainsFunc(names[first+1:], begins) {
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
