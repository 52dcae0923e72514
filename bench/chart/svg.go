package chart

import (
	"fmt"
	"html"
	"strconv"
	"strings"
)

// SVG returns the charts below each other, as a document of its own or, in a page, as an element.
func SVG(charts ...Chart) string {
	width, height := 0., 0.
	for _, c := range charts {
		w, h := c.size()
		width, height = max(width, w), height+h
	}
	s := new(svg)
	fmt.Fprintf(s, `<svg xmlns="http://www.w3.org/2000/svg" width="%s" height="%s" `+
		`viewBox="0 0 %s %s" font-family="'DejaVu Sans',Verdana,'Noto Sans',sans-serif">`+"\n",
		pixels(width), pixels(height), pixels(width), pixels(height))
	s.style()
	fmt.Fprintf(s, `<rect class="ground" width="%s" height="%s"/>`+"\n", pixels(width), pixels(height))
	y := 0.
	for _, c := range charts {
		fmt.Fprintf(s, `<g transform="translate(0 %s)">`+"\n", pixels(y))
		c.draw(s)
		s.WriteString("</g>\n")
		_, h := c.size()
		y += h
	}
	s.WriteString("</svg>\n")
	return s.String()
}

// svg is a canvas.
type svg struct{ strings.Builder }

// style makes the colors those of the reader's choice. Classes s fill nothing, f stroke nothing.
func (s *svg) style() {
	s.WriteString("<style>\n")
	for dark := range 2 {
		if dark == 1 {
			s.WriteString("@media (prefers-color-scheme: dark) {\n")
		}
		fmt.Fprintf(s, ".ground,.h{fill:%s}.r{stroke:%[1]s}\n", ground[dark])
		for p := range palette {
			color := palette[p][dark]
			fmt.Fprintf(s, ".s%d{stroke:%s}.f%d{fill:%s}\n", p, color, p, color)
		}
		if dark == 1 {
			s.WriteString("}\n")
		}
	}
	s.WriteString("</style>\n")
}

func pixels(x float64) string {
	return strings.TrimSuffix(strconv.FormatFloat(x, 'f', 1, 64), ".0")
}

func (s *svg) line(from, to Point, p paint, width float64, dash []float64) {
	fmt.Fprintf(s, `<line class="s%d" x1="%s" y1="%s" x2="%s" y2="%s" stroke-width="%s"`, p,
		pixels(from.X), pixels(from.Y), pixels(to.X), pixels(to.Y), pixels(width))
	if dash != nil {
		s.WriteString(` stroke-dasharray="`)
		for i, d := range dash {
			if i > 0 {
				s.WriteByte(' ')
			}
			s.WriteString(pixels(d))
		}
		s.WriteByte('"')
	}
	s.WriteString("/>\n")
}

func (s *svg) mark(at Point, sh shape, p paint) {
	switch {
	case sh.cross:
		for _, stroke := range sh.strokes(at) {
			s.line(stroke[0], stroke[1], p, 2.5, nil)
		}
		return
	case sh.sides == 0:
		fmt.Fprintf(s, `<circle cx="%s" cy="%s" r="%d"`, pixels(at.X), pixels(at.Y), markRadius)
	default:
		s.WriteString(`<polygon points="`)
		for i, c := range sh.corners(at, markRadius) {
			if i > 0 {
				s.WriteByte(' ')
			}
			s.WriteString(pixels(c.X) + "," + pixels(c.Y))
		}
		s.WriteByte('"')
	}
	if sh.hollow {
		fmt.Fprintf(s, ` class="h s%d" stroke-width="2"/>`+"\n", p)
	} else {
		// With a rim, so that marks on each other can be told apart.
		fmt.Fprintf(s, ` class="f%d r" stroke-width="1.5" paint-order="stroke"/>`+"\n", p)
	}
}

func (s *svg) text(at Point, text string, a align, p paint, size float64) {
	anchor := [...]string{"start", "middle", "end"}[a]
	fmt.Fprintf(s, `<text class="f%d" x="%s" y="%s" text-anchor="%s" font-size="%s">%s</text>`+"\n",
		p, pixels(at.X), pixels(at.Y), anchor, pixels(size), html.EscapeString(text))
}
