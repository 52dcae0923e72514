// Package chart draws small charts: lines over a number of workers, and marks on a scale of time.
//
// A chart is legible in black and white: series differ in the shape of their marks and in the
// dashes of their lines, and colors only help. As SVG it follows the reader's choice of light or
// dark; as PNG it has a white ground of its own.
//
// It stands on golang.org/x/image alone. gonum.org/v1/plot, which draws more kinds of charts, sorts
// its tables and looks at its fonts in package initialisation: 0.9 ms (2-core AVX2 machine, Go
// 1.26), and it added 10 MB. Every child process of this program would pay for that at its start.
package chart

import (
	"fmt"
	"math"
	"slices"
	"strconv"
)

// Chart is something to draw.
type Chart interface {
	// size is in pixels.
	size() (width, height float64)
	draw(canvas)
}

// Lines has one line for each series over a number of workers, on linear scales that begin at 0,
// and the line on which both are equal.
type Lines struct {
	Title, X, Y string
	Ideal       string // how that line is called
	Series      []Series
}

// Series are points with rising X.
type Series struct {
	Name   string
	Points []Point
}

// Point is a point of a series.
type Point struct{ X, Y float64 }

// Marks has a row for each name, and in it a mark for each value, on a logarithmic scale of
// seconds.
type Marks struct {
	Title, X string
	Series   []string // what marks of one shape stand for
	Rows     []Row
}

// Row is one row of Marks.
type Row struct {
	Name    string
	Seconds []float64 // for each series; 0 if there is none
}

// canvas is what a chart is drawn on. Lengths are in pixels, from the upper left corner.
type canvas interface {
	line(from, to Point, p paint, width float64, dash []float64)
	mark(at Point, s shape, p paint)
	// text stands on the line at y, and to the right of x, around it or to its left.
	text(at Point, s string, a align, p paint, size float64)
}

type align uint8

const (
	left align = iota
	center
	right
)

// paint is a color of a light and of a dark chart.
type paint uint8

const (
	ink paint = iota
	faint
	grid
	series // the first of seriesPaints
)

// palette is light, then dark. The colors of series are of like lightness on their ground, and can
// be told apart by people who do not see red or green (after M. Okabe and K. Ito).
var palette = [...][2]string{
	ink:   {"#1f2328", "#e6edf3"},
	faint: {"#59636e", "#9198a1"},
	grid:  {"#d1d9e0", "#3d444d"},

	series:     {"#0060a8", "#56b4e9"},
	series + 1: {"#b84a00", "#f0a35e"},
	series + 2: {"#00735a", "#3fcfa5"},
	series + 3: {"#a33d7d", "#e59ac4"},
	series + 4: {"#6b5b00", "#e5d34a"},
	series + 5: {"#444444", "#bbbbbb"},
}

// ground is the background, light and dark.
var ground = [2]string{"#ffffff", "#0d1117"}

const seriesPaints = len(palette) - int(series)

func seriesPaint(i int) paint { return series + paint(i%seriesPaints) }

// shape is the shape of a mark.
type shape struct {
	sides  int // of a polygon; 0: a circle
	turned float64
	hollow bool
	cross  bool // two strokes
}

// shapes differ without color: filled ones first.
var shapes = [...]shape{
	{},                               // circle
	{sides: 4, turned: math.Pi / 4},  // square
	{sides: 3, turned: -math.Pi / 2}, // triangle
	{sides: 4},                       // diamond
	{sides: 3, turned: math.Pi / 2},  // triangle on its head
	{hollow: true},
	{sides: 4, turned: math.Pi / 4, hollow: true},
	{sides: 3, turned: -math.Pi / 2, hollow: true},
	{sides: 4, hollow: true},
	{sides: 3, turned: math.Pi / 2, hollow: true},
	{cross: true},
	{cross: true, turned: math.Pi / 4},
}

func seriesShape(i int) shape { return shapes[i%len(shapes)] }

var dashes = [...][]float64{nil, {8, 4}, {2, 4}, {12, 4, 2, 4}}

const (
	markRadius = 5
	textSize   = 13
	titleSize  = 16
)

// corners returns the corners of a mark.
func (s shape) corners(at Point, radius float64) (ps []Point) {
	n := s.sides
	switch n {
	case 0:
		n = 32
	case 3:
		radius *= 1.25 // looks as large as a circle
	case 4:
		radius *= 1.15
	}
	for i := range n {
		angle := s.turned + 2*math.Pi*float64(i)/float64(n)
		ps = append(ps, Point{at.X + radius*math.Cos(angle), at.Y + radius*math.Sin(angle)})
	}
	return ps
}

// strokes returns the two strokes of a cross.
func (s shape) strokes(at Point) [2][2]Point {
	const r = markRadius * 1.2
	dx, dy := r*math.Cos(s.turned), r*math.Sin(s.turned)
	return [2][2]Point{
		{{at.X - dx, at.Y - dy}, {at.X + dx, at.Y + dy}},
		{{at.X + dy, at.Y - dx}, {at.X - dy, at.Y + dx}},
	}
}

// frame is the part of a chart inside its axes.
type frame struct{ left, top, right, bottom float64 }

const chartWidth = 760

func (l *Lines) size() (float64, float64) { return chartWidth, 400 }

func (l *Lines) draw(c canvas) {
	f := frame{left: 64, top: 52, right: chartWidth - 210, bottom: 340}
	most := 1.
	var ticks []float64
	for _, s := range l.Series {
		for _, p := range s.Points {
			most = max(most, p.X, p.Y)
			ticks = append(ticks, p.X)
		}
	}
	most *= 1.05
	at := func(p Point) Point {
		return Point{
			f.left + p.X/most*(f.right-f.left), f.bottom - p.Y/most*(f.bottom-f.top),
		}
	}
	c.text(Point{20, 28}, l.Title, left, ink, titleSize)
	for _, y := range steps(most) {
		p := at(Point{0, y})
		c.line(p, Point{f.right, p.Y}, grid, 1, nil)
		c.text(Point{f.left - 8, p.Y + 4}, label(y), right, faint, textSize)
	}
	c.text(Point{20, f.top - 6}, l.Y, left, faint, textSize)
	last := math.Inf(-1)
	for _, x := range ticks {
		if p := at(Point{x, 0}); p.X > last+12 {
			c.line(p, Point{p.X, p.Y + 5}, ink, 1, nil)
			c.text(Point{p.X, p.Y + 20}, label(x), center, faint, textSize)
			last = p.X
		}
	}
	c.line(at(Point{0, 0}), at(Point{most, 0}), ink, 1, nil)
	c.text(Point{(f.left + f.right) / 2, f.bottom + 42}, l.X, center, faint, textSize)

	c.line(at(Point{0, 0}), at(Point{most, most}), faint, 1.5, dashes[2])
	ends := []float64{}
	name := func(p Point, s string, paint paint, drawn func(Point)) {
		// Names that would lie on each other move down.
		y := p.Y + 4
		for moved := true; moved; {
			moved = false
			for _, e := range ends {
				if math.Abs(e-y) < 18 {
					y, moved = e+18, true
				}
			}
		}
		ends = append(ends, y)
		drawn(Point{f.right + 30, y - 4})
		c.text(Point{f.right + 56, y}, s, left, paint, textSize)
	}
	name(at(Point{most, most}), l.Ideal, faint, func(p Point) {
		c.line(Point{p.X - 20, p.Y}, Point{p.X + 20, p.Y}, faint, 1.5, dashes[2])
	})
	for i, s := range l.Series {
		paint := seriesPaint(i)
		for k := range s.Points {
			if k > 0 {
				c.line(at(s.Points[k-1]), at(s.Points[k]), paint, 2, dashes[i%2])
			}
		}
		for _, p := range s.Points {
			c.mark(at(p), seriesShape(i), paint)
		}
		if n := len(s.Points); n > 0 {
			name(at(s.Points[n-1]), s.Name, ink, func(p Point) {
				c.line(Point{p.X - 20, p.Y}, Point{p.X + 20, p.Y}, paint, 2, dashes[i%2])
				c.mark(p, seriesShape(i), paint)
			})
		}
	}
}

// steps are round numbers from 0 to at most most, some five of them.
func steps(most float64) (ys []float64) {
	step := 1.
	for i := 0; most/step > 6; i++ {
		step *= []float64{2, 2.5, 2}[i%3]
	}
	for y := 0.; y <= most; y += step {
		ys = append(ys, y)
	}
	return ys
}

func label(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

const (
	rowHeight = 30
	keyHeight = 22
	keyWidth  = 180
)

// keyRows is how many rows the key has.
func (m *Marks) keyRows() int { return (len(m.Series) + m.perRow() - 1) / m.perRow() }

func (m *Marks) perRow() int { return (chartWidth - 40) / keyWidth }

func (m *Marks) size() (float64, float64) {
	return chartWidth, float64(48 + keyHeight*m.keyRows() + rowHeight*len(m.Rows) + 70)
}

func (m *Marks) draw(c canvas) {
	c.text(Point{20, 28}, m.Title, left, ink, titleSize)
	for i, name := range m.Series {
		at := Point{
			28 + float64(i%m.perRow()*keyWidth), 52 + float64(i/m.perRow()*keyHeight),
		}
		c.mark(at, seriesShape(i), seriesPaint(i))
		c.text(Point{at.X + 12, at.Y + 4}, name, left, ink, textSize)
	}
	top := float64(48 + keyHeight*m.keyRows())
	f := frame{left: 150, top: top, right: chartWidth - 30, bottom: top + float64(rowHeight*len(m.Rows))}

	low, high := math.Inf(1), math.Inf(-1)
	for _, r := range m.Rows {
		for _, s := range r.Seconds {
			if s > 0 {
				low, high = min(low, s), max(high, s)
			}
		}
	}
	if low > high {
		low, high = 1, 1
	}
	low, high = low/1.3, high*1.3
	x := func(s float64) float64 {
		return f.left + math.Log(s/low)/math.Log(high/low)*(f.right-f.left)
	}
	for _, s := range decades(low, high) {
		c.line(Point{x(s), f.top}, Point{x(s), f.bottom}, grid, 1, nil)
		c.text(Point{x(s), f.bottom + 18}, seconds(s), center, faint, textSize)
	}
	c.text(Point{(f.left + f.right) / 2, f.bottom + 42}, m.X, center, faint, textSize)
	for i, r := range m.Rows {
		y := f.top + rowHeight*(float64(i)+0.5)
		c.text(Point{f.left - 12, y + 4}, r.Name, right, ink, textSize)
		from, to := math.Inf(1), math.Inf(-1)
		for _, s := range r.Seconds {
			if s > 0 {
				from, to = min(from, x(s)), max(to, x(s))
			}
		}
		if from < to {
			c.line(Point{from, y}, Point{to, y}, faint, 1, nil)
		}
		var placed []Point
		for k, s := range r.Seconds {
			if s > 0 {
				at := free(Point{x(s), y}, placed)
				placed = append(placed, at)
				c.mark(at, seriesShape(k), seriesPaint(k))
			}
		}
	}
}

// free returns a place for a mark, near at, that covers no other mark; at itself if there is none.
func free(at Point, placed []Point) Point {
	for _, dy := range []float64{0, -markRadius * 1.6, markRadius * 1.6} {
		p := Point{at.X, at.Y + dy}
		covers := func(o Point) bool { return math.Hypot(p.X-o.X, p.Y-o.Y) < markRadius*1.5 }
		if !slices.ContainsFunc(placed, covers) {
			return p
		}
	}
	return at
}

// decades are 1, 2 and 5 times the powers of ten between two numbers; if those are many, only the
// powers.
func decades(low, high float64) (ticks []float64) {
	factors := []float64{1, 2, 5}
	if high/low > 500 {
		factors = factors[:1]
	}
	for e := math.Floor(math.Log10(low)); e <= math.Ceil(math.Log10(high)); e++ {
		for _, k := range factors {
			if t := k * math.Pow(10, e); t >= low && t <= high {
				ticks = append(ticks, t)
			}
		}
	}
	return ticks
}

// seconds formats a tick.
func seconds(s float64) string {
	switch {
	case s >= 0.9995:
		return fmt.Sprintf("%.3g s", s)
	case s >= 0.0009995:
		return fmt.Sprintf("%.3g ms", s*1e3)
	}
	return fmt.Sprintf("%.3g µs", s*1e6)
}
