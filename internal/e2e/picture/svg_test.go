package picture

import (
	"fmt"
	"html"
	"image/color"
	"strings"

	"github.com/linefork/linefork/internal/e2e/screen"
)

// The measures of the picture, in its own units. The font has cells of column × row.
const (
	column, row = 8.4, 19
	fontSize    = 14
	margin      = 16
	baseline    = 14 // of a row
	corner      = 8
)

// The colors of the picture, which does not depend on those of the page around it.
const (
	background = "#14181f"
	foreground = "#d5dae2"
	barColor   = "#4c9ffe"
)

// svg draws a screen of some columns and rows. The title is for people who cannot see it.
func svg(title string, size screen.Size, spans []screen.Span) string {
	width, height := float64(size.Columns)*column+2*margin, size.Rows*row+2*margin
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.0f %d" width="%.0f" height="%d" role="img">
<title>%s</title>
<rect width="100%%" height="100%%" rx="%d" fill="%s"/>
<g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono','Liberation Mono',monospace" font-size="%d" fill="%s">
`, width, height, width, height, html.EscapeString(title), corner, background, fontSize, foreground)
	for _, s := range spans {
		b.WriteString(draw(s))
	}
	b.WriteString("</g>\n</svg>\n")
	return b.String()
}

// full is a cell of a bar. Fonts leave gaps between them.
const full = "█"

func draw(s screen.Span) string {
	if blocks := strings.Count(s.Text, full); blocks > 0 {
		before, rest, _ := strings.Cut(s.Text, full)
		rest = strings.TrimLeft(rest, full)
		at := s.Column + len(before)
		bar := fmt.Sprintf(`<rect x="%.1f" y="%d" width="%.1f" height="%d" fill="%s"/>`+"\n",
			x(at), y(s.Row)+2, float64(blocks)*column, row-4, barColor)
		front, behind := s, s
		front.Text, front.Columns = before, len(before)
		behind.Text, behind.Column, behind.Columns = rest, at+blocks, len(rest)
		return text(front) + bar + text(behind)
	}
	return text(s)
}

func text(s screen.Span) string {
	if s.Text == "" {
		return ""
	}
	style := ""
	if s.Color != nil {
		style = fmt.Sprintf(` fill="%s"`, hex(s.Color))
	}
	if s.Bold {
		style += ` font-weight="bold"`
	}
	return fmt.Sprintf(`<text x="%.1f" y="%d" textLength="%.1f"%s>%s</text>`+"\n",
		x(s.Column), y(s.Row)+baseline, float64(s.Columns)*column, style, html.EscapeString(s.Text))
}

func x(at int) float64 { return margin + float64(at)*column }

func y(at int) int { return margin + at*row }

func hex(c color.Color) string {
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}
