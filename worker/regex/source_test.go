package regex

import (
	"slices"
	"testing"
)

func TestSetPatterns(t *testing.T) {
	given := func(text string) Source { return Source{Text: []byte(text)} }
	file := func(text string) Source { return Source{File: "f", Text: []byte(text)} }
	for _, test := range []struct {
		sources []Source
		crlf    bool
		want    string
		none    bool
	}{
		{nil, false, "", true},
		{[]Source{given("")}, false, "", false},
		{[]Source{given("a")}, false, "a", false},
		{[]Source{given("a\n")}, false, "a\n", false},
		{[]Source{given("a"), given(""), given("b\nc")}, false, "a\n\nb\nc", false},
		{[]Source{file("")}, false, "", true},
		{[]Source{file("\n")}, false, "", false},
		{[]Source{file("a")}, false, "a", false},
		{[]Source{file("a\n")}, false, "a", false},
		{[]Source{file("a\n\n")}, false, "a\n", false},
		{[]Source{file("a\nb"), file(""), given("c")}, false, "a\nb\nc", false},
		{[]Source{file("a\r\nb\r"), given("c\r\nd")}, false, "a\r\nb\r\nc\r\nd", false},
		{[]Source{file("a\r\nb\r"), given("c\r\nd")}, true, "a\nb\r\nc\r\nd", false},
	} {
		s := Spec{CRLF: test.crlf}
		s.SetPatterns(test.sources)
		if string(s.Patterns) != test.want || s.None != test.none {
			t.Errorf("%+v: %q, none %v", test, s.Patterns, s.None)
		}
	}
}

func TestExplain(t *testing.T) {
	for _, test := range []struct {
		sources []Source
		want    []string
	}{
		{[]Source{{"", []byte("a\n\\(")}}, []string{"Unmatched ( or \\("}},
		{[]Source{{"f", []byte("a\n\\(")}}, []string{"f:2: Unmatched ( or \\("}},
		{[]Source{{"f", []byte("\\(\n")}, {"g", []byte("a\r\n[\r\n")}, {"", []byte("[x")}}, []string{
			"f:1: Unmatched ( or \\(",
			"g:2: Unmatched [, [^, [:, [., or [=",
			"Unmatched [, [^, [:, [., or [=",
		}},
		{[]Source{{"f", nil}, {"", nil}, {"g", []byte("a\\{1")}}, []string{"g:1: Unmatched \\{"}},
	} {
		var s Spec
		s.SetPatterns(test.sources)
		_, err := s.Parse()
		if err == nil {
			t.Errorf("%q is right", s.Patterns)
			continue
		}
		if got := Explain(err, test.sources); !slices.Equal(got, test.want) {
			t.Errorf("%q: %q, want %q", s.Patterns, got, test.want)
		}
	}
}
