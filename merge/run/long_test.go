package run_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/linefork/linefork/internal/peer"
	"github.com/linefork/linefork/merge/output"
	"github.com/linefork/linefork/merge/print"
	"github.com/linefork/linefork/merge/run"
	"github.com/linefork/linefork/worker"
	"github.com/linefork/linefork/worker/grep"
	"github.com/linefork/linefork/worker/regex"
)

// longTrial is a grep, and the command that does the same with GNU grep.
type longTrial struct {
	run.GrepOptions
	args []string // without the pattern
	data []byte
}

// elapsed is what differs from run to run in JSON.
var elapsed = regexp.MustCompile(`"(secs|nanos)":\d+|"human":"[^"]*"`)

func drawLong(r *rand.Rand) *longTrial {
	t := new(longTrial)
	odds := func(n int) bool { return r.IntN(n) == 0 }
	flag := func(n int, set *bool, args ...string) {
		if odds(n) {
			*set = true
			t.args = append(t.args, args...)
		}
	}
	p := &t.Pattern
	patterns := []string{
		"a", "ab", "needle", "^a", "a$", "b.*a", "[ab]*c", "é", "x*", "needle\nab", `\bab`, ".*", "", "[^a]",
	}
	switch r.IntN(4) {
	case 0:
		p.Language = regex.Fixed
		t.args = append(t.args, "-F")
	case 1:
		p.Language = regex.Extended
		t.args = append(t.args, "-E")
		patterns = append(patterns, `(a|b)\1`, "(needle|b)+c?", "a{2,}|é+")
	case 2:
		p.Language = regex.Perl
		t.args = append(t.args, "-P")
		patterns = []string{"a(?=b)", "(?<!a)b", "ne+dle", ".*?b", "a$", `\w+`}
	}
	p.Patterns = []byte(patterns[r.IntN(len(patterns))])
	flag(5, &p.FoldCase, "-i")
	flag(6, &p.Words, "-w")
	if !p.Words { // with both, GNU grep colors the terminator
		flag(8, &p.Lines, "-x")
	}
	flag(6, &p.Null, "-z")
	flag(4, &t.Invert, "-v")
	f := &t.Format
	flag(2, &f.OnlyMatching, "-o")
	flag(3, &f.LineNumber, "-n")
	flag(3, &f.ByteOffset, "-b")
	flag(6, &f.Count, "-c")
	if odds(2) {
		t.Binary = grep.Text
		t.args = append(t.args, "-a")
	}
	if odds(4) {
		t.Max = 1 + r.Uint64N(3)
		t.args = append(t.args, fmt.Sprint("-m", t.Max))
	}
	if odds(3) {
		t.Before, t.After, t.Groups = r.IntN(3), r.IntN(3), true
		t.args = append(t.args, fmt.Sprint("-B", t.Before), fmt.Sprint("-A", t.After))
	}
	if odds(3) {
		f.Colors, _ = print.ParseColors("", "")
		t.args = append(t.args, "--color=always")
	}
	if odds(3) {
		t.JSON = true
	}
	pieces := strings.Fields("a b ab aa c é x needle ne dle É \" \\ \x01 \xff \t \r A")
	terminator := "\n"
	if p.Null {
		terminator = "\x00"
		pieces = append(pieces, "\n")
	}
	var b bytes.Buffer
	for range 1 + r.IntN(5) {
		for size := b.Len() + []int{0, 5, 100, 3000}[r.IntN(4)]; b.Len() < size; {
			b.WriteString(pieces[r.IntN(len(pieces)-r.IntN(10))])
		}
		b.WriteString(terminator)
	}
	if odds(4) {
		b.Truncate(b.Len() - 1)
	}
	if odds(10) {
		b.WriteString("a\x00needle" + strings.Repeat("ab", 300) + "\nab\n")
	}
	t.data = b.Bytes()
	return t
}

// longAnswer is what a grep says.
type longAnswer struct {
	shown            string
	selected, binary bool
	err              error
}

// The kinds of input.
const (
	inFile = iota
	inPipe
	inArchive
	inputKinds
)

// grep greps the data in a file, a pipe or an archive.
func (l *longTrial) grep(t *testing.T, dir string, kind int) longAnswer {
	t.Helper()
	o := l.GrepOptions
	path := filepath.Join(dir, "in")
	data := l.data
	if kind == inArchive {
		var packed bytes.Buffer
		w := gzip.NewWriter(&packed)
		w.Write(data)
		w.Close()
		data, o.Decompress = packed.Bytes(), true
	}
	if err := os.WriteFile(path, data, 0o666); err != nil {
		t.Fatal(err)
	}
	o.Inputs = []run.Input{{Name: "in", Path: path}}
	if kind == inPipe {
		r, w, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		go func() { w.Write(data); w.Close() }()
		o.Inputs = []run.Input{{Name: "in", File: r}}
	}
	var b bytes.Buffer
	var a longAnswer
	o.Out = output.To(&b)
	o.Report = func(m run.Message) {
		var pattern run.PatternWarning
		switch {
		case m.Err == run.ErrBinaryMatches:
			a.binary = true
		case !errors.As(m.Err, &pattern):
			t.Error(m.Err)
		}
	}
	a.selected, a.err = run.Grep(context.Background(), o)
	a.shown = elapsed.ReplaceAllString(b.String(), "")
	return a
}

// gnu greps the data with GNU grep.
func (l *longTrial) gnu(t *testing.T, path string) (a longAnswer) {
	t.Helper()
	cmd := exec.Command(path, append(l.args, "-e", string(l.Pattern.Patterns))...)
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8", "GREP_COLORS=", "GREP_COLOR=")
	cmd.Stdin = bytes.NewReader(l.data)
	out, err := cmd.Output()
	var exit *exec.ExitError
	if err != nil && (!errors.As(err, &exit) || exit.ExitCode() != 1) {
		t.Fatalf("%v: %s", err, exit.Stderr)
	}
	a.selected = err == nil
	a.shown, a.binary = strings.CutSuffix(string(out), "grep: (standard input): binary file matches\n")
	return a
}

var longTrials = flag.Int("long.trials", 250, "number of greps of long records")

// TestLongRecords shows long records as others: with random options, at random cuts, in each mode and
// from each kind of input the answer is the one that there is if no record counts as long, and that
// of GNU grep.
func TestLongRecords(t *testing.T) {
	dir := t.TempDir()
	defer run.SetLongRecord(0)()
	gnu, missing := peer.PCRE.Find()
	if missing != nil {
		t.Log("not compared with GNU grep:", missing)
	}
	for i := range *longTrials {
		r := rand.New(rand.NewPCG(uint64(i), 1))
		l := drawLong(r)
		say := func(got, want longAnswer) {
			t.Errorf("%d: %q %q JSON %v of %.3000q:\n%+v\nwant\n%+v", i, l.args, l.Pattern.Patterns, l.JSON,
				l.data, got, want)
		}
		run.SetLongRecord(math.MaxInt64)
		l.Mode, l.Processes = worker.Serial, 1
		want := l.grep(t, dir, inFile)
		hasNull := bytes.IndexByte(l.data, 0) >= 0 && !l.Pattern.Null // and its place matters
		// What both make of errors of UTF-8 is compared elsewhere.
		if missing == nil && !l.JSON && utf8.Valid(l.data) && (l.Binary == grep.Text || !hasNull) {
			if gnu := l.gnu(t, gnu); gnu != want {
				say(want, gnu)
			}
		}
		run.SetLongRecord(1 + r.Int64N(500))
		l.Mode, l.Processes = worker.Threads, 1+r.IntN(3)
		if i%16 == 0 {
			l.Mode = worker.Processes
		}
		if r.IntN(3) > 0 {
			l.RangeSize = 1 + r.Int64N(2000)
		}
		kind := r.IntN(inputKinds)
		if hasNull {
			kind = inFile
		}
		if got := l.grep(t, dir, kind); got != want {
			say(got, want)
		}
		if t.Failed() {
			return
		}
	}
}
