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

// TestBenchPage runs the commands on the page about bench, among few other tools, on a small file.
func TestBenchPage(t *testing.T) {
	setup.Watch(t)
	text, err := os.ReadFile(filepath.Join(setup.Root, "docs", "bench.md"))
	if err != nil {
		t.Fatal(err)
	}
	dir, bin := t.TempDir(), t.TempDir()
	writeFile(t, filepath.Join(dir, "big.csv"), []byte("id,note\n7,x\n8,y\n7,z\n"))
	tools := map[string]string{}
	for _, name := range []string{"linefork", "sh", "sed", "awk", "wc", "grep"} {
		if tools[name], err = exec.LookPath(name); err != nil {
			t.Skip(err)
		}
	}
	for name, path := range tools {
		if err := os.Symlink(path, filepath.Join(bin, name)); err != nil {
			t.Fatal(err)
		}
	}
	commands := 0
	for _, block := range strings.Split(string(text), "```sh\n")[1:] {
		block, _, _ = strings.Cut(block, "```")
		for command := range strings.Lines(block) {
			cmd := exec.Command(tools["sh"], "-c", command)
			cmd.Dir = dir
			cmd.Env = append(os.Environ(), "PATH="+bin, "XDG_CACHE_HOME="+dir)
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("$ %s%v\n%s", command, err, out)
			}
			commands++
		}
	}
	if commands < 10 {
		t.Errorf("only %d commands found", commands)
	}
	for _, name := range []string{"bench.svg", "bench.png", "bench.html"} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Size() < 1000 {
			t.Errorf("%s: %v", name, err)
		}
	}
}
