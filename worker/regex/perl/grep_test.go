package perl

import (
	"errors"
	"fmt"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"github.com/linefork/linefork/internal/peer"
)

// answer is what a program says about some lines.
type answer struct {
	selected []bool     // lines
	only     [][]string // what -o -b shows of each, as offset:match
	err      string     // without "grep: "
}

func (o Options) String() string {
	s := ""
	for _, f := range []struct {
		on     bool
		letter string
	}{{o.FoldCase, "i"}, {o.Words, "w"}, {o.Lines, "x"}, {o.Null, "z"}} {
		if f.on {
			s += f.letter
		}
	}
	if o.UTF8 {
		return "UTF-8 -" + s
	}
	return "C -" + s
}

func (o Options) terminator() string {
	if o.Null {
		return "\x00"
	}
	return "\n"
}

// askGrep runs grep on lines.
func askGrep(t testing.TB, pattern string, o Options, lines []string) answer {
	t.Helper()
	var a answer
	grep := func(flags ...string) []string {
		args := append([]string{"-a", "-n", "-P"}, flags...)
		if _, letters, _ := strings.Cut(o.String(), " -"); letters != "" {
			args = append(args, "-"+letters)
		}
		cmd := exec.Command(peer.PCRE.Need(t), append(args, "-e", pattern)...)
		cmd.Args[0] = "grep"
		cmd.Env = []string{"LC_ALL=C"}
		if o.UTF8 {
			cmd.Env = []string{"LC_ALL=C.UTF-8"}
		}
		cmd.Stdin = strings.NewReader(strings.Join(lines, o.terminator()) + o.terminator())
		var stderr strings.Builder
		cmd.Stderr = &stderr
		out, err := cmd.Output()
		var exit *exec.ExitError
		if err != nil && (!errors.As(err, &exit) || exit.ExitCode() > 2) {
			t.Fatalf("grep -P %q with %v: %v", pattern, o, err)
		}
		a.err = strings.TrimSuffix(strings.TrimPrefix(stderr.String(), "grep: "), "\n")
		a.err = strings.TrimPrefix(a.err, "(standard input): ")
		if len(out) == 0 {
			return nil
		}
		return strings.Split(strings.TrimSuffix(string(out), o.terminator()), o.terminator())
	}
	a.selected = make([]bool, len(lines))
	a.only = make([][]string, len(lines))
	for _, row := range grep() {
		number, _, _ := strings.Cut(row, ":")
		i, _ := strconv.Atoi(number)
		a.selected[i-1] = true
	}
	if a.err != "" {
		return a
	}
	starts := make([]int, len(lines))
	for i := 1; i < len(lines); i++ {
		starts[i] = starts[i-1] + len(lines[i-1]) + 1
	}
	for _, row := range grep("-o", "-b") {
		f := strings.SplitN(row, ":", 3)
		i, _ := strconv.Atoi(f[0])
		offset, _ := strconv.Atoi(f[1])
		a.only[i-1] = append(a.only[i-1], fmt.Sprintf("%d:%s", offset-starts[i-1], f[2]))
	}
	return a
}

// askPerl asks this package.
func askPerl(pattern string, o Options, lines []string) answer {
	a := answer{selected: make([]bool, len(lines)), only: make([][]string, len(lines))}
	p, err := Parse([]byte(pattern), o)
	if err != nil {
		a.err = err.Error()
		return a
	}
	m := p.Matcher()
	for i, line := range lines {
		a.selected[i] = m.Match([]byte(line))
		for at := 0; at < len(line); {
			start, end, ok := m.Find([]byte(line), at)
			if !ok || start == len(line) {
				break
			}
			if start < end {
				a.only[i] = append(a.only[i], fmt.Sprintf("%d:%s", start, line[start:end]))
			}
			at = max(end, start+1)
		}
	}
	if err := m.GaveUp(); err != nil {
		a.err = err.Error()
	}
	return a
}

// compare reports whether both say the same.
func compare(t testing.TB, pattern string, o Options, lines []string) bool {
	t.Helper()
	want, got := askGrep(t, pattern, o, lines), askPerl(pattern, o, lines)
	if got.err != want.err {
		t.Errorf("%q with %v: error %q, grep says %q", pattern, o, got.err, want.err)
		return false
	}
	if want.err != "" {
		return true
	}
	for i, line := range lines {
		if got.selected[i] != want.selected[i] {
			t.Errorf("%q with %v on %q: selected %v, grep says %v",
				pattern, o, line, got.selected[i], want.selected[i])
			return false
		}
		if fmt.Sprintf("%q", got.only[i]) != fmt.Sprintf("%q", want.only[i]) {
			t.Errorf("%q with %v on %q: -o shows %q, grep's shows %q",
				pattern, o, line, got.only[i], want.only[i])
			return false
		}
	}
	return true
}
