package walk

import (
	"bytes"
	"slices"
	"strings"
)

// Kind is the option that a rule comes from.
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

// ParseExcludeFrom parses a file that --exclude-from names: one pattern a line, without trailing
// white space. There are no comments; a NUL ends a pattern.
func ParseExcludeFrom(data []byte) []Rule {
	var rules []Rule
	for line := range bytes.Lines(data) {
		if line = bytes.TrimRight(line, " \t\n\v\f\r"); len(line) > 0 {
			pattern, _, _ := bytes.Cut(line, []byte{0})
			rules = append(rules, Rule{Exclude, string(pattern)})
		}
	}
	return rules
}

// filters are compiled rules.
type filters struct{ files, dirs filter }

// filter holds the rules for files, or those for directories, as groups of consecutive rules that
// all include or all exclude. Within a group, the order does not matter.
type filter []ruleGroup

type ruleGroup struct {
	include  bool
	literals map[string]struct{} // patterns without wildcards
	globs    []*glob
}

func newFilters(rules []Rule, utf bool) (fs filters) {
	for _, r := range rules {
		if r.Kind == ExcludeDir {
			fs.dirs.add(stripSlashes(r.Pattern), false, utf)
		} else {
			fs.files.add(r.Pattern, r.Kind == Include, utf)
		}
	}
	return fs
}

func (f *filter) add(pattern string, include, utf bool) {
	if n := len(*f); n == 0 || (*f)[n-1].include != include {
		*f = append(*f, ruleGroup{include: include, literals: map[string]struct{}{}})
	}
	last := &(*f)[len(*f)-1]
	if hasWildcards(pattern) {
		last.globs = append(last.globs, compileGlob(pattern, utf))
	} else {
		last.literals[unescape(pattern)] = struct{}{}
	}
}

// exclude reports whether an entry of a directory with this name is left out.
func (fs *filters) exclude(base string, dir bool) bool {
	return fs.of(dir).exclude(base, (*ruleGroup).match)
}

// excludeOperand reports whether an operand is left out.
func (fs *filters) excludeOperand(name string, dir bool) bool {
	return fs.of(dir).exclude(name, (*ruleGroup).matchSuffix)
}

func (fs *filters) of(dir bool) filter {
	if dir {
		return fs.dirs
	}
	return fs.files
}

func (f filter) exclude(name string, match func(*ruleGroup, string) bool) bool {
	if len(f) == 0 {
		return false
	}
	for i := len(f) - 1; i >= 0; i-- {
		if match(&f[i], name) {
			return !f[i].include
		}
	}
	return f[0].include
}

func (r *ruleGroup) match(name string) bool { return r.matchLiteral(name) || r.matchGlob(name) }

// matchSuffix matches a name, or what follows any of its slashes. After several slashes in a row,
// wildcards are tried only after the last.
func (r *ruleGroup) matchSuffix(name string) bool {
	if r.match(name) {
		return true
	}
	for {
		_, after, ok := strings.Cut(name, "/")
		switch {
		case !ok:
			return false
		case r.matchLiteral(after), !strings.HasPrefix(after, "/") && r.matchGlob(after):
			return true
		}
		name = after
	}
}

func (r *ruleGroup) matchLiteral(name string) bool {
	_, ok := r.literals[name]
	return ok
}

func (r *ruleGroup) matchGlob(name string) bool {
	return slices.ContainsFunc(r.globs, func(g *glob) bool { return g.match(name) })
}

// stripSlashes removes the slashes at the end of a name, but never its first byte.
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

// unescape removes backslashes, except one at the end.
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
