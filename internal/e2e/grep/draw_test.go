//go:build unix

package grep

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// These are not drawn, since GNU grep or glibc has a bug there, or is not predictable:
//
//   - Most back-references: they occur only in patterns without alternatives or repeated
//     repetitions, after their group, which is neither repeated nor nested. For others, the answers
//     of glibc's matcher depend on its search order (glibc bugs 52, 11053).
//   - A back-reference with -w or -x: GNU grep tries shorter and later matches with that same
//     matcher.
//   - A repeated assertion, as in "\B*": GNU grep selects lines with one matcher and prints matches
//     with another, and these disagree there.
//   - An unpaired "{" or ")" in an extended expression: it is literal for one of GNU grep's
//     matchers, and not for another.
//   - -w and -x together: an empty match is then found twice in a line.
//   - With -P, anything that RE2 lacks, several patterns, and groups if lines are long: PCRE has a
//     limit on backtracking, and reports when it is reached.
//   - A NUL after the first buffer of a file with lines of thousands of bytes: how much GNU grep
//     reads after a partial line, and so where it finds the NUL, depends on where malloc has put
//     its buffer, which changes with the length of the pattern.
//   - With -w, a pattern that may match the empty string: GNU grep does not look for an empty match
//     next to a longer match that is not a word. Without -F, also -o and colors: GNU grep continues
//     in the wrong place after such a match.
//   - With -z, anchors: in places, glibc treats them as those of lines.
//   - In UTF-8, with invalid bytes: assertions, next to which GNU grep's treatment of such a byte
//     varies; context, since what GNU grep prints around a line that it cannot print depends on
//     where its buffer and its matcher stopped; -P, since PCRE treats a leading ".*" as an anchor;
//     and surrogates and numbers beyond Unicode, which are characters for one of the matchers of
//     glibc and GNU grep, and not for the other.
//   - An assertion with a repeated group: glibc's matcher misses matches of "\(\<b\)\+" and finds
//     false matches of "(.\B){,2}".
//   - -w or -x with -v if matches in context are printed: GNU grep ignores them there.
//   - A stray backslash, which may give what follows another meaning.
//   - If matches are printed, anchors other than at the ends of a pattern: glibc's matcher is wrong
//     about those in repetitions.
//   - Large input from pipes: how much one read of a pipe returns determines where GNU grep first
//     looks for binary data.

// syntax says how patterns are spelled.
type syntax struct {
	option                         string
	open, shut, or, plus, optional string
	interval                       func(string) string
	assertions                     []string
}

var syntaxes = []*syntax{
	{"-G", `\(`, `\)`, `\|`, `\+`, `\?`, func(s string) string { return `\{` + s + `\}` },
		[]string{"^", "$", `\<`, `\>`, `\b`, `\B`}},
	{"-E", "(", ")", "|", "+", "?", func(s string) string { return "{" + s + "}" },
		[]string{"^", "$", `\<`, `\>`, `\b`, `\B`}},
	{"-P", "(", ")", "|", "+", "?", func(s string) string { return "{" + s + "}" },
		[]string{"^", "$", `\b`, `\B`}},
	{option: "-F"},
}

// pattern draws patterns in one syntax.
type pattern struct {
	*rand.Rand
	*syntax
	letters []string
	atoms   []string
	simple  bool // simple enough for a back-reference
	depth   int  // of groups
}

func (p *pattern) add(atoms ...string) { p.atoms = append(p.atoms, atoms...) }

// draw draws one pattern. With a back-reference, it has no alternatives.
func (p *pattern) draw(backReference bool) []string {
	p.atoms, p.simple = nil, backReference
	switch {
	case p.option == "-F":
		for range p.IntN(5) {
			p.add(pick(p.Rand, p.letters...))
		}
	case backReference:
		p.branch(0)
		p.add(p.open)
		p.branch(0)
		p.add(p.shut)
		p.branch(0)
		p.add(`\1`)
		p.branch(0)
	default:
		p.alternatives(p.depth)
	}
	return p.atoms
}

func (p *pattern) alternatives(depth int) {
	p.branch(depth)
	for chance(p.Rand, 4) {
		p.add(p.or)
		p.branch(depth)
	}
}

func (p *pattern) branch(depth int) {
	for range pick(p.Rand, 0, 1, 1, 1, 2, 2, 2, 3, 4) {
		p.piece(depth)
	}
}

func (p *pattern) piece(depth int) {
	switch n := p.IntN(20); {
	case n < 10:
		p.add(pick(p.Rand, p.letters...))
	case n < 12:
		p.add(".")
	case n < 14:
		p.add(p.bracket())
	case n < 15:
		p.add(pick(p.Rand, `\w`, `\W`, `\s`, `\S`))
	case n < 16:
		p.add(pick(p.Rand, p.assertions...))
		return
	case n < 17 && chance(p.Rand, 3):
		stray := []string{"*", `\.`, `\*`, "]", "+", "?", "[", "("}
		if p.option == "-G" {
			stray = append(stray, "{", "}", ")", p.open, p.shut)
		}
		p.add(pick(p.Rand, stray...))
		return
	default:
		if depth == 0 {
			p.add(pick(p.Rand, p.letters...))
			break
		}
		p.add(p.open)
		p.alternatives(depth - 1)
		p.add(p.shut)
	}
	for chance(p.Rand, 3) {
		p.repeat()
		if !chance(p.Rand, 8) || p.simple || p.option == "-P" {
			return // a++ and a*? mean something else in Perl
		}
	}
}

func (p *pattern) repeat() {
	switch p.IntN(6) {
	case 0, 1, 2:
		p.add("*")
	case 3:
		p.add(p.plus)
	case 4:
		p.add(p.optional)
	case 5:
		bounds := []string{"1", "2", "0,1", "1,2", "2,3", "1,", "2,", "0,", "0"}
		if p.option != "-P" {
			bounds = append(bounds, ",2", ",")
		}
		p.add(p.interval(pick(p.Rand, bounds...)))
	}
}

func (p *pattern) bracket() string {
	var b strings.Builder
	b.WriteByte('[')
	if chance(p.Rand, 3) {
		b.WriteByte('^')
	}
	for range 1 + p.IntN(2) {
		switch p.IntN(5) {
		case 0:
			b.WriteString(pick(p.Rand, "[:alpha:]", "[:space:]", "[:upper:]", "[:lower:]",
				"[:punct:]", "[:alnum:]", "[:digit:]"))
		case 1:
			b.WriteString(pick(p.Rand, "a-b", "b-c", "a-z", "A-Z", "a-a"))
		default:
			s := pick(p.Rand, p.letters...)
			if s == "\\" && p.option == "-P" || s == "\xff" || s == "^" {
				s = "a"
			}
			b.WriteString(s)
		}
	}
	b.WriteByte(']')
	return b.String()
}

// alphabet draws the letters of a trial, which are few, so that there are matches.
func alphabet(r *rand.Rand) []string {
	letters := []string{"a", "b"}
	switch r.IntN(6) {
	case 0:
		letters = append(letters, "c", " ")
	case 1:
		letters = append(letters, "A", "B", "_", " ")
	case 2:
		letters = append(letters, "é", "É", "a", "b")
	case 3:
		letters = append(letters, pick(r, "k", "K", "\u212a"),
			pick(r, "ſ", "s", "ß", "σ", "ς", "ı", "İ", "ǆ"), " ")
	case 4:
		letters = append(letters, "-", ".", " ", "1")
	}
	return letters
}

// matching draws the patterns of a trial and the options that say how they match.
func (t *trial) matching(r *rand.Rand, letters []string, longLines bool) {
	s := pick(r, syntaxes[0], syntaxes[0], syntaxes[1], syntaxes[1], syntaxes[3], syntaxes[2])
	p := &pattern{Rand: r, syntax: s, letters: letters, depth: 2}
	if s.option == "-P" && longLines {
		p.depth = 0
	}
	if s.option != "-G" || chance(r, 2) {
		t.options = append(t.options, s.option)
	}
	backReference := s.option != "-F" && chance(r, 15)
	for n := 0; n == 0 || n < 4 && s.option != "-P" && chance(r, 4); n++ {
		t.patterns = append(t.patterns, p.draw(backReference))
	}
	t.inFile = chance(r, 10)
	if chance(r, 4) {
		t.options = append(t.options, "-i")
	}
	if backReference {
		return
	}
	switch r.IntN(8) {
	case 0, 1:
		t.options = append(t.options, "-w")
		if s.option != "-F" {
			for i, p := range t.patterns {
				t.patterns[i] = slices.Concat([]string{letters[0], s.open}, p, []string{s.shut})
			}
		}
	case 2:
		t.options = append(t.options, "-x")
	}
}

// output draws the options that say what is printed.
func (t *trial) output(r *rand.Rand) {
	number := func(most int) string { return strconv.Itoa(r.IntN(most + 1)) }
	add := func(oneIn int, options ...string) {
		if chance(r, oneIn) {
			t.options = append(t.options, pick(r, options...))
		}
	}
	add(4, "-v")
	add(3, "-n")
	add(5, "-b")
	add(6, "-H", "-h")
	add(4, "-o")
	add(8, "-c")
	add(16, "-l", "-L")
	add(30, "-q")
	add(10, "-s")
	add(5, "-m"+number(3))
	add(6, "-A"+number(3))
	add(6, "-B"+number(3))
	add(8, "-C"+number(3), "-"+number(2))
	add(8, "-z")
	add(5, "-a", "-I", "--binary-files=text", "--binary-files=without-match",
		"--binary-files=binary")
	add(15, "-T")
	add(15, "-Z")
	add(10, "--color=always")
	add(15, "--no-group-separator", "--group-separator=X", "--group-separator=")
	add(30, "-U")
	add(30, "--line-buffered")
	add(30, "--no-ignore-case", "--no-messages", "--label=L")
	r.Shuffle(len(t.options), func(i, k int) {
		t.options[i], t.options[k] = t.options[k], t.options[i]
	})
}

// smallFile draws the content of a small file.
func smallFile(r *rand.Rand, letters []string) []byte {
	var b strings.Builder
	pieces := slices.Clone(letters)
	switch r.IntN(12) {
	case 0:
		pieces = append(pieces, "\x00", "a", "b")
	case 1, 2:
		pieces = append(pieces,
			pick(r, "\xff", "\xc3", "\xe4\xb8", "\x80", "\xc0\x80", "\xe9", "\xaa"), "a", "b")
	case 3:
		pieces = append(pieces, "\r", "\t", "c")
	}
	end := "\n"
	if chance(r, 10) {
		end = "\r\n"
	}
	if chance(r, 10) {
		end = pick(r, "\x00", "\x00\n")
	}
	for range pick(r, 0, 1, 1, 2, 3, 5, 8, 20) {
		for range pick(r, 0, 1, 2, 3, 5, 9) {
			b.WriteString(pick(r, pieces...))
		}
		b.WriteString(end)
	}
	text := b.String()
	if chance(r, 4) {
		text = strings.TrimSuffix(text, "\n")
	}
	return []byte(text)
}

// anyWay draws a way to do the work.
func anyWay(r *rand.Rand, sizes ...string) (w way) {
	if chance(r, 4) {
		return nil
	}
	if !chance(r, 5) {
		w = way{
			"--mode=" + pick(r, "serial", "threads", "threads", "processes"),
			"-j" + pick(r, "1", "2", "3", "7"),
		}
	}
	if size := pick(r, sizes...); size != "" {
		w = append(w, "--range-size="+size)
	}
	return w
}

// predictable reports whether the right answer is known; see the top of this file.
func (t *trial) predictable() bool {
	has := func(names ...string) bool {
		return slices.ContainsFunc(t.options, func(o string) bool {
			return slices.ContainsFunc(names, func(name string) bool {
				return strings.HasPrefix(o, name)
			})
		})
	}
	uses := func(atoms ...string) bool {
		for _, p := range t.patterns {
			if slices.ContainsFunc(p, func(a string) bool { return slices.Contains(atoms, a) }) {
				return true
			}
		}
		return false
	}
	wrapped := func(p []string) bool { // as matching does
		return len(p) > 2 && (p[1] == "(" || p[1] == `\(`) && strings.HasSuffix(p[len(p)-1], ")")
	}
	invalid := func(f file) bool { return !utf8.Valid(f.data) }
	unwrapped := func(p []string) bool { return !wrapped(p) }
	words := has("-w") && !has("-F")
	for _, p := range t.patterns {
		for i, a := range p {
			if has("-o", "--color") && (a == "^" && i > 0 || a == "$" && i < len(p)-1) {
				return false
			}
		}
		if has("-w", "-x") && (count(p, "(") != count(p, ")") || count(p, "[") > 0) {
			return false
		}
	}
	assertions := uses(`\b`, `\B`, `\<`, `\>`)
	switch {
	case words && (has("-o", "--color") || slices.ContainsFunc(t.patterns, unwrapped)):
		return false
	case has("-w", "-x") && has("-v") && has("-o", "--color"):
		return false
	case assertions && (slices.ContainsFunc(t.patterns, repeatsGroup) ||
		slices.ContainsFunc(t.patterns, repeatsAssertion)):
		return false
	case uses(`\1`) && slices.ContainsFunc(t.patterns, repeatsRepetition):
		return false
	case has("-z") && uses("^", "$", "^a", "1$"):
		return false
	case t.locale == "C" || !slices.ContainsFunc(t.files, invalid):
		return true
	}
	return !assertions && !has("-P", "-A", "-B", "-C", "-0", "-1", "-2")
}

// repeatsGroup reports whether a group is repeated.
func repeatsGroup(p []string) bool {
	return repeats(p, func(a string) bool { return a == ")" || a == `\)` })
}

// repeatsAssertion reports whether an assertion is repeated.
func repeatsAssertion(p []string) bool {
	return repeats(p, func(a string) bool {
		return slices.Contains([]string{`\b`, `\B`, `\<`, `\>`}, a)
	})
}

// repeatsRepetition reports whether a repetition is repeated.
func repeatsRepetition(p []string) bool { return repeats(p, isRepetition) }

// repeats reports whether a repetition follows such an atom.
func repeats(p []string, such func(atom string) bool) bool {
	for i, a := range p[:max(len(p)-1, 0)] {
		if such(a) && isRepetition(p[i+1]) {
			return true
		}
	}
	return false
}

func isRepetition(a string) bool {
	return slices.Contains([]string{"*", "+", "?", `\+`, `\?`}, a) || strings.HasPrefix(a, "{") ||
		strings.HasPrefix(a, `\{`)
}

func count(p []string, atom string) (n int) {
	for _, a := range p {
		if a == atom {
			n++
		}
	}
	return n
}

// drawSmall draws a trial on small files.
func drawSmall(r *rand.Rand, locales []string) *trial {
	t := &trial{locale: pick(r, locales...)}
	letters := alphabet(r)
	t.matching(r, letters, false)
	t.output(r)
	for i := range pick(r, 1, 1, 1, 2, 3) {
		t.files = append(t.files, file{"f" + strconv.Itoa(i), smallFile(r, letters)})
	}
	t.stdin, t.pipe = r.IntN(len(t.files)), chance(r, 2)
	switch r.IntN(8) {
	case 0, 1: // standard input
	case 2:
		t.operands = []string{"-"}
	default:
		for _, f := range t.files {
			t.operands = append(t.operands, f.name)
		}
		if chance(r, 12) {
			t.operands = append(t.operands, pick(r, "nosuch", ".", "-", "f0"))
		}
		r.Shuffle(len(t.operands), func(i, k int) {
			t.operands[i], t.operands[k] = t.operands[k], t.operands[i]
		})
	}
	t.way = anyWay(r, "1", "2", "3", "7", "64", "")
	return t
}

// drawLarge draws a trial on one file of up to 2 MB, sometimes with a small one as well.
func drawLarge(r *rand.Rand, locales []string) *trial {
	t := &trial{locale: pick(r, locales...)}
	switch r.IntN(4) {
	case 0:
		letters := []string{"a", "b", " ", "1", "7"}
		t.matching(r, letters, true)
	default:
		atoms := []string{
			"a", "b", "7", "99", ".", "[0-4]", "a*", "$", "^", "1$", "^a", "  ", "aab", "12345",
		}
		var pattern []string
		for range 1 + r.IntN(3) {
			pattern = append(pattern, pick(r, atoms...))
		}
		t.patterns = [][]string{pattern}
	}
	t.output(r)
	for i, option := range t.options {
		// Limits and contexts that span ranges and blocks.
		if name := option[:min(len(option), 2)]; len(option) > 2 &&
			strings.Contains("-m-A-B-C", name) {
			t.options[i] = name + strconv.Itoa(pick(r, 1, 5, 50, 1000, 5000, 20_000))
		}
	}
	t.files = []file{{"f0", largeFile(r)}, {"f1", smallFile(r, []string{"a", "b", "7"})}}
	t.operands = []string{pick(r, "f0", "-")}
	if chance(r, 5) {
		t.operands = pick(r, []string{"f0", "f1"}, []string{"f1", "f0"}, nil)
	}
	t.way = anyWay(r, "1000", "3K", "10K", "64K", "100K", "")
	return t
}

func largeFile(r *rand.Rand) []byte {
	size := pick(r, 90_000, 200_000, 500_000, 2_000_000) + r.IntN(50_000)
	end := pick(r, "\n", "\n", "\n", "\n", "\n", "\r\n", "\x00")
	longest := pick(r, 5, 40, 40, 40, 300, 300, 5000, 5000, 100_000)
	words := []string{"a", "b", "aab ", " ", "7", "12", "99"}
	data := make([]byte, 0, size+longest)
	for number := 1; len(data) < size; number++ {
		data = strconv.AppendInt(data, int64(number), 10)
		for last := len(data) + r.IntN(longest); len(data) < last; {
			word := pick(r, words...)
			if longest > 1000 {
				word = strings.Repeat(word, 1+r.IntN(200))
			}
			data = append(data, word...)
		}
		data = append(data, end...)
	}
	if chance(r, 3) {
		data = data[:len(data)-1]
	}
	// Bytes that make a file binary, near the ends of GNU grep's buffers and elsewhere.
	for range pick(r, 0, 0, 1, 1, 2, 4) {
		offset := r.IntN(len(data))
		if chance(r, 2) {
			offset = (1+r.IntN(len(data)/buffer+1))*buffer + r.IntN(5) - 2
		}
		if offset < len(data) {
			bad := pick[byte](r, 0, 0, 0xff, 0x80)
			if bad == 0 && longest > 300 {
				bad = 0xff
			}
			data[offset] = bad
		}
	}
	return data
}
