package bench

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Each of these functions formats a figure with its unit.

func formatSeconds(s float64) string {
	switch {
	case s >= 99.5:
		return fmt.Sprintf("%.0f s", s)
	case s >= 9.95:
		return fmt.Sprintf("%.1f s", s)
	case s >= 0.9995:
		return fmt.Sprintf("%.2f s", s)
	case s >= 0.0995:
		return fmt.Sprintf("%.0f ms", s*1e3)
	case s >= 0.00995:
		return fmt.Sprintf("%.1f ms", s*1e3)
	}
	return fmt.Sprintf("%.2f ms", s*1e3)
}

// formatSpread formats the spread of several runs; of a single one it is not known.
func formatSpread(r *result) string {
	if len(r.Times) < 2 {
		return "-"
	}
	return fmt.Sprintf("±%.0f %%", r.Spread*100)
}

func formatShare(part float64) string { return fmt.Sprintf("%.0f %%", part*100) }

// formatTimes formats how many times as fast something is.
func formatTimes(x float64) string { return formatFactor(x) + " ×" }

func formatFactor(x float64) string {
	switch {
	case x >= 9.95:
		return fmt.Sprintf("%.0f", x)
	case x >= 0.95:
		return fmt.Sprintf("%.1f", x)
	}
	return fmt.Sprintf("%.2f", x)
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// bar draws a length from 0 to 1 in block characters, of an eighth each.
func bar(length float64, width int) string {
	const parts = " ▏▎▍▌▋▊▉"
	eighths := max(0, min(8*width, int(length*float64(8*width)+0.5)))
	s := strings.Repeat("█", eighths/8)
	if rest := eighths % 8; rest > 0 {
		s += string([]rune(parts)[rest])
	}
	return s
}

// wrap breaks text at spaces into lines of at most so many characters. All but the first begin with
// indent.
func wrap(text, indent string, width int) string {
	var b strings.Builder
	column := 0
	for i, word := range strings.Split(text, " ") {
		n := utf8.RuneCountInString(word)
		switch {
		case i == 0:
		case column+1+n > width:
			b.WriteString("\n" + indent)
			column = len(indent)
		default:
			b.WriteByte(' ')
			column++
		}
		b.WriteString(word)
		column += n
	}
	return b.String()
}

// toASCII writes text without the characters that only UTF-8 has.
var toASCII = strings.NewReplacer("×", "x", "±", "+-", "…", "...", "█", "#", "▉", "#", "▊", "#",
	"▋", "#", "▌", "#", "▍", "", "▎", "", "▏", "")
