package screen

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestDisplay writes text and, for a size such as "10x4", changes the size.
func TestDisplay(t *testing.T) {
	const eraseBelow = "\x1b[J"
	for _, test := range []struct {
		resizing Resizing
		steps    []string
		want     []string // see Text
		cursor   string   // row, column
	}{
		{steps: []string{"10x4", "a\r\nb"}, want: []string{"a", "b"}, cursor: "1,1"},
		{steps: []string{"10x4", "0123456789abc\r\nx\r\n"}, want: []string{"0123456789abc", "x"}, cursor: "3,0"},
		{steps: []string{"10x4", "0123456789\r\nx"}, want: []string{"0123456789", "x"}, cursor: "1,1"},
		{steps: []string{"10x3", "1\r\n2\r\n3\r\n4\r\n5"}, want: []string{"1", "2", "3", "4", "5"}, cursor: "2,1"},
		{steps: []string{"10x3", "äöü日\r\nx"}, want: []string{"äöü日", "x"}, cursor: "1,1"},
		// A bar of two lines at the bottom of the screen, and what comes instead of it.
		{
			steps:  []string{"10x3", "1\r\n2\r\n", "bar1\r\nbar2\r\x1b[A", eraseBelow + "3\r\n"},
			want:   []string{"1", "2", "3"},
			cursor: "2,0",
		},
		// A bar in its first column, before and after it is made narrower.
		{steps: []string{"10x4", "1\r\nbarbarbar\r", "4x4"}, want: []string{"1", "barbarbar"}, cursor: "1,0"},
		{steps: []string{"10x4", "1\r\nbarbarbar\r", "4x4", eraseBelow}, want: []string{"1"}, cursor: "1,0"},
		{
			steps: []string{"10x4", "1\r\nbarbarbar\r", "4x4", eraseBelow + "2\r\nb\r", "10x4"},
			want:  []string{"1", "2", "b"}, cursor: "2,0",
		},
		{steps: []string{"4x4", "abcdefghij", "10x4", "kl"}, want: []string{"abcdefghijkl"}, cursor: "1,2"},
		{steps: []string{"10x2", "abcdefgh\r\nx", "3x2"}, want: []string{"abcdefgh", "x"}, cursor: "1,1"},
		{resizing: Crop, steps: []string{"10x4", "1\r\nbarbarbar\r", "4x4"}, want: []string{"1", "barb"}, cursor: "1,0"},
	} {
		var d *Display
		for _, step := range test.steps {
			var size Size
			if n, _ := fmt.Sscanf(step, "%dx%d", &size.Columns, &size.Rows); n != 2 {
				fmt.Fprint(d, step)
			} else if d == nil {
				d = NewDisplay(size, test.resizing)
			} else {
				d.Resize(size)
			}
		}
		s := d.Screen()
		cursor := fmt.Sprintf("%d,%d", s.Cursor.Row, s.Cursor.Column)
		if text := d.Text(); !slices.Equal(text, test.want) || cursor != test.cursor {
			t.Errorf("%q: %q, cursor at %s; want %q, %s\n%v", test.steps, text, cursor, test.want, test.cursor, s)
		}
	}
}

// TestScreen shows how lines are placed.
func TestScreen(t *testing.T) {
	d := NewDisplay(Size{4, 3}, Reflow)
	fmt.Fprint(d, "abcdefgh\r\n1\r\n2")
	want := []Line{{"abcdefgh", -1, 2}, {"1", 1, 1}, {"2", 2, 1}}
	if s := d.Screen(); !slices.Equal(s.Lines, want) || s.Cursor != (Cursor{2, 1, 2}) {
		t.Errorf("%+v", s)
	}
	fmt.Fprint(d, strings.Repeat("\r\n", 3))
	if s := d.Screen(); len(s.Lines) != 3 || s.Cursor != (Cursor{2, 0, 2}) {
		t.Errorf("%+v", s)
	}
}

// TestSpans shows where text of one color ends.
func TestSpans(t *testing.T) {
	d := NewDisplay(Size{20, 3}, Reflow)
	fmt.Fprint(d, "a bc\x1b[32mde\x1b[1mf\x1b[m\r\n  日本")
	type span struct {
		row, column, columns int
		text                 string
		colored, bold        bool
	}
	var got []span
	for _, s := range d.Spans() {
		got = append(got, span{s.Row, s.Column, s.Columns, s.Text, s.Color != nil, s.Bold})
	}
	want := []span{
		{0, 0, 1, "a", false, false}, {0, 2, 2, "bc", false, false}, {0, 4, 2, "de", true, false},
		{0, 6, 1, "f", true, true}, {1, 2, 4, "日本", false, false},
	}
	if !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
