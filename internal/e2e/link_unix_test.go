//go:build unix

package e2e

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/linefork/linefork/internal/e2e/setup"
	"github.com/linefork/linefork/internal/peer"
)

// answerOf is what a program did.
type answerOf struct {
	stdout, stderr string
	status         int
}

// called runs a program by a name, in a folder.
func called(t interface{ Fatalf(string, ...any) }, path, name, dir, stdin string, args ...string) answerOf {
	var stdout, stderr bytes.Buffer
	cmd := exec.Command(path, args...)
	cmd.Args[0], cmd.Dir = name, dir
	cmd.Env = append(os.Environ(), "LC_ALL=C", "LINEFORK_OPTIONS=--nonsense")
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(stdin), &stdout, &stderr
	if err := cmd.Run(); cmd.ProcessState == nil {
		t.Fatalf("%s: %v", path, err)
	}
	return answerOf{stdout.String(), stderr.String(), cmd.ProcessState.ExitCode()}
}

// linkTo makes a link to linefork.
func linkTo(t *testing.T, name string) (path string) {
	t.Helper()
	setup.Watch(t)
	program, err := exec.LookPath("linefork")
	if err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(t.TempDir(), name)
	if err := os.Symlink(program, path); err != nil {
		t.Fatal(err)
	}
	return path
}

// linkFiles are a folder with files for links, and what their standard input holds.
func linkFiles(t *testing.T) (dir, stdin string) {
	t.Helper()
	dir = t.TempDir()
	for name, data := range map[string]string{
		"a": "one two\nthree\n\n", "b": "no end", "empty": "", "long": strings.Repeat("word\tword\n", 1e4),
		"list": "a\x00b\x00",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir, "from a pipe\nword\n"
}

// TestLinkWC compares what is called wc with GNU wc.
func TestLinkWC(t *testing.T) {
	gnu, ours := peer.WC.Need(t), linkTo(t, "wc")
	dir, stdin := linkFiles(t)
	options := []string{
		"-l", "-w", "-c", "-m", "-L", "-lw", "-cL", "--l", "--lin", "--w", "--c", "--ch", "--by", "--b",
		"--m", "--max", "--lines", "--words", "--bytes", "--chars", "--files0-from=list", "--f=list",
		"--files0-from=missing", "-x", "--bogus", "--lines=3", "--no", "-",
	}
	if err := exec.Command(gnu, "--total=never", os.DevNull).Run(); err == nil { // 9.2 and later
		options = append(options, "--t=never", "--total=only", "--tot=always")
	}
	operand := rapid.SampledFrom([]string{"a", "b", "empty", "long", "missing", ".", "-", "--", "count"})
	rapid.Check(t, func(t *rapid.T) {
		args := rapid.SliceOfN(rapid.SampledFrom(options), 0, 3).Draw(t, "options")
		args = append(args, rapid.SliceOfN(operand, 0, 3).Draw(t, "operands")...)
		want := called(t, gnu, "wc", dir, stdin, args...)
		if got := called(t, ours, "wc", dir, stdin, args...); got != want {
			t.Errorf("wc %q: %+v\nwant %+v", args, got, want)
		}
	})
}

// TestLinkGrep compares what is called grep with GNU grep, and so egrep and fgrep with its -E and
// -F.
func TestLinkGrep(t *testing.T) {
	gnu := peer.Grep.Need(t)
	dir, stdin := linkFiles(t)
	options := rapid.SampledFrom([]string{
		"-n", "-c", "-v", "-i", "-l", "-o", "-x", "-w", "-h", "-H", "-q", "-s", "-m1", "-A1", "-1", "-bo",
		"--col", "--colour=always", "--line-n", "--line-reg", "--inc=a", "--exclude=b", "--exclude-d=x",
		"--no-f", "--no-m", "--with", "--word", "--only", "--max=2", "--fixed", "--ext", "--perl", "--basic",
		"--inv", "--ig", "--nul", "--lab=x", "--reg=word", "--e", "--js", "--bogus", "-E",
		"-F", "-dskip", "--dir=skip", "--dev=read", "--context=x", "--ini", "--text", "--cou",
	})
	pattern := rapid.SampledFrom([]string{"o", "word", "^", "t.", "(o|r)", "a\\|b", "[", "*", "w+", "\\w"})
	operand := rapid.SampledFrom([]string{"a", "b", "empty", "long", "missing", "-", "--"})
	for name, option := range map[string]string{"grep": "", "egrep": "-E", "fgrep": "-F"} {
		ours := linkTo(t, name)
		t.Run(name, rapid.MakeCheck(func(t *rapid.T) {
			args := rapid.SliceOfN(options, 0, 3).Draw(t, "options")
			args = append(args, rapid.SliceOfN(pattern, 0, 1).Draw(t, "pattern")...)
			args = append(args, rapid.SliceOfN(operand, 0, 2).Draw(t, "operands")...)
			words := args
			if option != "" {
				words = append([]string{option}, args...)
			}
			// GNU's program is always called grep, and egrep is a script that calls it.
			want := called(t, gnu, "grep", dir, stdin, words...)
			want.stderr = strings.ReplaceAll("\n"+want.stderr, "\ngrep: ", "\n"+name+": ")
			want.stderr = strings.ReplaceAll(want.stderr, "'grep --help'", fmt.Sprintf("'%s --help'", name))
			want.stderr = strings.ReplaceAll(want.stderr, "\nUsage: grep ", "\nUsage: "+name+" ")[1:]
			got := called(t, ours, name, dir, stdin, args...)
			got.stderr, want.stderr = inOrder(got.stderr), inOrder(want.stderr)
			if want.status == 2 && len(args) > 1 {
				got.stderr = want.stderr // of several errors each has its own first
			}
			if got != want {
				t.Errorf("%s %q: %+v\nwant %+v", name, args, got, want)
			}
		}))
	}
}

// inOrder sorts what an abbreviation may stand for, which each program has in an order of its own.
func inOrder(message string) string {
	const before = "; possibilities: "
	start := strings.Index(message, before) + len(before)
	if start < len(before) {
		return message
	}
	list, rest, _ := strings.Cut(message[start:], "\n")
	names := strings.Fields(list)
	slices.Sort(names)
	return message[:start] + strings.Join(names, " ") + "\n" + rest
}

// TestLinkInProcesses has a link start child processes, which must not take themselves for the
// tool.
func TestLinkInProcesses(t *testing.T) {
	dir, _ := linkFiles(t)
	for _, test := range []struct {
		name string
		args []string
		want string
	}{
		{"wc", []string{"--mode=processes", "--processes=2", "--range-size=1000", "long"},
			" 10000  20000 100000 long\n"},
		{"fgrep", []string{"--mode=processes", "--processes=2", "--range-size=1000", "-c", "word", "long"},
			"10000\n"},
	} {
		got := called(t, linkTo(t, test.name), test.name, dir, "", test.args...)
		if (got != answerOf{stdout: test.want}) {
			t.Errorf("%s %q: %+v", test.name, test.args, got)
		}
	}
}
