package gnu

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/linefork/linefork/internal/locale"
)

// lookWC returns the path of GNU wc, and skips the test where there is none.
func lookWC(t *testing.T) string {
	t.Helper()
	path, err := exec.LookPath("wc")
	if err != nil {
		t.Skip("no wc command")
	}
	version, err := exec.Command(path, "--version").Output()
	if err != nil || !strings.Contains(string(version), "GNU coreutils") {
		t.Skip("the wc command is not GNU's")
	}
	return path
}

var localeNames = map[locale.Locale]string{locale.C: "C", locale.UTF8: "C.UTF-8"}

// wcCommand returns a command that runs wc in dir.
func wcCommand(path, dir string, l locale.Locale, args ...string) *exec.Cmd {
	cmd := exec.Command(path, args...)
	cmd.Args[0] = "wc" // as its messages begin
	cmd.Dir = dir
	cmd.Env = slices.DeleteFunc(os.Environ(), func(v string) bool {
		return strings.HasPrefix(v, "LC_") || strings.HasPrefix(v, "LANG") || strings.HasPrefix(v, "POSIXLY_CORRECT=")
	})
	cmd.Env = append(cmd.Env, "LC_ALL="+localeNames[l])
	return cmd
}

// skipWithout skips the test where the locale is not installed.
func skipWithout(t *testing.T, wc string, l locale.Locale) {
	t.Helper()
	if l != locale.UTF8 {
		return
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "file"), []byte("é"), 0o666); err != nil {
		t.Fatal(err)
	}
	out, err := wcCommand(wc, dir, l, "-m", "file").Output()
	if err != nil || string(out) != "1 file\n" {
		t.Skipf("no locale %s", localeNames[l])
	}
}
