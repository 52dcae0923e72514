package walk

import (
	"bytes"
	"strings"
)

// Kind is an option that gives a pattern.
type Kind uint8

// The kinds of rules.
const (
	Include    Kind = iota // --include: files
	Exclude                // --exclude: files
	ExcludeDir             // --exclude-dir: directories
)

// Rule says what to read or to leave out.
type Rule struct {
	Kind    Kind
	Pattern string
}

// ParseExcludeFrom returns the rules of a file that --exclude-from names: one
// pattern a line, without the white space at its end.
func ParseExcludeFrom(data []byte) []Rule {
	var rules []Rule
	for line := range bytes.Lines(data) {
		if line = bytes.TrimRight(line, " \t\n\v\f\r"); len(line) > 0 {
			rules = append(rules, Rule{Exclude, string(line)})
		}
	}
	return rules
}

// filters are rules ready for use, for files and for directories.
type filters struct{ files, dirs []filter }

type filter struct {
	include bool
	literal bool   // there are no wildcards
	text    string // if literal
	glob    *glob
	whole   bool // must match all of a name, not only what is after a slash
}

// matchers prepares rules for operands, or for names below a directory.
func (o *Options) matchers(rules []Rule, below bool) (fs filters) {
	for _, r := range rules {
		f := filter{include: r.Kind == Include, whole: below}
		pattern := r.Pattern
		if r.Kind == ExcludeDir {
			pattern = stripSlashes(pattern)
		}
		if f.literal = !hasWildcards(pattern); f.literal {
			f.text = unescape(pattern)
		} else {
			f.glob = compileGlob(pattern, o.UTF8)
		}
		if r.Kind == ExcludeDir {
			fs.dirs = append(fs.dirs, f)
		} else {
			fs.files = append(fs.files, f)
		}
	}
	return fs
}

// exclude tells whether the file or directory of that name is left out.
func (f *filters) exclude(name string, dir bool) bool {
	rules := f.files
	if dir {
		rules = f.dirs
	}
	if len(rules) == 0 {
		return false
	}
	for i := len(rules) - 1; i >= 0; i-- {
		if rules[i].match(name) {
			return !rules[i].include
		}
	}
	return rules[0].include
}

func (f *filter) match(name string) bool {
	for {
		if f.matchAll(name) {
			return true
		}
		if f.whole {
			return false
		}
		i := f.nextPart(name)
		if i < 0 {
			return false
		}
		name = name[i:]
	}
}

func (f *filter) matchAll(name string) bool {
	if f.literal {
		return name == f.text
	}
	return f.glob.match(name)
}

// nextPart returns where to try next: after a slash, for wildcards after the
// last of several.
func (f *filter) nextPart(name string) int {
	i := strings.IndexByte(name, '/')
	if i < 0 {
		return -1
	}
	for i++; !f.literal && i < len(name) && name[i] == '/'; i++ {
	}
	return i
}

// stripSlashes leaves out the slashes at the end of a name, but for the first
// byte.
func stripSlashes(name string) string {
	for len(name) > 1 && name[len(name)-1] == '/' {
		name = name[:len(name)-1]
	}
	return name
}

func hasWildcards(pattern string) bool {
	for i := 0; i < len(pattern); i++ {
		switch pattern[i] {
		case '\\':
			i++
		case '?', '*', '[':
			return true
		}
	}
	return false
}

// unescape leaves out backslashes but for one at the end.
func unescape(pattern string) string {
	var b strings.Builder
	for i := 0; i < len(pattern); i++ {
		if pattern[i] == '\\' && i+1 < len(pattern) {
			i++
		}
		b.WriteByte(pattern[i])
	}
	return b.String()
}
