package walk

import (
	"strings"
	"testing"
)

// naiveGlob matches bytes by the definition, without brackets and backslashes.
func naiveGlob(pattern, name string) bool {
	switch {
	case pattern == "":
		return name == ""
	case strings.HasPrefix(pattern, "**"): // or it takes exponential time
		return naiveGlob(pattern[1:], name)
	case pattern[0] == '*':
		return naiveGlob(pattern[1:], name) || name != "" && naiveGlob(pattern, name[1:])
	case name == "":
		return false
	}
	return (pattern[0] == '?' || pattern[0] == name[0]) && naiveGlob(pattern[1:], name[1:])
}

func FuzzGlob(f *testing.F) {
	for _, pattern := range []string{
		"*.c", "?", "[a-z]*", "[!a]", "[[:alpha:]]", `\*`, "[", "[[.a.]-z]", "[]-a]", "a**b?", "é", "\xff*",
	} {
		f.Add(pattern, "a.c")
		f.Add(pattern, "é")
	}
	f.Fuzz(func(t *testing.T, pattern, name string) {
		if strings.Count(pattern, "*") > 5 || len(pattern) > 200 || len(name) > 30 {
			return // the naive matcher takes too long
		}
		inBytes := compileGlob(pattern, false).match(name)
		inUTF8 := compileGlob(pattern, true).match(name)
		if inBytes && !inUTF8 && !strings.Contains(pattern, "[") {
			t.Errorf("%q matches %q only as bytes", pattern, name)
		}
		if !strings.ContainsAny(pattern, `[\`) && inBytes != naiveGlob(pattern, name) {
			t.Errorf("%q, %q: %v", pattern, name, inBytes)
		}
		if trailing := strings.TrimRight(pattern, `\`); !hasWildcards(pattern) && trailing == pattern {
			for _, utf := range []bool{false, true} {
				if literal := unescape(pattern); !compileGlob(pattern, utf).match(literal) {
					t.Errorf("%q does not match %q, UTF-8 %v", pattern, literal, utf)
				}
			}
		}
	})
}
