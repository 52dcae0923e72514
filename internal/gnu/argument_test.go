package gnu

import (
	"math"
	"os/exec"
	"strings"
	"testing"

	"github.com/linefork/linefork/internal/locale"
	"github.com/linefork/linefork/internal/peer"
)

func TestParseInt(t *testing.T) {
	for _, test := range []struct {
		s    string
		want int64
		ok   bool
	}{
		{"0", 0, true},
		{"12", 12, true},
		{"+12", 12, true},
		{"-12", -12, true},
		{"007", 7, true},
		{" \t\n\v\f\r7", 7, true},
		{"9223372036854775807", math.MaxInt64, true},
		{"9223372036854775808", math.MaxInt64, true},
		{"+99999999999999999999", math.MaxInt64, true},
		{"-99999999999999999999", math.MinInt64, true},
		{"", 0, false},
		{" ", 0, false},
		{"-", 0, false},
		{"+-1", 0, false},
		{"--1", 0, false},
		{"- 1", 0, false},
		{"1 ", 0, false},
		{"1_0", 0, false},
		{"0x1", 0, false},
		{"1K", 0, false},
		{"99999999999999999999x", 0, false},
		{"-99999999999999999999-", 0, false},
	} {
		n, ok := ParseInt(test.s)
		if ok != test.ok || ok && n != test.want {
			t.Errorf("%q: %d, %v, want %d, %v", test.s, n, ok, test.want, test.ok)
		}
	}
}

// TestMatchArgument compares with grep's -d, whose error is followed by its usage.
func TestMatchArgument(t *testing.T) {
	grep := peer.Grep.Need(t)
	names := []string{"read", "recurse", "skip"}
	for _, arg := range []string{"read", "rec", "s", "skip", "", "re", "x", "readx", "a b"} {
		i, err := MatchArgument("--directories", arg, names, locale.C)
		cmd := exec.Command(grep, "-d", arg, "x", "/dev/null")
		cmd.Env = []string{"LC_ALL=C"}
		out, _ := cmd.CombinedOutput()
		want, _, failed := strings.Cut(strings.TrimPrefix(string(out), grep+": "), "\nUsage:")
		switch {
		case failed != (err != nil):
			t.Errorf("%q: %v, grep says %q", arg, err, out)
		case err == nil && !strings.HasPrefix(names[i], arg):
			t.Errorf("%q: %s", arg, names[i])
		case err != nil && err.Error() != want:
			t.Errorf("%q: %q, grep says %q", arg, err, want)
		}
	}
}
