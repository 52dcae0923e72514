package gnu

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// sizePrefixes are the prefixes of units, each 1024 or 1000 times the one before.
const sizePrefixes = "KMGTPE"

// ParseSize parses a number of bytes as GNU tools do: 4096, 64K or 64KiB for 65536, 64kB or 64KB
// for 64000, and likewise with M, G, T, P and E. Lower-case k, m and g are accepted as well, and B
// means bytes.
func ParseSize(s string) (int64, error) {
	digits := 0
	for digits < len(s) && '0' <= s[digits] && s[digits] <= '9' {
		digits++
	}
	if digits == 0 {
		return 0, fmt.Errorf("invalid size '%s'", s)
	}
	unit, ok := parseUnit(s[digits:])
	if !ok {
		return 0, fmt.Errorf("invalid suffix in size '%s'", s)
	}
	n, err := strconv.ParseInt(s[:digits], 10, 64)
	if err != nil || n > math.MaxInt64/unit {
		return 0, fmt.Errorf("size '%s' is too large", s)
	}
	return n * unit, nil
}

func parseUnit(suffix string) (int64, bool) {
	if suffix == "" || suffix == "B" {
		return 1, true
	}
	prefix := suffix[0]
	switch prefix {
	case 'k', 'm', 'g':
		prefix -= 'a' - 'A'
	}
	power := 1 + strings.IndexByte(sizePrefixes, prefix)
	if power == 0 {
		return 0, false
	}
	base := int64(1024)
	switch suffix[1:] {
	case "", "iB":
	case "B":
		base = 1000
	default:
		return 0, false
	}
	unit := int64(1)
	for range power {
		unit *= base
	}
	return unit, true
}
