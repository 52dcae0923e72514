//go:build unix

package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/linefork/linefork/internal/e2e/setup"
)

// TestREADME runs the transcripts in the README: each line that starts with a dollar sign, run at
// the top of the checkout, must print the lines below it.
func TestREADME(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(setup.Root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	commands := 0
	for _, block := range strings.Split(string(text), "```console\n")[1:] {
		block, _, _ = strings.Cut(block, "```")
		for _, item := range strings.Split("\n"+block, "\n$ ")[1:] {
			command, want, _ := strings.Cut(item, "\n")
			if want != "" && !strings.HasSuffix(want, "\n") {
				want += "\n"
			}
			cmd := exec.Command("sh", "-c", command)
			cmd.Dir = setup.Root
			cmd.Env = append(os.Environ(), "LC_ALL=C")
			got, err := cmd.CombinedOutput()
			if err != nil || string(got) != want {
				t.Errorf("$ %s\nprinted (%v)\n%swant\n%s", command, err, got, want)
			}
			commands++
		}
	}
	if commands < 10 {
		t.Errorf("only %d commands found", commands)
	}
}

// TestREADMETestCommand checks that CI runs the test command that the README names.
func TestREADMETestCommand(t *testing.T) {
	const command = "go test ./..."
	for _, name := range []string{"README.md", ".ci/run"} {
		text, err := os.ReadFile(filepath.Join(setup.Root, name))
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(text), "\n"+command+"\n") {
			t.Errorf("%s has no line %q", name, command)
		}
	}
}
