package print

import "testing"

func TestParseColors(t *testing.T) {
	plain := Colors{
		Match: "01;31", ContextMatch: "01;31",
		Filename: "35", LineNumber: "32", ByteOffset: "32", Separator: "36",
	}
	for _, test := range []struct {
		colors, old string
		change      func(c *Colors)
		usesOld     bool
	}{
		{"", "", func(*Colors) {}, false},
		{"sl=1:cx=2:rv:ne", "", func(c *Colors) {
			c.Selected, c.Context, c.Reverse, c.NoErase = "1", "2", true, true
		}, false},
		{"fn=:ln=1:bn=2:se=3", "", func(c *Colors) {
			c.Filename, c.LineNumber, c.ByteOffset, c.Separator = "", "1", "2", "3"
		}, false},
		{"mt=1;2:mc=3", "", func(c *Colors) { c.Match, c.ContextMatch = "1;2", "3" }, false},
		{"ms=7:x=1:mt", "", func(c *Colors) { c.Match = "7" }, false},
		{"fn=1:ln=red:bn=2", "", func(c *Colors) { c.Filename = "1" }, false},
		{"::fn=1:", "", func(c *Colors) { c.Filename = "1" }, false},
		{"", "7", func(c *Colors) { c.Match, c.ContextMatch = "7", "7" }, true},
		{"ms=1", "7", func(c *Colors) { c.Match, c.ContextMatch = "1", "7" }, true},
		{"mt=1", "7", func(c *Colors) { c.Match, c.ContextMatch = "1", "1" }, false},
		{"", "red", func(*Colors) {}, false},
	} {
		want := plain
		test.change(&want)
		got, usesOld := ParseColors(test.colors, test.old)
		if got != want || usesOld != test.usesOld {
			t.Errorf("%q, %q: %+v, %v, want %+v", test.colors, test.old, got, usesOld, want)
		}
	}
}
