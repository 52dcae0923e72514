package peer

import (
	"os/exec"
	"strings"
	"sync"
	"testing"
)

// hasUTF8 reports whether the C library has the locale C.UTF-8.
var hasUTF8 = sync.OnceValue(func() bool {
	cmd := exec.Command("locale", "charmap")
	cmd.Env = append(cmd.Environ(), "LC_ALL=C.UTF-8")
	out, err := cmd.Output()
	return err == nil && strings.TrimSpace(string(out)) == "UTF-8"
})

// Locales returns the locales in which tools can be run: C, and C.UTF-8 if it is installed.
func Locales() []string {
	if hasUTF8() {
		return []string{"C", "C.UTF-8"}
	}
	return []string{"C"}
}

// NeedUTF8 skips the test if the locale C.UTF-8 is not installed.
func NeedUTF8(t testing.TB) {
	t.Helper()
	if !hasUTF8() {
		t.Skip("nothing to compare with: no locale C.UTF-8")
	}
}

// Libc returns the name and version of the C library, such as "glibc 2.36", or "" if it is not
// glibc.
var Libc = sync.OnceValue(func() string {
	out, err := exec.Command("getconf", "GNU_LIBC_VERSION").Output()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(out))
})
