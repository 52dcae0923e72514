package print

// Colors are SGR sequences, as "01;31", for the parts of what a grep shows; ""
// is no color, and the zero value has none. See GREP_COLORS in the manual of
// GNU grep.
type Colors struct {
	Selected     string // sl: selected records
	Context      string // cx: context records
	Match        string // ms: a match in a selected record
	ContextMatch string // mc: a match in a context record
	Filename     string // fn
	LineNumber   string // ln
	ByteOffset   string // bn
	Separator    string // se: between the parts, and between groups
	Reverse      bool   // rv: Selected and Context change places under inverted matching
	NoErase      bool   // ne: the rest of the terminal's line is not cleared
}

// match is the color of a match.
func (c *Colors) match(context bool) string {
	if context {
		return c.ContextMatch
	}
	return c.Match
}

// record is the color of a record.
func (c *Colors) record(context, invert bool) string {
	if context != (invert && c.Reverse) {
		return c.Context
	}
	return c.Selected
}

// colored writes s in a color.
func (t *Text) colored(color, s string) {
	t.begin(color)
	t.w.WriteString(s)
	t.end(color)
}

// coloredBytes writes b in a color.
func (t *Text) coloredBytes(color string, b []byte) {
	t.begin(color)
	t.w.Write(b)
	t.end(color)
}

func (t *Text) begin(color string) {
	if color == "" {
		return
	}
	t.w.WriteString("\x1b[")
	t.w.WriteString(color)
	t.w.WriteString("m")
	t.erase()
}

func (t *Text) end(color string) {
	if color == "" {
		return
	}
	t.w.WriteString("\x1b[m")
	t.erase()
}

// erase clears the rest of the terminal's line, which a background color may
// have reached.
func (t *Text) erase() {
	if !t.Colors.NoErase {
		t.w.WriteString("\x1b[K")
	}
}

// highlight writes a record in colors and returns what remains to be written
// of it plainly: its end of line, or more where that has no color.
func (t *Text) highlight(r *Record) []byte {
	line := t.Colors.record(r.Context, t.invert)
	match := t.Colors.match(r.Context)
	b, done := r.Bytes, int64(0)
	if t.invert == r.Context && match != "" {
		for m := range t.found(r) {
			t.begin(line)
			t.w.Write(b[done:m.Start])
			t.coloredBytes(match, b[m.Start:m.End])
			done = m.End
		}
	}
	b = b[done:]
	if n := len(b) - lineEnd(b, t.terminator); line != "" && n > 0 {
		t.coloredBytes(line, b[:n])
		b = b[n:]
	}
	return b
}

// lineEnd is the length of the terminator of a line, with a CR before it.
func lineEnd(b []byte, terminator byte) int {
	n := len(b)
	if n > 0 && b[n-1] == terminator {
		n--
	}
	if n > 0 && b[n-1] == '\r' {
		n--
	}
	return len(b) - n
}
