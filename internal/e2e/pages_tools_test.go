//go:build unix

package e2e

import (
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/linefork/linefork/internal/e2e/setup"
	"github.com/linefork/linefork/internal/peer"
)

// isCompared matches a row of a table that has a command in each of its first two columns.
var isCompared = regexp.MustCompile("^\\| `(.*?)` \\| `(linefork .*?|.* linefork .*?)` \\| (.*)\\|$")

// TestComingFrom runs the commands that docs/coming-from.md shows side by side. They must print the
// same bytes, unless the page says what differs.
func TestComingFrom(t *testing.T) {
	setup.Watch(t)
	dir := t.TempDir()
	link(t, dir)
	run := func(command string) (output string, status int) {
		cmd := exec.Command("sh", "-c", strings.ReplaceAll(command, `\|`, "|"))
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8")
		out, err := cmd.CombinedOutput()
		if err != nil && cmd.ProcessState == nil {
			t.Fatal(err)
		}
		return string(out), cmd.ProcessState.ExitCode()
	}
	tool, rows := "", 0
	for _, line := range readPage(t, "docs/coming-from.md") {
		if heading, ok := strings.CutPrefix(line, "## "); ok {
			tool = heading
		}
		if !strings.HasPrefix(line, "| `"+tool+"` ") && strings.HasPrefix(line, "| `") && !isCompared.MatchString(line) {
			t.Errorf("no two commands: %s", line)
		}
		m := isCompared.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		rows++
		theirs, ours, differs := m[1], m[2], strings.TrimSpace(m[3])
		t.Run(tool, func(t *testing.T) {
			got, status := run(ours)
			if status != 0 || got == "" {
				t.Fatalf("$ %s\nstatus %d\n%s", ours, status, got)
			}
			toolNamed(tool).Need(t)
			want, status := run(theirs)
			switch {
			case status != 0:
				t.Errorf("$ %s\nstatus %d\n%s", theirs, status, want)
			case differs == "" && got != want:
				t.Errorf("$ %s\n%s$ %s\n%s", theirs, want, ours, got)
			}
		})
	}
	if rows < 10 {
		t.Errorf("only %d rows found", rows)
	}
}

// toolNamed returns a tool that linefork is compared with on a page.
func toolNamed(name string) peer.Tool {
	switch name {
	case "wc":
		return peer.WC
	case "grep":
		return peer.PCRE
	}
	return peer.Named(name)
}
