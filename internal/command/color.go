package command

import (
	"fmt"
	"strings"

	"golang.org/x/term"

	"github.com/linefork/linefork/merge/print"
)

// colors returns the colors that --color and the environment ask for.
func (p *program) colors(when string) print.Colors {
	if when == "never" {
		return print.Colors{}
	}
	if t := p.env("TERM"); when == "auto" && (t == "" || t == "dumb" || !term.IsTerminal(int(p.Stdout.Fd()))) {
		return print.Colors{}
	}
	c := print.Colors{
		Match: "01;31", ContextMatch: "01;31",
		Filename: "35", LineNumber: "32", ByteOffset: "32", Separator: "36",
	}
	// What GREP_COLORS does not set, GREP_COLOR may.
	old := p.env("GREP_COLOR")
	if old == "" || !isColor(old) {
		parseColors(p.env("GREP_COLORS"), &c)
		return c
	}
	const unset = "unset"
	c.Match, c.ContextMatch = unset, unset
	parseColors(p.env("GREP_COLORS"), &c)
	if c.Match == unset || c.ContextMatch == unset {
		p.warn(fmt.Sprintf("GREP_COLOR='%s' is deprecated; use GREP_COLORS='mt=%[1]s'", old))
	}
	for _, match := range []*string{&c.Match, &c.ContextMatch} {
		if *match == unset {
			*match = old
		}
	}
	return c
}

// isColor reports whether s may be an SGR sequence.
func isColor(s string) bool { return strings.Trim(s, "0123456789;") == "" }

// parseColors reads a value of GREP_COLORS, as in "ms=01;31:fn=35:ne". What is not
// known is passed over; at what is not a color it stops.
func parseColors(s string, c *print.Colors) {
	for s != "" {
		var item string
		item, s, _ = strings.Cut(s, ":")
		name, value, given := strings.Cut(item, "=")
		if given && !isColor(value) {
			return
		}
		parts := map[string]*string{
			"sl": &c.Selected, "cx": &c.Context, "ms": &c.Match, "mc": &c.ContextMatch,
			"fn": &c.Filename, "ln": &c.LineNumber, "bn": &c.ByteOffset, "se": &c.Separator,
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
