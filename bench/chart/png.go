package chart

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"
	"math"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// scale is how many pixels of a PNG stand for one of a chart, so that it is sharp on any screen.
const scale = 2

// WritePNG writes the charts below each other, on a white ground. The error is that of w.
func WritePNG(w io.Writer, charts ...Chart) error {
	width, height := 0., 0.
	for _, c := range charts {
		cw, ch := c.size()
		width, height = max(width, cw), height+ch
	}
	typeface, err := opentype.Parse(goregular.TTF)
	if err != nil {
		return err
	}
	b := &bitmap{
		img:      image.NewRGBA(image.Rect(0, 0, int(width*scale), int(height*scale))),
		typeface: typeface, faces: map[float64]font.Face{},
	}
	draw.Draw(b.img, b.img.Bounds(), image.NewUniform(rgb(ground[0])), image.Point{}, draw.Src)
	for _, c := range charts {
		c.draw(b)
		_, h := c.size()
		b.down += h
	}
	if b.err != nil {
		return b.err
	}
	return png.Encode(w, b.img)
}

// bitmap is a canvas.
type bitmap struct {
	img      *image.RGBA
	down     float64 // how far down the chart is
	typeface *opentype.Font
	faces    map[float64]font.Face // by size
	err      error
}

// rgb reads a color of the palette.
func rgb(hex string) color.RGBA {
	c := color.RGBA{A: 255}
	_, _ = fmt.Sscanf(hex, "#%02x%02x%02x", &c.R, &c.G, &c.B)
	return c
}

// fill fills a polygon.
func (b *bitmap) fill(corners []Point, c color.Color) {
	var around image.Rectangle // whole pixels
	for _, p := range corners {
		x, y := int(p.X*scale), int((p.Y+b.down)*scale)
		around = around.Union(image.Rect(x, y, x+1, y+1).Inset(-1))
	}
	r := vector.NewRasterizer(around.Dx(), around.Dy())
	for i, p := range corners {
		x := float32(p.X*scale - float64(around.Min.X))
		y := float32((p.Y+b.down)*scale - float64(around.Min.Y))
		if i == 0 {
			r.MoveTo(x, y)
		} else {
			r.LineTo(x, y)
		}
	}
	r.ClosePath()
	r.Draw(b.img, around, image.NewUniform(c), image.Point{})
}

func (b *bitmap) line(from, to Point, p paint, width float64, dash []float64) {
	length := math.Hypot(to.X-from.X, to.Y-from.Y)
	if length == 0 {
		return
	}
	dx, dy := (to.X-from.X)/length, (to.Y-from.Y)/length
	piece := func(start, end float64) {
		a := Point{from.X + dx*start, from.Y + dy*start}
		z := Point{from.X + dx*end, from.Y + dy*end}
		sx, sy := -dy*width/2, dx*width/2
		b.fill([]Point{
			{a.X + sx, a.Y + sy}, {z.X + sx, z.Y + sy}, {z.X - sx, z.Y - sy}, {a.X - sx, a.Y - sy},
		}, rgb(palette[p][0]))
	}
	if dash == nil {
		piece(0, length)
		return
	}
	for start, i := 0., 0; start < length; i++ {
		end := start + dash[i%len(dash)]
		if i%2 == 0 {
			piece(start, min(end, length))
		}
		start = end
	}
}

func (b *bitmap) mark(at Point, s shape, p paint) {
	if s.cross {
		for _, stroke := range s.strokes(at) {
			b.line(stroke[0], stroke[1], p, 2.5, nil)
		}
		return
	}
	if !s.hollow { // with a rim, so that marks on each other can be told apart
		b.fill(s.corners(at, markRadius+1.5), rgb(ground[0]))
		b.fill(s.corners(at, markRadius), rgb(palette[p][0]))
		return
	}
	b.fill(s.corners(at, markRadius+1), rgb(palette[p][0]))
	b.fill(s.corners(at, markRadius-1), rgb(ground[0]))
}

func (b *bitmap) text(at Point, text string, a align, p paint, size float64) {
	face := b.faces[size]
	if face == nil {
		var err error
		face, err = opentype.NewFace(b.typeface, &opentype.FaceOptions{
			Size: size * scale, DPI: 72, Hinting: font.HintingNone,
		})
		if err != nil {
			b.err = err
			return
		}
		b.faces[size] = face
	}
	d := font.Drawer{Dst: b.img, Src: image.NewUniform(rgb(palette[p][0])), Face: face}
	x := fixed.Int26_6(at.X * scale * 64)
	switch a {
	case center:
		x -= d.MeasureString(text) / 2
	case right:
		x -= d.MeasureString(text)
	}
	d.Dot = fixed.Point26_6{X: x, Y: fixed.Int26_6((at.Y + b.down) * scale * 64)}
	d.DrawString(text)
}
