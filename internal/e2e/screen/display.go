package screen

import (
	"fmt"
	"image/color"
	"math"
	"strings"
	"unicode/utf8"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/vt"
	"github.com/rivo/uniseg"
)

// Size is the size of a screen in cells.
type Size struct{ Columns, Rows int }

// Resizing says what a terminal does with its lines when its width changes.
type Resizing int

const (
	Reflow Resizing = iota // wraps them anew, as most terminals do
	Crop                   // cuts them off, as xterm does
)

// Display is the screen of a terminal and the lines that have scrolled off it.
type Display struct {
	vt        *vt.Emulator
	resizing  Resizing
	wrapped   map[int]bool // rows that were full when the next was begun; counted as in position
	escape    escape
	character []byte // the start of one that is not complete yet
}

// NewDisplay returns an empty screen with the cursor in its upper left corner.
func NewDisplay(size Size, resizing Resizing) *Display {
	d := &Display{resizing: resizing}
	d.reset(size)
	return d
}

func (d *Display) reset(size Size) {
	d.vt, d.wrapped = vt.NewEmulator(size.Columns, size.Rows), map[int]bool{}
	d.vt.SetScrollbackSize(math.MaxInt)
}

// Write shows what comes from a terminal driver, which has put a carriage return before each line
// feed. It never fails.
func (d *Display) Write(p []byte) (int, error) {
	for _, c := range p {
		d.writeByte(c)
	}
	return len(p), nil
}

func (d *Display) writeByte(c byte) {
	if !d.escape.next(c) && c >= ' ' {
		if len(d.character) > 0 && utf8.RuneStart(c) {
			d.flush()
		}
		d.character = append(d.character, c)
		if utf8.FullRune(d.character) {
			d.flush()
		}
		return
	}
	d.flush()
	_, _ = d.vt.Write([]byte{c})
	if d.escape == ended && (c == 'J' || c == 'K') { // erases the rest of the screen or row
		for row := d.position().row; d.wrapped[row]; row++ {
			delete(d.wrapped, row)
		}
	}
}

// flush shows a character and notes whether it began a new row.
func (d *Display) flush() {
	if len(d.character) == 0 {
		return
	}
	before := d.position()
	_, _ = d.vt.Write(d.character)
	d.character = d.character[:0]
	after := d.position()
	if after.column < before.column {
		d.wrapped[after.row-1] = true
	}
	delete(d.wrapped, after.row)
}

// escape is where in an escape sequence a stream of bytes is.
type escape int

const (
	outside    escape = iota
	introduced        // by ESC
	control           // after ESC [
	ended             // with this byte
)

// next goes on by a byte and reports whether it belongs to a sequence.
func (e *escape) next(c byte) bool {
	switch {
	case c == '\x1b':
		*e = introduced
	case *e == introduced && c == '[':
		*e = control
	case *e == introduced, *e == control && c >= '@':
		*e = ended
	case *e == control:
	default:
		*e = outside
	}
	return *e != outside
}

// position is a place on a display.
type position struct {
	row    int // counted from the first ever shown, which may have scrolled off
	column int
}

func (d *Display) position() position {
	at := d.vt.CursorPosition()
	return position{d.top() + at.Y, at.X}
}

// top is the row at the top of the screen.
func (d *Display) top() int { return d.vt.ScrollbackLen() }

// Size returns the size of the screen.
func (d *Display) Size() Size { return Size{d.vt.Width(), d.vt.Height()} }

// Resize changes the size of the screen.
func (d *Display) Resize(size Size) {
	d.flush()
	if d.resizing == Crop {
		d.vt.Resize(size.Columns, size.Rows)
		return
	}
	// All lines are written anew, and the cursor returns to the cell it was in.
	lines, cursor, width := d.lines(0), d.position(), d.vt.Width()
	d.reset(size)
	back := position{row: -1}
	for i, line := range lines {
		if i > 0 {
			_, _ = d.Write([]byte("\r\n"))
		}
		start, text := d.position().row, line.Text
		if line.row <= cursor.row && cursor.row < line.row+line.rows {
			offset := (cursor.row-line.row)*width + cursor.column
			text += strings.Repeat(" ", max(0, offset-uniseg.StringWidth(text)))
			if i < len(lines)-1 || offset < uniseg.StringWidth(text) {
				back = position{start + offset/size.Columns, offset % size.Columns}
			}
		}
		_, _ = d.Write([]byte(text))
	}
	if back.row >= 0 {
		_, _ = fmt.Fprintf(d, "\x1b[%d;%dH", back.row-d.top()+1, back.column+1)
	}
}

// line is what was written up to a line feed, which may take several rows.
type line struct {
	Text      string // without blanks at its end
	row, rows int    // counted as in position
}

// lines returns the lines from the one that the given row belongs to up to the cursor, or to the
// last that is not empty.
func (d *Display) lines(row int) (lines []line) {
	for row > 0 && d.wrapped[row-1] {
		row--
	}
	last := d.position().row
	for at := row; at < d.top()+d.vt.Height(); {
		var text strings.Builder
		l := line{row: at}
		for again := true; again; at++ {
			text.WriteString(d.row(at))
			again = d.wrapped[at]
		}
		l.Text, l.rows = strings.TrimRight(text.String(), " "), at-l.row
		lines = append(lines, l)
	}
	for len(lines) > 0 && lines[len(lines)-1].row > last && lines[len(lines)-1].Text == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}

// row returns the text of a row in its full width.
func (d *Display) row(row int) string {
	cell, y := d.vt.ScrollbackCellAt, row
	if row >= d.top() {
		cell, y = d.vt.CellAt, row-d.top()
	}
	var text strings.Builder
	for x := 0; x < d.vt.Width(); {
		c := cell(x, y)
		if c == nil || c.Width == 0 {
			text.WriteByte(' ')
			x++
			continue
		}
		text.WriteString(c.Content)
		x += c.Width
	}
	return text.String()
}

// Text returns all lines since the start, without blanks at their ends and without empty lines
// below the last. A line that is too long for the screen is one line.
func (d *Display) Text() (text []string) {
	for _, l := range d.lines(0) {
		text = append(text, l.Text)
	}
	for len(text) > 0 && text[len(text)-1] == "" {
		text = text[:len(text)-1]
	}
	return text
}

// Screen is what can be seen at one time.
type Screen struct {
	Size
	Lines  []Line // down to the cursor or the last that is not empty, whichever is lower
	Cursor Cursor
}

// Line is what was written up to a line feed.
type Line struct {
	Text string // without blanks at its end; also what has scrolled off
	Row  int    // where it starts, counted from the top, from 0; below 0 if that has scrolled off
	Rows int    // that it takes
}

// Width returns how many columns a line takes that is not wrapped.
func (l Line) Width() int { return uniseg.StringWidth(l.Text) }

// Cursor is where the cursor is.
type Cursor struct {
	Row, Column int // counted from the upper left corner, from 0
	Line        int // the index of its line
}

// Screen returns what can be seen now.
func (d *Display) Screen() Screen {
	top, at := d.top(), d.position()
	s := Screen{Size: d.Size(), Cursor: Cursor{Row: at.row - top, Column: at.column}}
	for _, l := range d.lines(top) {
		if l.row <= at.row {
			s.Cursor.Line = len(s.Lines)
		}
		s.Lines = append(s.Lines, Line{l.Text, l.row - top, l.rows})
	}
	return s
}

// String draws the screen for a message, with the row of the cursor marked.
func (s Screen) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d × %d, cursor at row %d, column %d\n", s.Columns, s.Rows,
		s.Cursor.Row, s.Cursor.Column)
	for i, l := range s.Lines {
		mark := ' '
		if i == s.Cursor.Line {
			mark = '>'
		}
		fmt.Fprintf(&b, "%c%2d|%s\n", mark, l.Row, l.Text)
	}
	return b.String()
}

// Span is text of one color in a row of the screen.
type Span struct {
	Row, Column int // counted from the upper left corner, from 0
	Columns     int // that it takes
	Text        string
	Color       color.Color // nil if it is the usual one
	Bold        bool
}

// Spans returns the text on the screen. Blanks are between spans, not in them.
func (d *Display) Spans() (spans []Span) {
	for y := range d.vt.Height() {
		for x := 0; x < d.vt.Width(); {
			c := d.vt.CellAt(x, y)
			if c == nil || c.Width == 0 || strings.TrimSpace(c.Content) == "" {
				x++
				continue
			}
			s := Span{y, x, c.Width, c.Content, c.Style.Fg, c.Style.Attrs&uv.AttrBold != 0}
			if n := len(spans) - 1; n >= 0 && spans[n].continues(s) {
				spans[n].Text += s.Text
				spans[n].Columns += s.Columns
			} else {
				spans = append(spans, s)
			}
			x += c.Width
		}
	}
	return spans
}

// continues reports whether the next span may be joined to s.
func (s Span) continues(next Span) bool {
	return s.Row == next.Row && s.Column+s.Columns == next.Column && s.Color == next.Color &&
		s.Bold == next.Bold
}
