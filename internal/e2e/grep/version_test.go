//go:build unix

package grep

import (
	"context"
	"strings"
	"testing"
)

// The first word of --version is the name of the program.
func TestVersion(t *testing.T) {
	for option, first := range map[string]string{"-V": "linefork", "--version": "linefork"} {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		r, err := run(command(ctx, t.TempDir(), "C", append(underTest(nil), option)...))
		if err != nil {
			t.Fatal(err)
		}
		if !ofLinefork() {
			first = "grep"
		}
		if word, _, _ := strings.Cut(r.stdout, " "); word != first || r.status != 0 ||
			r.stderr != "" {
			t.Errorf("%s gave %v", option, r)
		}
	}
}
