//go:build unix

package e2e

import (
	"bufio"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"

	"github.com/linefork/linefork/internal/e2e/setup"
	"github.com/linefork/linefork/internal/peer"
)

// completions are lines that a person types up to a key that puts in all that they may go on
// with, in a folder with the files taxi.csv and "semi colon.csv".
var completions = []struct {
	line string
	want []string // what is added instead of the last word, in any order
}{
	{"linefork filter --ke", []string{"--key", "--keys-file"}},
	{"linefork filter --keys", []string{"--keys-file"}},
	{"linefork gen", []string{"generate"}},
	{"echo x | linefork fil", []string{"filter"}},
	{"linefork count --mode t", []string{"threads"}},
	{"linefork count --mode=t", []string{"--mode=threads"}},
	{"linefork grep --color=al", []string{"--color=always"}},
	{"linefork filter --encoding gb", []string{"gbk", "gb18030"}},
	{"linefork filter taxi.csv --column la", []string{"lat"}},
	{"linefork count taxi.csv --by=lng --by=o", []string{"--by=occupied"}},
	{`linefork filter -d ';' semi\ colon.csv --column i`, []string{`id\ card`}},
	{"linefork count ta", []string{"taxi.csv"}},
	{"linefork filter --keys-file=ta", []string{"--keys-file=taxi.csv"}},
	{"linefork filter -- --ke", []string{"--ke"}}, // nothing
}

// shell is an interactive shell on a terminal.
type shell struct {
	t    *testing.T
	keys *os.File
	out  *bufio.Reader
}

// newShell starts a shell in the folder that completions are for.
func newShell(t *testing.T, words ...string) *shell {
	t.Helper()
	path := peer.Named(words[0]).Need(t)
	setup.Watch(t)
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	cmd := exec.CommandContext(ctx, path, words[1:]...)
	cmd.Dir = completionDir(t)
	cmd.Env = append(os.Environ(), "TERM=xterm", "HISTFILE=/dev/null", "LINEFORK_OPTIONS=")
	keys, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 50, Cols: 250})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cancel()
		keys.Close()
		cmd.Wait() // killed
	})
	return &shell{t, keys, bufio.NewReader(keys)}
}

func completionDir(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	taxi, err := os.ReadFile(filepath.Join(setup.Root, "testdata", "taxi.csv"))
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{
		"taxi.csv": taxi, "semi colon.csv": []byte("id card;day\n1;2\n"),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// press sends keys.
func (s *shell) press(keys string) {
	s.t.Helper()
	if _, err := s.keys.WriteString(keys); err != nil {
		s.t.Fatal(err)
	}
}

var bracketed = regexp.MustCompile(`^(?:.*\r)?<(.*)>\r\n$`)

// answered waits for a line between angle brackets.
func (s *shell) answered() string {
	s.t.Helper()
	for seen := ""; ; {
		line, err := s.out.ReadString('\n')
		seen += line
		if err != nil {
			s.t.Fatalf("%v, after %q", err, seen)
		}
		if found := bracketed.FindStringSubmatch(line); found != nil {
			return found[1]
		}
	}
}

// Keys that mean nothing to a terminal while no shell reads them.
const (
	insertAll = "\x06" // Ctrl-F
	showLine  = "\x10" // Ctrl-P
	clearLine = "\x07" // Ctrl-G
)

// try types all completions.
func (s *shell) try() {
	s.t.Helper()
	for _, c := range completions {
		s.press(c.line + insertAll + showLine)
		got := s.answered()
		start := strings.LastIndexByte(c.line, ' ') + 1
		words := strings.Fields(strings.ReplaceAll(strings.TrimPrefix(got, c.line[:start]), `\ `, "\x00"))
		for i, word := range words {
			words[i] = strings.ReplaceAll(word, "\x00", `\ `)
		}
		want := slices.Clone(c.want)
		slices.Sort(want)
		slices.Sort(words)
		if !slices.Equal(words, want) {
			s.t.Errorf("%s: %q is %q, want %q", c.line, got, words, want)
		}
		s.press(clearLine)
	}
}

// TestCompletionBash has bash complete by itself.
func TestCompletionBash(t *testing.T) {
	s := newShell(t, "bash", "--noprofile", "--norc", "-i")
	s.press(`bind 'set enable-bracketed-paste off'; bind '"\C-f": insert-completions'; ` +
		`bind '"\C-g": kill-whole-line'; bind -x '"\C-p": printf "<%s>\n" "$READLINE_LINE"'; ` +
		". <(linefork completion bash); printf '<%s>\\n' ready\n")
	if got := s.answered(); got != "ready" {
		t.Fatal(got)
	}
	s.try()
}

// TestCompletionZsh has zsh complete by itself.
func TestCompletionZsh(t *testing.T) {
	s := newShell(t, "zsh", "-f", "-i")
	s.press("autoload -Uz compinit && compinit -u -D; unsetopt prompt_sp; " +
		"show() { zle -I; print -r -- \"<$BUFFER>\" }; zle -N show; bindkey '^P' show; " +
		"zle -C all complete-word _generic; zstyle ':completion:all:*' insert true; " +
		"zstyle ':completion:all::::' completer _all_matches _complete; bindkey '^F' all; " +
		"bindkey '^G' kill-whole-line; . <(linefork completion zsh); print '<'ready'>'\n")
	if got := s.answered(); got != "ready" {
		t.Fatal(got)
	}
	s.try()
}

// TestCompletionFish has fish complete by itself.
func TestCompletionFish(t *testing.T) {
	path := peer.Named("fish").Need(t)
	setup.Watch(t)
	dir := completionDir(t)
	for _, c := range completions {
		cmd := exec.Command(path, "--no-config", "-c",
			"linefork completion fish | source; complete -C $argv[1]", "--", c.line)
		cmd.Dir, cmd.Env = dir, append(os.Environ(), "HOME="+dir)
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		var got, want []string
		for line := range strings.Lines(string(out)) {
			word, _, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
			got = append(got, word)
		}
		for _, word := range c.want {
			if !strings.HasSuffix(c.line, " "+word) { // fish shows what is there, not what is typed
				want = append(want, strings.ReplaceAll(word, `\ `, " "))
			}
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", c.line, got, want)
		}
	}
}

// TestCompletionScripts has the shells read their scripts without running them.
func TestCompletionScripts(t *testing.T) {
	setup.Watch(t)
	for _, shell := range []string{"bash", "zsh", "fish"} {
		t.Run(shell, func(t *testing.T) {
			path := peer.Named(shell).Need(t)
			script, err := exec.Command("linefork", "completion", shell).Output()
			if err != nil {
				t.Fatal(err)
			}
			name := filepath.Join(t.TempDir(), "script")
			if err := os.WriteFile(name, script, 0o666); err != nil {
				t.Fatal(err)
			}
			if out, err := exec.Command(path, "-n", name).CombinedOutput(); err != nil || len(out) > 0 {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
}
