//go:build unix

package walk

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/linefork/linefork/internal/glibc"
	"github.com/linefork/linefork/internal/gnu"
	"github.com/linefork/linefork/internal/peer"
)

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

// outcome is the result of grep -c -Z with the empty pattern.
type outcome struct {
	lines  []string // of the output and the messages, sorted
	status int
}

func (o outcome) equal(p outcome) bool {
	return o.status == p.status && slices.Equal(o.lines, p.lines)
}

func askGrep(t testing.TB, operands []string, o Options) (out outcome) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	args := append([]string{"-cZ", "-e", ""}, o.flags()...)
	cmd := exec.CommandContext(ctx, peer.Grep.Need(t), append(append(args, "--"), operands...)...)
	cmd.Args[0] = "grep"
	cmd.Env = []string{"LC_ALL=C"}
	if o.UTF8 {
		cmd.Env = []string{"LC_ALL=C.UTF-8"}
	}
	cmd.Stdin = strings.NewReader("line\n")
	bind(cmd)
	var stdout, stderr strings.Builder
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	if out.status = cmd.ProcessState.ExitCode(); out.status < 0 || out.status > 2 {
		t.Fatalf("%q: %v", cmd.Args, err)
	}
	for line := range strings.Lines(stdout.String() + stderr.String()) {
		out.lines = append(out.lines, line)
	}
	slices.Sort(out.lines)
	return out
}

// askWalk counts the lines of the files that a walk yields, and reports as grep does.
func askWalk(t testing.TB, operands []string, o Options) outcome {
	t.Helper()
	report := reporter{named: len(operands) > 1}
	for file, err := range Files(byName(operands, o), o) {
		if err == nil {
			report.count(&file, o.Directories == Recurse)
			continue
		}
		if file != (File{}) {
			t.Errorf("%+v together with the error %v", file, err)
		}
		report.fail(err)
	}
	if report.failed {
		report.status = 2
	} else if !report.selected {
		report.status = 1
	}
	slices.Sort(report.lines)
	return report.outcome
}

// reporter prints as grep does.
type reporter struct {
	outcome
	named            bool // print names with counts, even that of a single operand
	stdin            bool // has been read
	selected, failed bool
}

func (r *reporter) count(file *File, recursive bool) {
	data, name := []byte("line\n"), "(standard input)"
	if file.Shared == nil {
		name = file.Name
		var err error
		if data, err = readNow(file.Place.Path); err != nil {
			r.fail(&fs.PathError{Op: "open", Path: name, Err: err})
			return
		}
	} else if r.stdin {
		data = nil
	}
	r.stdin = r.stdin || file.Shared != nil
	n := bytes.Count(data, []byte{'\n'})
	r.selected = r.selected || n > 0
	r.print(name, n, !file.Operand && recursive)
}

func (r *reporter) print(name string, n int, named bool) {
	line := strconv.Itoa(n) + "\n"
	if r.named || named {
		line = name + "\x00" + line
	}
	r.lines = append(r.lines, line)
}

func (r *reporter) fail(err error) {
	var path *fs.PathError
	if !errors.As(err, &path) {
		_ = err.(*Loop)
		r.lines = append(r.lines, "grep: "+err.Error()+"\n")
		return
	}
	r.failed = true
	r.lines = append(r.lines, "grep: "+path.Path+": "+gnu.Reason(err)+"\n")
	if errors.Is(err, syscall.EISDIR) {
		r.print(path.Path, 0, false)
	}
}

// readNow reads a file without waiting for the writer of a FIFO.
func readNow(path string) ([]byte, error) {
	file, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err.(*fs.PathError).Err
	}
	defer file.Close()
	return io.ReadAll(file)
}

func compare(t testing.TB, operands []string, o Options) bool {
	t.Helper()
	want, got := askGrep(t, operands, o), askWalk(t, operands, o)
	if !got.equal(want) {
		t.Errorf("grep %q %q, UTF-8 %v:\nstatus %d, for grep %d\nonly here %q\nonly grep %q",
			o.flags(), operands, o.UTF8,
			got.status, want.status, minus(got.lines, want.lines), minus(want.lines, got.lines))
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
	return g.pick(
		"a", "b", "c", "x.c", "y.h", ".x", ".d", "d", "é", "éa", "f\xff", "*", "[", `\`, "a b", "-",
		"A", "1", "x.c~",
	)
}

// tree makes files, directories, links, sockets and, if asked for, FIFOs below dir.
func (g *generator) tree(t testing.TB, dir string, fifos bool) {
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
		switch g.IntN(11) {
		case 0, 1, 2:
			err = os.Mkdir(path, 0o777)
			dirs = append(dirs, path+"/")
		case 3:
			err = os.Symlink(g.pick(
				".", "..", "../..", "missing", g.name(), g.name()+"/", dir+"/"+g.name(),
				filepath.Base(path),
			), path)
		case 4:
			err = os.Symlink("/dev/null", path)
		case 5:
			if err = listen(path); err != nil {
				t.Fatal(err)
			}
		case 6:
			if fifos {
				err = syscall.Mkfifo(path, 0o666)
				break
			}
			fallthrough
		default:
			err = os.WriteFile(path, bytes.Repeat([]byte("line\n"), g.IntN(3)), 0o666)
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
		out = append(out, g.pick("", "", "./", "././", ".//")+g.pick(g.paths...)+g.pick("", "", "",
			"/", "//", "///", "/."))
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
		b.WriteString(g.pick(
			g.name(), "*", "?", "*.c", "[a-c]", "[!a]", "[[:alpha:]]", "[^.]", `\a`, `\*`, "/", "./",
			"[.]", "??", "*/", "[[:upper:]x]",
		))
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

// listen leaves a socket at path.
func listen(path string) error {
	s, err := syscall.Socket(syscall.AF_UNIX, syscall.SOCK_STREAM, 0)
	if err != nil {
		return err
	}
	defer syscall.Close(s)
	return syscall.Bind(s, &syscall.SockaddrUnix{Name: path})
}

// options draws options. If there are FIFOs, grep must not wait for a writer below a directory.
func (g *generator) options(fifos bool) Options {
	o := Options{
		Directories: Action(g.IntN(3)), Devices: Devices(g.IntN(3)), Rules: g.rules(),
		UTF8: g.IntN(2) == 0,
	}
	if g.IntN(2) == 0 {
		o.Directories = Recurse
	}
	o.FollowLinks = o.Directories == Recurse && g.IntN(2) == 0
	if fifos && (o.FollowLinks || o.Devices == ReadAll) {
		o.Devices = SkipAll
	}
	return o
}

func isFIFO(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode()&fs.ModeNamedPipe != 0
}

// TestRandomTrees compares names, counts, messages and the exit status.
func TestRandomTrees(t *testing.T) {
	randomTrees(t, 1, 40, func(*generator) func() { return func() {} })
}

// randomTrees passes each tree to spoil, which returns how to undo its work.
func randomTrees(
	t *testing.T, stream uint64, trees int, spoil func(g *generator) (restore func()),
) {
	peer.Grep.Need(t)
	g := newGenerator(stream)
	failures := 0
	for range rounds(trees) {
		dir := filepath.Join(t.TempDir(), "links", "lead", "to")
		if err := os.MkdirAll(dir, 0o777); err != nil {
			t.Fatal(err)
		}
		t.Chdir(dir)
		fifos := g.IntN(2) == 0
		g.tree(t, dir, fifos)
		restore := spoil(g)
		for range 10 {
			o := g.options(fifos)
			operands := g.operands()
			if o.Devices != SkipAll {
				operands = slices.DeleteFunc(operands, isFIFO) // grep would wait for a writer
			}
			if !compare(t, operands, o) {
				failures++
			}
		}
		restore()
		if failures > 10 {
			t.FailNow()
		}
	}
}

// TestGlobs lets grep match many names with many patterns.
func TestGlobs(t *testing.T) {
	peer.Grep.Need(t)
	g := newGenerator(2)
	t.Chdir(t.TempDir())
	pieces := []string{
		"a", "b", "Z", "1", ".", "-", "]", "[", "!", "^", "é", "ß", "€", "\xff", "\xc3",
		" ", `\`, "*", "?",
	}
	for range 200 {
		var name strings.Builder
		for range 1 + g.IntN(3) {
			name.WriteString(g.pick(pieces...))
		}
		if base := name.String(); base != "." && base != ".." {
			if err := os.WriteFile(base, []byte("line\n"), 0o666); err != nil {
				t.Skip("a name that the file system rejects:", err)
			}
		}
	}
	wild := append(pieces,
		"*", "*", "?", "?", "[", "[", "]", "]", "[a-z]", "[!a]", "[^b-é]", "[[:alpha:]]",
		"[![:punct:]]", "[[:foo:]]", "[]a]", "[a", "[[.a.]]", "[[=b=]-c]", "[z-a]", `[\]]`, "[a-]",
		"[[:alpha:][:digit:]]", "[é-ÿ]", "[[:lower:]", "[[.é.]]", "[:", ":]", "[.", ".]", "[=", "=]",
		"[^", "[!", "-", "a-z", "[[=é=]]", "[[:zzz:]]", "[[:a", "[[.hyphen.]]", "/", "[/]",
	)
	patterns := []string{`*\`, `?\`, `*\\`, "[![:foo:]]*", "[!a[:foo:]]*", "[a[:foo:]]*",
		"[![.ab.]]*", "[!]a]*", "[]a]*", "[]]", "[[.ab.]-c]*", "[a-[.c.]]*",
		"[^[.]*", "[a[.]*", "[[.", "[b[=]*", "[b[=aa=]]*"}
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
		if !compare(t, nil, o) {
			if failures++; failures == 10 {
				t.FailNow()
			}
		}
	}
}

// TestClassesOfGrep compares characters on both sides of each border of each class.
func TestClassesOfGrep(t *testing.T) {
	peer.Grep.Need(t)
	if libc := peer.Libc(); libc != "glibc 2.36" {
		t.Skipf("nothing to compare with: the C library is not glibc 2.36 but %q", libc)
	}
	t.Chdir(t.TempDir())
	names := []string{
		"alnum", "alpha", "blank", "cntrl", "digit", "graph", "lower", "print", "punct", "space",
		"upper", "xdigit",
	}
	for _, name := range names {
		class, _ := glibc.Named(name)
		for _, border := range class {
			for _, r := range []rune{border.Lo - 1, border.Lo, border.Hi, border.Hi + 1} {
				if r <= 0 || strings.ContainsRune("\n./", r) || !utf8.ValidRune(r) {
					continue
				}
				if err := os.WriteFile(string(r), nil, 0o666); err != nil {
					t.Skip("a name that the file system rejects:", err)
				}
			}
		}
	}
	for _, name := range names {
		for _, utf := range []bool{false, true} {
			for _, pattern := range []string{"[[:" + name + ":]]", "*[![:" + name + ":]]"} {
				compare(t, nil, Options{
					Directories: Recurse, UTF8: utf, Rules: []Rule{{Include, pattern}},
				})
			}
		}
	}
}

// TestOperandRules shows where in an operand a rule may match.
func TestOperandRules(t *testing.T) {
	peer.Grep.Need(t)
	plant(t, "d/x.c", "d/s/x.c", "top.c")
	operands := []string{
		"top.c", "./top.c", ".//top.c", "d/x.c", "d//x.c", "d", "d/", "d//", "./d", "d/s",
		"d/s/", "d/.", ".",
	}
	for _, pattern := range []string{
		"x.c", "/x.c", "?x.c", "[/]x.c", "d/x.c", "d//x.c", "d*c", "top.c", "./top.c", "*", "d",
		"d/", "s", "d/s", "d/?", ".", "./", "?", "", "/", "*/", `\x.c`,
	} {
		for kind := range Kind(3) {
			for action := range Action(3) {
				compare(t, operands, Options{Directories: action, Rules: []Rule{{kind, pattern}}})
			}
		}
	}
}

// TestDevices shows which FIFOs would be read.
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
