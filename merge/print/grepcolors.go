package print

import "strings"

// ParseColors returns the colors that GNU grep has with these values of GREP_COLORS,
// as in "ms=01;31:fn=35:ne", and of GREP_COLOR, which is obsolete: it is the color of
// those matches that the former does not set. usesOld reports that there are some.
func ParseColors(colors, old string) (c Colors, usesOld bool) {
	const unset = "unset"
	c = Colors{
		Match: unset, ContextMatch: unset,
		Filename: "35", LineNumber: "32", ByteOffset: "32", Separator: "36",
	}
	c.parse(colors)
	match := "01;31"
	if old != "" && isColor(old) {
		match = old
		usesOld = c.Match == unset || c.ContextMatch == unset
	}
	for _, part := range []*string{&c.Match, &c.ContextMatch} {
		if *part == unset {
			*part = match
		}
	}
	return c, usesOld
}

// isColor reports whether s may be an SGR sequence.
func isColor(s string) bool { return strings.Trim(s, "0123456789;") == "" }

// parse skips what it does not know; at what is not a color it stops.
func (c *Colors) parse(s string) {
	parts := map[string]*string{
		"sl": &c.Selected, "cx": &c.Context, "ms": &c.Match, "mc": &c.ContextMatch,
		"fn": &c.Filename, "ln": &c.LineNumber, "bn": &c.ByteOffset, "se": &c.Separator,
	}
	for item := range strings.SplitSeq(s, ":") {
		name, value, given := strings.Cut(item, "=")
		if given && !isColor(value) {
			return
		}
		switch {
		case name == "rv":
			c.Reverse = true
		case name == "ne":
			c.NoErase = true
		case name == "mt" && given:
			c.Match, c.ContextMatch = value, value
		case parts[name] != nil && given:
			*parts[name] = value
		}
	}
}
