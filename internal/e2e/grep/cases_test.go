//go:build unix

package grep

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/linefork/linefork/internal/e2e/setup"
	"github.com/linefork/linefork/internal/peer"
)

// A shellCase is a line of a file in testdata, which a shell runs in the folder of [writeInputs].
// The word grep stands for the program under test.
//
//   - A line that starts with # is a comment.
//   - "#each LINE" makes each line up to the next empty one a case: LINE, with {args} replaced by
//     the text, or {} by the quoted text.
//   - "~ LINE" is a case in which the order of files does not matter: GNU grep walks a folder in
//     the order of the file system, linefork in that of the names.
//   - In a line that contains $tmp, this is a new folder; $in is the folder of the inputs.
type shellCase struct {
	at       string // FILE:LINE
	line     string
	anyOrder bool
}

func caseFiles(t testing.TB) []string {
	files, err := filepath.Glob("testdata/*.sh")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	return files
}

func readCases(t testing.TB, path string) (all []shellCase) {
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	each := ""
	for i, line := range strings.Split(string(text), "\n") {
		c := shellCase{at: fmt.Sprintf("%s:%d", filepath.Base(path), i+1), line: line}
		if template, ok := strings.CutPrefix(line, "#each "); ok {
			each = template
			continue
		}
		switch {
		case line == "":
			each = ""
			continue
		case each != "":
			c.line = strings.NewReplacer("{}", quote(line), "{args}", line).Replace(each)
		case line[0] == '#':
			continue
		}
		c.line, c.anyOrder = strings.CutPrefix(c.line, "~ ")
		all = append(all, c)
	}
	return all
}

// quote quotes text for a shell.
func quote(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

// run runs the line with this program: GNU grep, or the program under test.
func (c *shellCase) run(t testing.TB, inputs, locale string, program []string) result {
	line := "in=" + quote(inputs) + "; " + c.line
	if strings.Contains(c.line, "$tmp") {
		tmp, err := os.MkdirTemp("", "linefork-grep-case-*")
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(tmp)
		line = "tmp=" + quote(tmp) + "; " + line
	}
	r := runShell(t, inputs, locale, program, line)
	if c.anyOrder {
		r.stdout, r.stderr = byFile(r.stdout), byFile(r.stderr)
	}
	return r
}

var fileName = regexp.MustCompile(`^(grep: |linefork: )?[\w./]*`)

// byFile sorts lines by the file names that they start with. Separators have none and come first.
func byFile(text string) string {
	lines := strings.SplitAfter(text, "\n")
	slices.SortStableFunc(lines, func(a, b string) int {
		return cmp.Compare(fileName.FindString(a), fileName.FindString(b))
	})
	return strings.Join(lines, "")
}

// hash determines how a case is run, the same every time.
func (c *shellCase) hash() int {
	h := fnv.New32a()
	h.Write([]byte(c.line))
	return int(h.Sum32() >> 1)
}

// ways returns the ways in which to run a case in a locale: all of them if the flag says so; else
// the default and one other way, in one of the locales.
func (c *shellCase) ways(locale, locales int) []way {
	all := waysFor(!strings.Contains(c.line, "big"))
	switch h := c.hash(); {
	case !*allWays && h%locales != locale:
		return nil
	case !ofLinefork():
		return []way{nil}
	case *allWays:
		return append(all, nil)
	default:
		return []way{nil, all[h/locales%len(all)]}
	}
}

// check compares a case with GNU grep and says what differs.
func (c *shellCase) check(t testing.TB, inputs string, locales []string) (faults []string) {
	for i, locale := range locales {
		ways := c.ways(i, len(locales))
		if len(ways) == 0 {
			continue
		}
		gnu := c.run(t, inputs, locale, []string{"grep"})
		for _, w := range ways {
			if ours := c.run(t, inputs, locale, underTest(w)); !sameResult(gnu, ours) {
				faults = append(faults,
					fmt.Sprintf("%s in %s, %s\n  %s\ngave %v\nnot  %v", c.at, locale, w,
						c.line, ours, gnu))
			}
		}
	}
	return faults
}

func TestCases(t *testing.T) {
	needGNU(t)
	inputs, locales := writeInputs(t), peer.Locales()
	limit := make(chan struct{}, workers)
	for _, path := range caseFiles(t) {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".sh"), func(t *testing.T) {
			cases := readCases(t, path)
			all := len(cases)
			cases = slices.DeleteFunc(cases, func(c shellCase) bool {
				why, skip := skipped[c.line]
				if skip {
					t.Logf("%s is skipped, since %s: %s", c.at, why, c.line)
				}
				return skip
			})
			results := make([]chan []string, len(cases))
			for i, c := range cases {
				results[i] = make(chan []string, 1)
				go func() {
					limit <- struct{}{}
					defer func() { <-limit }()
					var faults []string
					defer func() { results[i] <- faults }() // even after t.Fatal
					if !testing.Short() && !setup.Race || c.hash()%4 == 0 {
						faults = c.check(t, inputs, locales)
					}
				}()
			}
			failed := 0
			for _, result := range results {
				faults := <-result
				if len(faults) > 0 {
					failed++
				}
				for _, fault := range faults {
					t.Error(fault)
				}
			}
			t.Logf("%d cases, %d skipped, %d failed", all, all-len(cases), failed)
		})
	}
}

// TestGaps checks that all cases that are to be skipped exist.
func TestGaps(t *testing.T) {
	lines := maps.Clone(skipped)
	for _, path := range caseFiles(t) {
		for _, c := range readCases(t, path) {
			delete(lines, c.line)
		}
	}
	for line := range lines {
		t.Errorf("no case: %s", line)
	}
}

// TestCasesNotice checks that the comparison notices differences.
func TestCasesNotice(t *testing.T) {
	needGNU(t)
	dir := t.TempDir()
	for name, change := range map[string]string{
		"none":   `exec grep "$@"`,
		"stdout": `grep "$@"; s=$?; echo; exit $s`,
		"stderr": `grep "$@"; s=$?; echo >&2; exit $s`,
		"status": `grep "$@"; exit 3`,
	} {
		wrapper := filepath.Join(dir, name)
		if err := os.WriteFile(wrapper, []byte("#!/bin/sh\n"+change+"\n"), 0o777); err != nil {
			t.Fatal(err)
		}
		for _, line := range []string{"printf 'a\nb\n' | grep -n a", "FOO=bar grep x nosuch"} {
			c := shellCase{line: line}
			gnu, ours := c.run(t, dir, "C", []string{"grep"}), c.run(t, dir, "C", []string{wrapper})
			if same := without(inGNU, gnu) == without(inGNU, ours); same != (name == "none") {
				t.Errorf("%s: %s\ngave %v\nand  %v", name, line, ours, gnu)
			}
		}
	}
}
