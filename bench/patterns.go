package bench

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// pattern is an extended regular expression that means the same to all tools, in the C locale.
type pattern struct {
	Kind string // what is special about it
	Text string
	rows bool // the lines are printed, with their numbers; else they are counted
}

// choosePatterns returns the patterns that the user has, or else some of several kinds, which it
// takes from the file.
func choosePatterns(s *sample, own []string) (patterns []pattern) {
	for i, text := range own {
		patterns = append(patterns, pattern{fmt.Sprintf("pattern %d", i+1), text, false})
	}
	if len(own) > 0 {
		return patterns
	}
	counts := map[string]int{}
	for _, l := range s.lines {
		words(l, func(w []byte) { counts[string(w)]++ })
	}
	byCount := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(counts[b]-counts[a], strings.Compare(a, b)) // frequent ones first
	})
	common := anyWord
	if len(byCount) > 0 {
		common = byCount[0]
	}
	rare := s.rare()
	return []pattern{
		{"rare literal", quotePattern(rare), true},
		{"common literal", quotePattern(common), false},
		{"anchored", "^" + quotePattern(s.lineStart()), false},
		{"class", withClass(rare), false},
		{"alternation", alternation(byCount), false},
		{"missing word", s.missing(), false},
		automaton,
	}
}

// rare returns some text of a line in the middle that is nowhere else in the sample, if there is
// such a text.
func (s *sample) rare() string {
	found := ""
	s.fromMiddle(func(line []byte) bool {
		for _, letters := range []int{10, 6, 16} {
			for from := range line {
				text := firstRunes(line[from:], letters)
				if isPlain(text) && text[0] != ' ' && bytes.Count(s.all, text) == 1 {
					found = string(text)
					return true
				}
				if from > 200 {
					break
				}
			}
		}
		return false
	})
	return cmp.Or(found, anyWord)
}

// lineStart returns the start of a line in the middle.
func (s *sample) lineStart() string {
	found := ""
	s.fromMiddle(func(line []byte) bool {
		text := firstRunes(line, 5)
		if isPlain(text) {
			found = string(text)
		}
		return found != ""
	})
	return cmp.Or(found, anyWord)
}

// firstRunes returns the start of text, of n characters if it has so many, else nil.
func firstRunes(text []byte, n int) []byte {
	end := 0
	for range n {
		if end == len(text) {
			return nil
		}
		_, size := utf8.DecodeRune(text[end:])
		end += size
	}
	return text[:end]
}

// withClass replaces a letter or digit by a class, the last one in the first two thirds of
// the text, so that there are letters on both sides.
func withClass(text string) string {
	for i := len(text) * 2 / 3; i > 0; i-- {
		class := ""
		switch c := text[i]; {
		case '0' <= c && c <= '9':
			class = "[0-9]"
		case 'a' <= c && c <= 'z':
			class = "[a-z]"
		case 'A' <= c && c <= 'Z':
			class = "[A-Z]"
		default:
			continue
		}
		return quotePattern(text[:i]) + class + quotePattern(text[i+1:])
	}
	return quotePattern(text) + "[^ ]"
}

// alternation returns a pattern for five words that are neither frequent nor rare.
func alternation(byCount []string) string {
	if len(byCount) < 10 {
		return "(one|two|three|four|five)"
	}
	var few []string
	for i := range 5 {
		few = append(few, byCount[len(byCount)*(i+4)/10])
	}
	return "(" + strings.Join(few, "|") + ")"
}

// missing returns a word that is not in the sample.
func (s *sample) missing() string {
	word := "xqzjkv"
	for bytes.Contains(s.all, []byte(word)) {
		word += "q"
	}
	return word
}

// automaton finds the lines whose length in bytes is a multiple of seven. There is no text in it
// that could be searched for, in whatever file: every byte takes a step of an automaton.
var automaton = pattern{Kind: "automaton", Text: "^(.{7})*$"}

// quotePattern quotes text for both POSIX extended and Rust regular expressions. Unlike
// regexp.QuoteMeta it leaves closing brackets alone: they need no quoting, and POSIX does not
// define a quoted one.
func quotePattern(text string) string {
	var b strings.Builder
	for i := range len(text) {
		if strings.IndexByte(`\.+*?()|[{^$`, text[i]) >= 0 {
			b.WriteByte('\\')
		}
		b.WriteByte(text[i])
	}
	return b.String()
}

// rowPattern returns a pattern for the lines whose field in a column is text. Returns says that
// there may be a carriage return before the line feed.
func rowPattern(text string, column int, returns bool) string {
	end := "(,|$)"
	if returns {
		end = "(,|\r?$)"
	}
	before := ""
	if column > 1 {
		before = "([^,]*,){" + strconv.Itoa(column-1) + "}"
	}
	return "^" + before + quotePattern(text) + end
}
