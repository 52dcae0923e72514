package backtrack

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/linefork/linefork/internal/peer"
	"github.com/linefork/linefork/worker/regex/syntax"
)

// gnuGrep is the real tool on a file of lines.
type gnuGrep struct {
	t    *testing.T
	path string // of the tool
	file string
	rows [][]byte

	compared, skipped int // patterns times lines
	glibc             int // differences that the naive matcher shows to be errors of glibc
}

func newGrep(t *testing.T) *gnuGrep {
	t.Helper()
	return &gnuGrep{t: t, path: peer.Grep.Need(t), file: filepath.Join(t.TempDir(), "lines")}
}

// lines writes the lines to the file.
func (g *gnuGrep) lines(rows [][]byte, null bool) {
	g.t.Helper()
	g.rows = rows
	end := []byte{'\n'}
	if null {
		end[0] = 0
	}
	var data []byte
	for _, row := range rows {
		data = append(append(data, row...), end...)
	}
	if err := os.WriteFile(g.file, data, 0o644); err != nil {
		g.t.Fatal(err)
	}
}

// query is a list of patterns with its options.
type query struct {
	syntax.Options
	patterns      []string
	hasStrayParen bool // some closing parentheses may close nothing
}

func (q query) text() string { return strings.Join(q.patterns, "\n") }

func (q query) args() []string {
	args := []string{"-a"}
	for _, o := range []struct {
		on   bool
		flag string
	}{
		{q.Language == syntax.Basic, "-G"}, {q.Language == syntax.Extended, "-E"},
		{q.Language == syntax.Fixed, "-F"},
		{q.FoldCase, "-i"}, {q.Words, "-w"}, {q.Lines, "-x"}, {q.Null, "-z"},
	} {
		if o.on {
			args = append(args, o.flag)
		}
	}
	for _, p := range q.patterns {
		args = append(args, "-e", p)
	}
	return args
}

func (q query) locale() string {
	if q.UTF8 {
		return "LC_ALL=C.UTF-8"
	}
	return "LC_ALL=C"
}

func (q query) String() string { return fmt.Sprintf("%s grep %q", q.locale(), q.args()) }

func (q query) parse() (*syntax.Pattern, error) {
	var patterns [][]byte
	for _, p := range q.patterns {
		patterns = append(patterns, []byte(p))
	}
	return syntax.Parse(patterns, q.Options)
}

// tooSlow is the complaint of a grep that has not finished: some patterns take glibc minutes.
const tooSlow = "too slow"

// grep returns what grep prints, and what it complains about.
func (g *gnuGrep) grep(q query, flags ...string) (out []byte, complaint string) {
	g.t.Helper()
	ctx, cancel := context.WithTimeout(g.t.Context(), 2*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, g.path, append(append(flags, q.args()...), g.file)...)
	cmd.Env = append(os.Environ(), q.locale(), "DEB_GREP_ENABLE_STRAY_BACKSLASH_WARN=1")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	var exit *exec.ExitError
	if ctx.Err() != nil {
		return nil, tooSlow
	}
	if err != nil && !errors.As(err, &exit) {
		g.t.Fatal(err)
	}
	return out, strings.ReplaceAll(stderr.String(), g.path+": ", "")
}

// complaint is what our reading of q complains about, as grep prints it.
func complaint(p *syntax.Pattern, err error) string {
	var b strings.Builder
	if err != nil {
		return err.Error() + "\n"
	}
	for _, w := range p.Warnings {
		fmt.Fprintf(&b, "warning: %s\n", w)
	}
	return b.String()
}

// selected returns which rows are in out, the output of grep -n.
func (g *gnuGrep) selected(out []byte, null bool) []bool {
	end := []byte{'\n'}
	if null {
		end[0] = 0
	}
	is := make([]bool, len(g.rows))
	for record := range bytes.SplitAfterSeq(out, end) {
		if number, _, ok := bytes.Cut(record, []byte{':'}); ok {
			n, err := strconv.Atoi(string(number))
			if err != nil {
				g.t.Fatalf("grep -n printed %q", record)
			}
			is[n-1] = true
		}
	}
	return is
}

// spans returns the output of grep -o -b for our matcher; if first is set, only the first span of
// each row.
func (g *gnuGrep) spans(m *Matcher, null, first bool) []byte {
	end := byte('\n')
	if null {
		end = 0
	}
	var out []byte
	offset := 0
	for _, row := range g.rows {
		for pos := 0; pos <= len(row); {
			s, e, ok := m.Find(row, pos)
			if !ok {
				break
			}
			if s == e {
				pos = s + 1
				continue
			}
			out = fmt.Appendf(out, "%d:%s%c", offset+s, row[s:e], end)
			if pos = e; first {
				break
			}
		}
		offset += len(row) + 1
	}
	return out
}

// compare compares one query, and returns how it differs.
func (g *gnuGrep) compare(q query) string {
	p, err := q.parse()
	out, said := g.grep(q, "-n")
	if said == tooSlow || isUnread(q, said) {
		return ""
	}
	if c := complaint(p, err); c != said {
		return fmt.Sprintf("%s\nsays %q, want %q", q, c, said)
	}
	if err != nil {
		return ""
	}
	m := New(p.Tree(), q.UTF8)
	m.quick = len(q.patterns[0]) % 2 * quickSteps
	if d := g.compareSelection(q, p, m, g.selected(out, q.Null)); d != "" || isDisplaced(q, p) {
		return d
	}
	return g.comparePositions(q, p, m)
}

func (g *gnuGrep) compareSelection(q query, p *syntax.Pattern, m *Matcher, want []bool) string {
	for i, row := range g.rows {
		g.compared++
		if isKnown(q, p, row) {
			g.skipped++
			continue
		}
		got := m.Match(row)
		if m.GaveUp() != nil {
			g.skipped++
			continue
		}
		if got == want[i] {
			continue
		}
		if _, _, ok, done := naiveFind(p.Tree(), row, 0, q.UTF8); p.Backrefs && done && ok == got {
			g.glibc++
			continue
		}
		return fmt.Sprintf("%s\nline %q: match %v, want %v", q, row, got, want[i])
	}
	return ""
}

func (g *gnuGrep) comparePositions(q query, p *syntax.Pattern, m *Matcher) string {
	want, said := g.grep(q, "-ob")
	if said == tooSlow {
		return ""
	}
	if q.Words {
		// After the first, GNU grep 3.8 looks for shorter matches in the wrong place.
		want = g.firsts(want, q.Null)
	}
	got := g.spans(m, q.Null, q.Words)
	if bytes.Equal(got, want) || m.GaveUp() != nil {
		return ""
	}
	// Under -i, glibc also errs about characters whose upper case has another length.
	if (p.Backrefs || q.FoldCase && q.UTF8) && g.spansAreNaive(p.Tree(), m) {
		g.glibc++
		return ""
	}
	return fmt.Sprintf("%s\n-ob differs at %q", q, g.rowOfDiff(got, want))
}

// spansAreNaive reports whether the first match of each row is that of the naive matcher.
func (g *gnuGrep) spansAreNaive(n *syntax.Node, m *Matcher) bool {
	for _, row := range g.rows {
		s, e, ok := m.Find(row, 0)
		s2, e2, ok2, done := naiveFind(n, row, 0, m.search.utf8)
		if !done || ok != ok2 || ok && (s != s2 || e != e2) {
			return false
		}
	}
	return true
}

// firsts returns the first span of each row in the output of grep -o -b.
func (g *gnuGrep) firsts(out []byte, null bool) []byte {
	end := []byte{'\n'}
	if null {
		end[0] = 0
	}
	var firsts []byte
	row, next := -1, 0 // the row, and where the next one starts
	for record := range bytes.SplitAfterSeq(out, end) {
		number, _, _ := bytes.Cut(record, []byte{':'})
		offset, err := strconv.Atoi(string(number))
		if err != nil || offset < next {
			continue
		}
		for offset >= next {
			row++
			next += len(g.rows[row]) + 1
		}
		firsts = append(firsts, record...)
	}
	return firsts
}

// rowOfDiff returns the first row in which two outputs of grep -b differ.
func (g *gnuGrep) rowOfDiff(a, b []byte) []byte {
	least := math.MaxInt
	for _, out := range [][]byte{a, b} {
		i := 0
		for i < min(len(a), len(b)) && a[i] == b[i] {
			i++
		}
		i = bytes.LastIndexByte(out[:i], '\n') + 1
		number, _, _ := bytes.Cut(out[i:], []byte{':'})
		if n, err := strconv.Atoi(string(number)); err == nil {
			least = min(least, n)
		}
	}
	for _, row := range g.rows {
		if least -= len(row) + 1; least < 0 {
			return row
		}
	}
	return nil
}
