//go:build unix

package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/linefork/linefork/internal/e2e/setup"
	"github.com/linefork/linefork/internal/peer"
)

// commandNames are linefork's commands, as its help lists them.
func commandNames(t *testing.T) (names []string) {
	t.Helper()
	out, err := exec.Command("linefork").Output()
	if err != nil {
		t.Fatal(err)
	}
	_, list, _ := strings.Cut(string(out), "\nCommands:\n")
	list, _, _ = strings.Cut(list, "\n\n")
	for line := range strings.Lines(list) {
		names = append(names, strings.Fields(line)[0])
	}
	if len(names) < 5 {
		t.Fatalf("no commands in\n%s", out)
	}
	return names
}

// TestHelpExamples runs the examples of each command's help where their files are. Each ends well
// and prints something.
func TestHelpExamples(t *testing.T) {
	setup.Watch(t)
	for _, name := range append(commandNames(t), "") {
		help := exec.Command("linefork", strings.Fields(name+" --help")...)
		help.Env = append(os.Environ(), "COLUMNS=100")
		out, err := help.Output()
		if err != nil {
			t.Fatal(err)
		}
		_, examples, _ := strings.Cut(string(out), "\nExamples:\n")
		examples, _, _ = strings.Cut(examples, "\n\n")
		ran := 0
		for line := range strings.Lines(examples) {
			line, isText := strings.CutPrefix(line, "   ")
			if isText {
				continue
			}
			// A text beside a command follows after two blanks.
			line, _, _ = strings.Cut(strings.TrimSpace(line), "  ")
			cmd := exec.Command("sh", "-c", line)
			cmd.Dir = filepath.Join(setup.Root, "testdata")
			cmd.Env = append(os.Environ(), "LC_ALL=C", "LINEFORK_OPTIONS=")
			got, err := cmd.Output()
			if err != nil || len(got) == 0 {
				t.Errorf("%s: %v, printed %q", line, err, got)
			}
			ran++
		}
		if ran == 0 || ran > 4 {
			t.Errorf("%s: %d examples in\n%s", name, ran, out)
		}
	}
}

// TestManPages has what formats manual pages find nothing wrong with them.
func TestManPages(t *testing.T) {
	setup.Watch(t)
	type formatter struct {
		name string
		args []string
		show bool // standard output is the page, not only complaints
	}
	for _, f := range []formatter{
		{"man", []string{"--warnings", "-l"}, true},
		{"groff", []string{"-ww", "-man", "-Tutf8"}, true},
		{"mandoc", []string{"-T", "lint", "-W", "warning"}, false},
	} {
		t.Run(f.name, func(t *testing.T) {
			path := peer.Named(f.name).Need(t)
			for _, name := range append(commandNames(t), "") {
				page, err := exec.Command("linefork", strings.Fields("man "+name)...).Output()
				if err != nil {
					t.Fatal(err)
				}
				file := filepath.Join(t.TempDir(), "page.1")
				if err := os.WriteFile(file, page, 0o666); err != nil {
					t.Fatal(err)
				}
				var stdout, stderr strings.Builder
				cmd := exec.Command(path, append(f.args, file)...)
				cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8", "MANWIDTH=80")
				cmd.Stdout, cmd.Stderr = &stdout, &stderr
				err = cmd.Run()
				complaints := stderr.String()
				if !f.show {
					// The commit, and so the date, is known only in a checkout.
					err, complaints = nil, complaints+withoutLine(stdout.String(), "missing date")
				} else if stdout.Len() < len(page)/2 {
					t.Errorf("%s: %d bytes of %d are shown", name, stdout.Len(), len(page))
				}
				if err != nil || complaints != "" {
					t.Errorf("%s: %v\n%s", name, err, complaints)
				}
			}
		})
	}
}

// withoutLine returns the lines of a text that do not hold what.
func withoutLine(text, what string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		if !strings.Contains(line, what) {
			b.WriteString(line)
		}
	}
	return b.String()
}
