//go:build unix

package grep

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// A trial is a drawn command line of grep with its files. Its parts are kept apart so that
// [shrinker] can remove what a failure does not need.
type trial struct {
	locale   string
	options  []string
	patterns [][]string // as atoms
	inFile   bool       // the patterns are in a file, not on the command line
	operands []string   // none: standard input
	files    []file
	stdin    int  // which of the files is also standard input
	pipe     bool // standard input is a pipe, not the file itself
	way      way
}

type file struct {
	name string
	data []byte
}

// patternFile holds the patterns if they are in a file.
const patternFile = "patterns"

// args returns the arguments of grep.
func (t *trial) args() []string {
	args := slices.Clone(t.options)
	if t.inFile {
		args = append(args, "-f"+patternFile)
	} else {
		for _, atoms := range t.patterns {
			args = append(args, "-e", strings.Join(atoms, ""))
		}
	}
	return append(args, t.operands...)
}

// write writes the files of the trial to a folder.
func (t *trial) write(dir string) error {
	for _, f := range t.files {
		if err := os.WriteFile(filepath.Join(dir, f.name), f.data, 0o666); err != nil {
			return err
		}
	}
	if !t.inFile {
		return nil
	}
	var b bytes.Buffer
	for _, atoms := range t.patterns {
		b.WriteString(strings.Join(atoms, "") + "\n")
	}
	return os.WriteFile(filepath.Join(dir, patternFile), b.Bytes(), 0o666)
}

// errSlow means that a program did not end in time, gave up, or crashed.
var errSlow = errors.New("did not end")

// run runs a program in the folder with the files of the trial.
func (t *trial) run(dir string, program []string, patience time.Duration) (result, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	cmd := command(ctx, dir, t.locale, slices.Concat(program, t.args())...)
	if t.pipe {
		cmd.Stdin = bytes.NewReader(t.files[t.stdin].data)
	} else {
		f, err := os.Open(filepath.Join(dir, t.files[t.stdin].name))
		if err != nil {
			return result{}, err
		}
		defer f.Close()
		cmd.Stdin = f
	}
	r, err := run(cmd)
	if ctx.Err() != nil {
		return r, errSlow
	}
	return r, err
}

// gnuPatience is how long GNU grep may take: for some patterns, the time of glibc's matcher is
// quadratic in the length of a line, or worse.
const gnuPatience = 3 * time.Second

// differs runs the trial with both programs and reports whether they differ.
func (t *trial) differs(dir string) (gnu, ours result, differ bool, err error) {
	if err = t.write(dir); err != nil {
		return
	}
	if gnu, err = t.run(dir, []string{"grep"}, gnuPatience); err != nil {
		return
	}
	if gnu.status > 2 || strings.Contains(gnu.stderr, "PCRE's backtracking limit") {
		return gnu, ours, false, errSlow // a "program error", or it gave up
	}
	ours, err = t.run(dir, underTest(t.way), patience)
	if err == errSlow {
		ours.stderr += err.Error()
		err = nil
	}
	return gnu, ours, !sameResult(gnu, ours), err
}

// unquoted are characters that need no quotes in a shell.
const unquoted = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-=.,_"

// String returns the trial as a shell line, as far as possible.
func (t *trial) String() string {
	var b strings.Builder
	for _, f := range t.files {
		fmt.Fprintf(&b, "  %s: %s\n", f.name, excerpt(string(f.data)))
	}
	if t.inFile {
		fmt.Fprintf(&b, "  %s: %q\n", patternFile, t.patterns)
	}
	input := t.files[t.stdin].name
	b.WriteString("  ")
	if t.pipe {
		b.WriteString("cat " + input + " | ")
	}
	fmt.Fprintf(&b, "LC_ALL=%s grep", t.locale)
	for _, arg := range t.args() {
		if arg == "" || strings.Trim(arg, unquoted) != "" {
			arg = quote(arg)
		}
		b.WriteString(" " + arg)
	}
	if !t.pipe {
		b.WriteString(" < " + input)
	}
	fmt.Fprintf(&b, "   (%s)\n", t.way)
	return b.String()
}

func (t *trial) clone() *trial {
	c := *t
	c.options, c.operands = slices.Clone(t.options), slices.Clone(t.operands)
	c.way = slices.Clone(t.way)
	c.patterns, c.files = slices.Clone(t.patterns), slices.Clone(t.files)
	return &c
}

// chance draws true once in n.
func chance(r *rand.Rand, n int) bool { return r.IntN(n) == 0 }

func pick[T any](r *rand.Rand, from ...T) T { return from[r.IntN(len(from))] }
