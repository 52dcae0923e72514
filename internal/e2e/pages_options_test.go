//go:build unix

package e2e

import (
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/linefork/linefork/internal/e2e/setup"
	"github.com/linefork/linefork/internal/peer"
)

var (
	isLongOption = regexp.MustCompile(`--[a-z0-9][a-z0-9-]*`)
	isOptionSpan = regexp.MustCompile("`(?:-[A-Za-z0-9](?: [A-Z]+)?`, `|-[A-Za-z0-9], )?(--[a-z0-9][a-z0-9-]*)")
	isCommand    = regexp.MustCompile("`(linefork [a-z][^`|<>&]*)")
)

// commandHelp returns the help of each command.
func commandHelp(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, command := range []string{"count", "grep", "filter", "bench", "generate", "completion", "man", "version"} {
		out, err := exec.Command("linefork", command, "--help").Output()
		if err != nil {
			t.Fatal(err)
		}
		all[command] = string(out)
	}
	return all
}

// TestPagesNameAllOptions checks that each option that a command has of its own, and each that it
// does not share with the tool that it follows, stands on the pages.
func TestPagesNameAllOptions(t *testing.T) {
	setup.Watch(t)
	var text strings.Builder
	for _, name := range pages(t) {
		text.WriteString(strings.Join(readPage(t, name), "\n"))
	}
	known := isLongOption.FindAllString(text.String(), -1)
	help := commandHelp(t)
	for _, command := range []string{"count", "grep", "filter"} {
		theirs := []string{"--help"}
		if tool, ok := map[string]peer.Tool{"count": peer.WC, "grep": peer.Grep}[command]; ok {
			path, err := tool.Find()
			if err != nil {
				t.Logf("options of %s: nothing to compare with: %v", command, err)
				continue
			}
			out, err := exec.Command(path, "--help").Output()
			if err != nil {
				t.Fatal(err)
			}
			theirs = append(theirs, isLongOption.FindAllString(string(out), -1)...)
		}
		for _, option := range isLongOption.FindAllString(help[command], -1) {
			if !slices.Contains(theirs, option) && !slices.Contains(known, option) {
				t.Errorf("no page names %s of %s", option, command)
			}
		}
	}
}

// ofOthers are options on the pages that are not linefork's, nor in a command of another tool.
var ofOthers = []string{"--pipepart", "--keep-order"}

// TestPagesNameNoOtherOptions checks that the options and commands that stand in running text
// exist.
func TestPagesNameNoOtherOptions(t *testing.T) {
	setup.Watch(t)
	known := slices.Clone(ofOthers)
	for _, help := range commandHelp(t) {
		known = append(known, isLongOption.FindAllString(help, -1)...)
	}
	commands := 0
	for _, name := range pages(t) {
		_, prose := split(t, readPage(t, name))
		text := strings.Join(prose, "\n")
		for _, m := range isOptionSpan.FindAllStringSubmatch(text, -1) {
			if !slices.Contains(known, m[1]) {
				t.Errorf("%s: there is no option %s", name, m[1])
			}
		}
		for _, m := range isCommand.FindAllStringSubmatch(text, -1) {
			commands++
			// The help comes instead of the work, but only where all options are known.
			if out, err := exec.Command("sh", "-c", m[1]+" --help").CombinedOutput(); err != nil {
				t.Errorf("%s: %s: %s", name, m[1], out)
			}
		}
	}
	if commands < 10 {
		t.Errorf("only %d commands found", commands)
	}
}
