package peer

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func TestCheckWC(t *testing.T) {
	for line, ok := range map[string]bool{
		"wc (GNU coreutils) 9.1":    true,
		"wc (GNU coreutils) 9.10":   true,
		"wc (GNU coreutils) 9.1.2":  true,
		"wc (GNU coreutils) 10.0":   true,
		"wc (GNU coreutils) 9.0":    false,
		"wc (GNU coreutils) 8.32":   false,
		"wc (uutils coreutils) 9.1": false,
		"wc (GNU coreutils) new":    false,
		"":                          false,
	} {
		if err := checkWC(line); (err == nil) != ok {
			t.Errorf("%q: %v", line, err)
		}
	}
}

// TestKinds shows tools of the right name and the wrong kind.
func TestKinds(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the tools are shell scripts")
	}
	dir := t.TempDir()
	for _, name := range []string{"grep", "wc", "getopt", "python3"} {
		script := "#!/bin/sh\necho 'another tool 3.8'\nexit 1\n"
		if err := os.WriteFile(filepath.Join(dir, name), []byte(script), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", dir+string(os.PathListSeparator)+os.Getenv("PATH"))
	for name, check := range map[string]func(string) error{
		"grep": isGrep, "wc": isWC, "getopt": isGetopt, "python3": isPython,
	} {
		if path, err := newTool(name, check).Find(); err == nil ||
			!strings.HasPrefix(err.Error(), dir) {
			t.Errorf("%s: %s, %v", name, path, err)
		}
	}
	if path, err := Named("wc").Find(); err != nil || path != filepath.Join(dir, "wc") {
		t.Errorf("wc: %s, %v", path, err)
	}
	if _, err := Named("no-such-tool").Find(); !errors.Is(err, exec.ErrNotFound) {
		t.Error(err)
	}
}
