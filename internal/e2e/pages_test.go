//go:build unix

package e2e

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/linefork/linefork/internal/e2e/setup"
)

// pages returns the names of the repository's pages, relative to its top.
func pages(t *testing.T) (names []string) {
	t.Helper()
	for _, glob := range []string{"*.md", "docs/*.md"} {
		found, err := filepath.Glob(filepath.Join(setup.Root, glob))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range found {
			name, err := filepath.Rel(setup.Root, name)
			if err != nil {
				t.Fatal(err)
			}
			names = append(names, filepath.ToSlash(name))
		}
	}
	return names
}

// readPage returns the lines of a page.
func readPage(t *testing.T, name string) []string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(setup.Root, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(string(text), "\n")
}

// benchPage is the page whose commands TestBenchPage runs.
const benchPage = "docs/bench.md"

// A block is a piece of a page between two fences.
type block struct {
	kind  string // what stands behind the first fence
	lines []string
}

// split returns the blocks of a page, and its other lines.
func split(t *testing.T, page []string) (blocks []block, prose []string) {
	t.Helper()
	inside := false
	for _, line := range page {
		kind, fence := strings.CutPrefix(line, "```")
		switch {
		case fence && !inside:
			blocks = append(blocks, block{kind: kind})
			inside = true
		case fence:
			inside = false
		case inside:
			b := &blocks[len(blocks)-1]
			b.lines = append(b.lines, line)
		default:
			prose = append(prose, line)
		}
	}
	if inside {
		t.Error("a block has no end")
	}
	return blocks, prose
}

// A transcript is a command and what it prints.
type transcript struct{ command, want string }

// transcripts returns the commands of the page's blocks of the kind console: each line that starts
// with a dollar sign is one, and prints the lines below it.
func transcripts(t *testing.T, name string) (all []transcript) {
	t.Helper()
	blocks, _ := split(t, readPage(t, name))
	for _, b := range blocks {
		if b.kind != "console" {
			for _, line := range b.lines {
				if strings.HasPrefix(strings.TrimPrefix(line, "$ "), "linefork ") && name != benchPage {
					t.Errorf("%s: not run, since its block is not of the kind console: %s", name, line)
				}
			}
			continue
		}
		text := "\n" + strings.Join(b.lines, "\n") + "\n"
		items := strings.Split(text, "\n$ ")
		if items[0] != "" {
			t.Errorf("a block starts without a command:%s", items[0])
		}
		for _, item := range items[1:] {
			command, want, _ := strings.Cut(item, "\n")
			if want != "" && !strings.HasSuffix(want, "\n") {
				want += "\n"
			}
			all = append(all, transcript{command, want})
		}
	}
	return all
}

// like reports whether a program printed what a page shows. In the latter, "…" stands for any text
// within a line, and alone on a line for any lines.
func like(got, want string) bool {
	pattern := regexp.QuoteMeta(want)
	pattern = regexp.MustCompile(`(?m)^…\n`).ReplaceAllString(pattern, `(?:.*\n)*`)
	pattern = strings.ReplaceAll(pattern, "…", ".*")
	return regexp.MustCompile("^" + pattern + "$").MatchString(got)
}

// usesGo matches commands that are about the source.
var usesGo = regexp.MustCompile(`\bgo (build|doc|install|run|vet)\b`)

// TestPages runs the transcripts of all pages, each page in a folder of its own that looks like the
// top of the checkout, but for commands of go, which are run there.
func TestPages(t *testing.T) {
	setup.Watch(t)
	cache, err := exec.Command("go", "env", "GOCACHE").Output()
	if err != nil {
		t.Fatal(err)
	}
	commands := 0
	for _, name := range pages(t) {
		all := transcripts(t, name)
		commands += len(all)
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			link(t, dir)
			for _, item := range all {
				cmd := exec.Command("sh", "-c", item.command)
				cmd.Dir = dir
				if usesGo.MatchString(item.command) {
					cmd.Dir = setup.Root
				}
				cmd.Env = append(os.Environ(), "LC_ALL=C", "LINEFORK_OPTIONS=", "GOBIN="+filepath.Join(dir, "bin"),
					"GOCACHE="+string(bytes.TrimSpace(cache)), "XDG_CACHE_HOME="+dir)
				got, err := cmd.CombinedOutput()
				if err != nil || !like(string(got), item.want) {
					t.Errorf("$ %s\nprinted (%v)\n%swant\n%s", item.command, err, got, item.want)
				}
			}
		})
	}
	if commands < 10 {
		t.Errorf("only %d commands found", commands)
	}
}

// link fills a folder with links to what is in the top of the checkout.
func link(t *testing.T, dir string) {
	t.Helper()
	entries, err := os.ReadDir(setup.Root)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if err := os.Symlink(filepath.Join(setup.Root, e.Name()), filepath.Join(dir, e.Name())); err != nil {
			t.Fatal(err)
		}
	}
}

func TestLike(t *testing.T) {
	for _, c := range []struct {
		got, want string
		is        bool
	}{
		{"a\n", "a\n", true},
		{"a\n", "b\n", false},
		{"a\nb\n", "a\n", false},
		{"", "", true},
		{"a\n", "", false},
		{"12.5 s, 3 rows\n", "… s, 3 rows\n", true},
		{"12.5 s, 4 rows\n", "… s, 3 rows\n", false},
		{"1\n2 s\n", "… s\n", false},
		{"a\nb\nc\nd\n", "a\n…\nd\n", true},
		{"a\nd\n", "a\n…\nd\n", true},
		{"a\nb\nc\n", "a\n…\nd\n", false},
		{"a.c\n", "a.c\n", true},
		{"abc\n", "a.c\n", false},
	} {
		if got := like(c.got, c.want); got != c.is {
			t.Errorf("like(%q, %q) = %v", c.got, c.want, got)
		}
	}
}

// TestREADMETestCommand checks that CI runs the test command that the README names.
func TestREADMETestCommand(t *testing.T) {
	const command = "go test ./..."
	for _, name := range []string{"README.md", ".ci/run"} {
		if !slices.Contains(readPage(t, name), command) {
			t.Errorf("%s has no line %q", name, command)
		}
	}
}
