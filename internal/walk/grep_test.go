//go:build unix

package walk

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/linefork/linefork/internal/gnu"
)

// grep is the tool to compare with: GNU grep 3.8.
var grep = sync.OnceValues(func() (string, error) {
	path, err := exec.LookPath("grep")
	if err != nil {
		return "", err
	}
	out, err := exec.Command(path, "--version").Output()
	if err == nil && !bytes.Contains(out, []byte("(GNU grep) 3.8\n")) {
		err = errors.New("there is no GNU grep 3.8")
	}
	return path, err
})

func needGrep(t testing.TB) string {
	path, err := grep()
	if err != nil {
		t.Skip("nothing to compare with:", err)
	}
	return path
}

func (o Options) flags() []string {
	flags := []string{"-d", []string{"read", "skip", "recurse"}[o.Directories]}
	if o.Directories == Recurse {
		flags = []string{"-r"}
	}
	if o.FollowLinks {
		flags = []string{"-R"}
	}
	switch o.Devices {
	case ReadAll:
		flags = append(flags, "-D", "read")
	case SkipAll:
		flags = append(flags, "-D", "skip")
	}
	for _, r := range o.Rules {
		name := []string{"include", "exclude", "exclude-dir"}[r.Kind]
		flags = append(flags, "--"+name+"="+r.Pattern)
	}
	return flags
}

// askGrep returns the sorted lines of what grep lists and complains of. All
// files that it reads must hold a line.
func askGrep(t testing.TB, dir string, operands []string, o Options) []string {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	args := append([]string{"-lZ", "-e", ""}, o.flags()...)
	cmd := exec.CommandContext(ctx, needGrep(t), append(append(args, "--"), operands...)...)
	cmd.Args[0] = "grep"
	cmd.Dir = dir
	cmd.Env = []string{"LC_ALL=C"}
	if o.UTF8 {
		cmd.Env = []string{"LC_ALL=C.UTF-8"}
	}
	cmd.Stdin = strings.NewReader("line\n")
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	var exit *exec.ExitError
	if err != nil && (!errors.As(err, &exit) || exit.ExitCode() > 2 || exit.ExitCode() < 0) {
		t.Fatalf("%q: %v", cmd.Args, err)
	}
	lines := strings.FieldsFunc(string(out), func(r rune) bool { return r == 0 })
	for line := range strings.Lines(stderr.String()) {
		lines = append(lines, strings.TrimSuffix(line, "\n"))
	}
	slices.Sort(lines)
	return lines
}

// askWalk returns the same of a walk.
func askWalk(t testing.TB, operands []string, o Options) (lines []string) {
	t.Helper()
	for file, err := range Files(operands, o) {
		var loop *Loop
		var path *fs.PathError
		switch {
		case errors.As(err, &loop):
			lines = append(lines, "grep: "+err.Error())
		case errors.As(err, &path):
			lines = append(lines, "grep: "+path.Path+": "+gnu.Reason(err))
		case err != nil:
			t.Fatal(err)
		case file.Stdin:
			lines = append(lines, "(standard input)")
		default:
			if info, err := os.Stat(file.Name); err != nil || info.Mode().Type() != file.Type {
				t.Errorf("%s is of type %v, the walk says %v, %v", file.Name, info.Mode(), file.Type, err)
			}
			lines = append(lines, file.Name)
		}
	}
	slices.Sort(lines)
	return lines
}

func compare(t testing.TB, dir string, operands []string, o Options) bool {
	t.Helper()
	want, got := askGrep(t, dir, operands, o), askWalk(t, operands, o)
	if !slices.Equal(got, want) {
		t.Errorf("grep %q %q, UTF-8 %v:\nonly here %q\nonly grep %q", o.flags(), operands, o.UTF8, minus(got, want), minus(want, got))
		return false
	}
	return true
}

func minus(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(s string) bool { return slices.Contains(b, s) })
}

// generator makes random trees and rules.
type generator struct {
	*rand.Rand
	paths []string
}

func (g *generator) pick(from ...string) string { return from[g.IntN(len(from))] }

func (g *generator) name() string {
	return g.pick("a", "b", "c", "x.c", "y.h", ".x", ".d", "d", "é", "éa", "f\xff", "*", "[", `\`, "a b", "-", "A", "1", "x.c~")
}

// tree makes files, directories, links and pipes below dir.
func (g *generator) tree(t testing.TB, dir string) {
	t.Helper()
	dirs := []string{""}
	g.paths = []string{".", "..", "missing", "-"}
	for range 5 + g.IntN(25) {
		parent := dirs[g.IntN(len(dirs))]
		path := parent + g.name()
		if _, err := os.Lstat(path); err == nil {
			continue
		}
		var err error
		switch g.IntN(9) {
		case 0, 1, 2:
			err = os.Mkdir(path, 0o777)
			dirs = append(dirs, path+"/")
		case 3:
			err = os.Symlink(g.pick(".", "..", "../..", "missing", g.name(), dir+"/"+g.name(), filepath.Base(path)), path)
		case 4:
			err = syscall.Mkfifo(path, 0o666)
		default:
			err = os.WriteFile(path, []byte("line\n"), 0o666)
		}
		if err != nil {
			t.Fatal(err)
		}
		g.paths = append(g.paths, path)
	}
}

func (g *generator) operands() []string {
	var out []string
	for range g.IntN(4) {
		out = append(out, g.pick("", "", "./", "././", ".//")+g.pick(g.paths...)+g.pick("", "", "", "/", "//", "///", "/."))
	}
	return out
}

func (g *generator) rules() []Rule {
	var rules []Rule
	for range g.IntN(4) {
		kind := Kind(g.IntN(3))
		rules = append(rules, Rule{kind, g.pattern()})
	}
	return rules
}

func (g *generator) pattern() string {
	var b strings.Builder
	for range 1 + g.IntN(2) {
		b.WriteString(g.pick(g.name(), "*", "?", "*.c", "[a-c]", "[!a]", "[[:alpha:]]", "[^.]", `\a`, `\*`, "/", "./", "[.]", "??", "*/", "[[:upper:]x]"))
	}
	return b.String()
}

// rounds returns how many random cases to try: ROUNDS, if that is set.
func rounds(fewer int) int {
	if n, err := strconv.Atoi(os.Getenv("ROUNDS")); err == nil {
		return n
	}
	return fewer
}

func newGenerator(stream uint64) *generator {
	seed, _ := strconv.ParseUint(os.Getenv("SEED"), 10, 64)
	return &generator{Rand: rand.New(rand.NewPCG(seed, stream))}
}

func TestRandomTrees(t *testing.T) {
	needGrep(t)
	g := newGenerator(1)
	failures := 0
	for range rounds(40) {
		dir := filepath.Join(t.TempDir(), "links", "lead", "to")
		if err := os.MkdirAll(dir, 0o777); err != nil {
			t.Fatal(err)
		}
		t.Chdir(dir)
		g.tree(t, dir)
		for range 10 {
			o := Options{Directories: Action(g.IntN(3)), Devices: SkipAll, Rules: g.rules(), UTF8: g.IntN(2) == 0}
			if g.IntN(2) == 0 {
				o.Directories = Recurse
			}
			o.FollowLinks = o.Directories == Recurse && g.IntN(2) == 0
			if !o.FollowLinks && g.IntN(2) == 0 {
				o.Devices = ReadOperands
			}
			operands := g.operands()
			if o.Devices != SkipAll {
				operands = slices.DeleteFunc(operands, func(name string) bool {
					info, err := os.Stat(name)
					return err == nil && isDevice(info.Mode().Type()) // grep would wait for a writer
				})
			}
			if slices.ContainsFunc(operands, isStdinTwice()) {
				continue
			}
			if !compare(t, dir, operands, o) {
				if failures++; failures == 10 {
					t.FailNow()
				}
			}
		}
	}
}

// isStdinTwice finds a second "-", which grep finds empty.
func isStdinTwice() func(string) bool {
	seen := false
	return func(name string) bool {
		again := seen && name == "-"
		seen = seen || name == "-"
		return again
	}
}

// TestGlobs gives grep each of many names to match with a pattern.
func TestGlobs(t *testing.T) {
	needGrep(t)
	g := newGenerator(2)
	dir := t.TempDir()
	t.Chdir(dir)
	pieces := []string{"a", "b", "Z", "1", ".", "-", "]", "[", "!", "^", "é", "ß", "€", "\xff", "\xc3", " ", `\`, "*", "?"}
	for range 200 {
		var name strings.Builder
		for range 1 + g.IntN(3) {
			name.WriteString(g.pick(pieces...))
		}
		if base := name.String(); base != "." && base != ".." {
			if err := os.WriteFile(base, []byte("line\n"), 0o666); err != nil {
				t.Skip("a name that the file system does not take:", err)
			}
		}
	}
	wild := append(pieces, "*", "*", "?", "?", "[", "[", "]", "]", "[a-z]", "[!a]", "[^b-é]", "[[:alpha:]]", "[![:punct:]]",
		"[[:foo:]]", "[]a]", "[a", "[[.a.]]", "[[=b=]-c]", "[z-a]", `[\]]`, "[a-]", "[[:alpha:][:digit:]]", "[é-ÿ]", "[[:lower:]", "[[.é.]]")
	patterns := []string{`*\`, `?\`, `*\\`, "[![:foo:]]*", "[!a[:foo:]]*", "[a[:foo:]]*", "[![.ab.]]*", "[!]a]*", "[]a]*", "[]]", "[[.ab.]-c]*", "[a-[.c.]]*"}
	for range rounds(300) {
		var pattern strings.Builder
		for range 1 + g.IntN(4) {
			pattern.WriteString(g.pick(wild...))
		}
		patterns = append(patterns, pattern.String())
	}
	failures := 0
	for _, pattern := range patterns {
		o := Options{Directories: Recurse, UTF8: g.IntN(3) > 0, Rules: []Rule{{Include, pattern}}}
		if !compare(t, dir, nil, o) {
			if failures++; failures == 10 {
				t.FailNow()
			}
		}
	}
}

// TestOperandRules is about where in an operand a rule may match.
func TestOperandRules(t *testing.T) {
	needGrep(t)
	plant(t, "d/x.c", "d/s/x.c", "top.c")
	operands := []string{"top.c", "./top.c", ".//top.c", "d/x.c", "d//x.c", "d", "d/", "d//", "./d", "d/s", "d/s/", "d/.", "."}
	for _, pattern := range []string{"x.c", "/x.c", "?x.c", "[/]x.c", "d/x.c", "d//x.c", "d*c", "top.c", "./top.c", "*", "d", "d/", "s", "d/s", "d/?", ".", "./", "?", "", "/", "*/", `\x.c`} {
		for kind := range Kind(3) {
			for action := range Action(3) {
				compare(t, ".", operands, Options{Directories: action, Rules: []Rule{{kind, pattern}}})
			}
		}
	}
}

// TestDevices asks which FIFOs would be read.
func TestDevices(t *testing.T) {
	plant(t, "d/f")
	if err := syscall.Mkfifo("d/p", 0o666); err != nil {
		t.Skip("no FIFO:", err)
	}
	operands := []string{"d", "d/p"}
	for _, test := range []struct {
		devices Devices
		follow  bool
		want    []string
	}{
		{ReadOperands, false, []string{"d/f", "d/p"}},
		{ReadOperands, true, []string{"d/f", "d/p", "d/p"}},
		{ReadAll, false, []string{"d/f", "d/p", "d/p"}},
		{SkipAll, false, []string{"d/f"}},
		{SkipAll, true, []string{"d/f"}},
	} {
		o := Options{Directories: Recurse, Devices: test.devices, FollowLinks: test.follow}
		if got := names(operands, o); !slices.Equal(got, test.want) {
			t.Errorf("%+v: %q, want %q", o, got, test.want)
		}
	}
}
