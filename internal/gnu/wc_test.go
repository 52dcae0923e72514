package gnu

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/linefork/linefork/internal/locale"
	"github.com/linefork/linefork/internal/peer"
)

var localeNames = map[locale.Locale]string{locale.C: "C", locale.UTF8: "C.UTF-8"}

// wcCommand returns a command that runs wc in dir.
func wcCommand(path, dir string, l locale.Locale, args ...string) *exec.Cmd {
	cmd := exec.Command(path, args...)
	cmd.Args[0] = "wc" // as its messages begin
	cmd.Dir = dir
	cmd.Env = slices.DeleteFunc(os.Environ(), func(v string) bool {
		return strings.HasPrefix(v, "LC_") || strings.HasPrefix(v, "LANG") ||
			strings.HasPrefix(v, "POSIXLY_CORRECT=")
	})
	cmd.Env = append(cmd.Env, "LC_ALL="+localeNames[l])
	return cmd
}

// skipWithout skips the test if the locale is not installed.
func skipWithout(t *testing.T, l locale.Locale) {
	t.Helper()
	if l == locale.UTF8 {
		peer.NeedUTF8(t)
	}
}
