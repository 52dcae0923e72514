package chart

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"image/png"
	"io"
	"math"
	"strings"
	"testing"
)

func examples() []Chart {
	lines := &Lines{Title: "A & B <c>", X: "x", Y: "y", Ideal: "ideal", Series: []Series{
		{"one", []Point{{1, 0.9}, {2, 1.8}, {4, 2.1}}}, {"two", []Point{{1, 1}, {2, 1.9}, {4, 2.1}}},
	}}
	marks := &Marks{Title: "marks", X: "time", Rows: []Row{{Name: "empty"}}}
	for i := range 14 {
		marks.Series = append(marks.Series, fmt.Sprint("tool ", i))
	}
	marks.Rows = append(marks.Rows, Row{"all", nil}, Row{"one", []float64{0, 0.02}})
	for i := range marks.Series {
		marks.Rows[1].Seconds = append(marks.Rows[1].Seconds, 0.001*math.Pow(2, float64(i)))
	}
	return []Chart{lines, marks, &Marks{}, &Lines{}}
}

func TestSVG(t *testing.T) {
	text := SVG(examples()...)
	d := xml.NewDecoder(strings.NewReader(text))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatalf("%v in:\n%s", err, text)
		}
	}
	for _, want := range []string{
		"A &amp; B &lt;c&gt;", "prefers-color-scheme: dark", "stroke-dasharray", ">100 ms<", ">tool 13<",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s", want)
		}
	}
	if strings.Contains(text, "NaN") || strings.Contains(text, "Inf") {
		t.Errorf("not a number in:\n%s", text)
	}
}

func TestPNG(t *testing.T) {
	var b bytes.Buffer
	if err := WritePNG(&b, examples()...); err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(&b)
	if err != nil {
		t.Fatal(err)
	}
	width, height := 0., 0.
	for _, c := range examples() {
		w, h := c.size()
		width, height = max(width, w), height+h
	}
	size := img.Bounds()
	if size.Dx() != int(width*scale) || size.Dy() != int(height*scale) {
		t.Errorf("%v", size)
	}
	dark := 0
	for y := range size.Dy() {
		for x := range size.Dx() {
			if r, g, b, _ := img.At(x, y).RGBA(); r+g+b < 3*0x8000 {
				dark++
			}
		}
	}
	if dark < 1000 {
		t.Errorf("only %d dark points", dark)
	}
	if WritePNG(failing{}, examples()...) == nil {
		t.Error("no error of the writer")
	}
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, errors.New("closed") }

// Marks that would cover each other stand apart.
func TestFree(t *testing.T) {
	var placed []Point
	for range 3 {
		placed = append(placed, free(Point{10, 20}, placed))
	}
	for i, p := range placed {
		for _, o := range placed[:i] {
			if math.Hypot(p.X-o.X, p.Y-o.Y) < markRadius || p.X != 10 {
				t.Errorf("%v", placed)
			}
		}
	}
	if p := free(Point{10, 20}, placed); p != (Point{10, 20}) {
		t.Errorf("%v where nothing is free", p)
	}
}

// Series differ without their colors, and each color is easily seen on its ground.
func TestLegible(t *testing.T) {
	seen := map[shape]bool{}
	for i := range shapes {
		if seen[shapes[i]] {
			t.Errorf("shape %d stands twice", i)
		}
		seen[shapes[i]] = true
	}
	for p := range palette {
		least := 3.
		switch {
		case paint(p) == grid: // is not to be read
			continue
		case paint(p) == ink || paint(p) == faint: // text
			least = 4.5
		}
		for dark := range 2 {
			if c := contrast(palette[p][dark], ground[dark]); c < least {
				t.Errorf("color %d has a contrast of %.1f", p, c)
			}
		}
	}
}

// contrast is that of WCAG 2: from 1 to 21.
func contrast(a, b string) float64 {
	light := func(hex string) float64 {
		c, l := rgb(hex), 0.
		for i, v := range []uint8{c.R, c.G, c.B} {
			x := float64(v) / 255
			if x <= 0.04045 {
				x /= 12.92
			} else {
				x = math.Pow((x+0.055)/1.055, 2.4)
			}
			l += x * []float64{0.2126, 0.7152, 0.0722}[i]
		}
		return l
	}
	x, y := light(a), light(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}
