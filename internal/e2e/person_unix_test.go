//go:build unix

package e2e

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/creack/pty"

	"github.com/linefork/linefork/internal/e2e/setup"
)

// onTerminal runs a command with the streams that are set to a terminal, and returns what it
// showed there.
func onTerminal(t *testing.T, cmd *exec.Cmd, set func(tty *os.File)) string {
	t.Helper()
	screen, tty, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer screen.Close()
	set(tty)
	err = cmd.Start()
	tty.Close()
	if err != nil {
		t.Fatal(err)
	}
	var shown bytes.Buffer
	_, _ = io.Copy(&shown, screen) // on Linux the end is an error
	_ = cmd.Wait()                 // the status is looked at by the test
	return strings.ReplaceAll(shown.String(), "\r\n", "\n")
}

// TestHintAtArchive has a person told, and no one else, that a file is compressed.
func TestHintAtArchive(t *testing.T) {
	setup.Watch(t)
	dir := t.TempDir()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = io.WriteString(w, "id,x\n1,a\n")
	w.Close()
	for name, data := range map[string]string{"plain": "1,a\n", "a b.gz": b.String(), "two.gz": b.String()} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	link := filepath.Join(t.TempDir(), "grep")
	program, err := exec.LookPath("linefork")
	if err == nil {
		err = os.Symlink(program, link)
	}
	if err != nil {
		t.Fatal(err)
	}
	const hint = "linefork: 'a b.gz': compressed with gzip; --decompress reads what it holds\n"
	for _, test := range []struct {
		line string // of a shell
		want string
	}{
		{"linefork count 'a b.gz'", hint},
		{"linefork count plain 'a b.gz' two.gz", hint},
		{"linefork count --csv 'a b.gz'", hint},
		{"linefork count --by 1 'a b.gz'", hint},
		{"linefork grep nothing 'a b.gz'", hint},
		{"linefork grep -c nothing 'a b.gz'", hint},
		{"linefork filter -k 1 'a b.gz'", hint},
		{"linefork filter -k 1 <two.gz", strings.Replace(hint, "'a b.gz'", "(standard input)", 1)},
		{"linefork count plain", ""},
		{"linefork count --decompress 'a b.gz'", ""},
		{"linefork grep -q nothing 'a b.gz'", ""},
		{"linefork grep -s nothing 'a b.gz'", ""},
		{"cat 'a b.gz' | linefork count", ""},
		{"linefork count 'a b.gz' 2>/dev/null", ""},
		{link + " nothing 'a b.gz'", ""},
	} {
		cmd := exec.Command("sh", "-c", test.line)
		cmd.Dir, cmd.Env = dir, append(os.Environ(), "LC_ALL=C")
		got := onTerminal(t, cmd, func(tty *os.File) { cmd.Stderr = tty })
		if got != test.want {
			t.Errorf("%s: %q, want %q", test.line, got, test.want)
		}
		if code := cmd.ProcessState.ExitCode(); code > 1 {
			t.Errorf("%s: status %d", test.line, code)
		}
	}
}

// TestGenerateToTerminal has rows kept off a terminal.
func TestGenerateToTerminal(t *testing.T) {
	setup.Watch(t)
	const refusal = "linefork: rows are not written to a terminal; redirect them, or use --force\n" +
		"Try 'linefork generate --help' for more information.\n"
	for line, status := range map[string]int{
		"linefork generate --rows 1": 2, "linefork generate --rows 1 --force": 0,
		"linefork generate --rows 1 | cat": 0,
	} {
		cmd := exec.Command("sh", "-c", line)
		shown := onTerminal(t, cmd, func(tty *os.File) { cmd.Stdout, cmd.Stderr = tty, tty })
		if got := cmd.ProcessState.ExitCode(); got != status || (status == 2) != (shown == refusal) {
			t.Errorf("%s: status %d, %q", line, got, shown)
		}
	}
}

// TestHelpWidthOfTerminal has help in the width of the terminal, unless COLUMNS says otherwise.
func TestHelpWidthOfTerminal(t *testing.T) {
	setup.Watch(t)
	for _, test := range []struct {
		columns uint16
		set     string
		least   int
		most    int
	}{
		{60, "", 50, 60}, {90, "", 81, 90}, {200, "", 91, 100}, {60, "COLUMNS=90", 81, 90}, {0, "", 70, 80},
		{0, "COLUMNS=x", 70, 80},
	} {
		cmd := exec.Command("sh", "-c", test.set+" exec linefork grep --help")
		cmd.Env = append(os.Environ(), "COLUMNS=")
		shown := onTerminal(t, cmd, func(tty *os.File) {
			cmd.Stdout = tty
			if err := pty.Setsize(tty, &pty.Winsize{Rows: 24, Cols: test.columns}); err != nil {
				t.Fatal(err)
			}
		})
		widest := 0
		for line := range strings.Lines(shown) {
			widest = max(widest, len(strings.TrimSuffix(line, "\n")))
		}
		if widest < test.least || widest > test.most {
			t.Errorf("%d columns, %q: the widest line has %d", test.columns, test.set, widest)
		}
	}
}
