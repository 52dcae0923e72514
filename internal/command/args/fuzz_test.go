package args

import (
	"errors"
	"strings"
	"testing"

	"github.com/linefork/linefork/internal/getopt"
	"github.com/linefork/linefork/internal/locale"
)

// FuzzParse reads command lines, whose words, from the program's name on, are separated by NULs.
func FuzzParse(f *testing.F) {
	for _, line := range []string{
		"", "help", "help\x00grep", "--version", "count\x00-lwc\x00--\x00file", "count\x00--by=1\x00--sort\x00count",
		"filter\x00--key\x001\x00--column=id\x00--delimiter\x00\\t", "grep\x00-rnE\x00--include=*.c\x00a|b\x00.",
		"grep\x00-A1\x00-5\x00-e\x00x\x00--color=always", "bench\x00--size\x002G", "generate\x00--rows=5",
		"-d0", "count\x00--range-size=1K\x00--mode\x00threads\x00-j3", "grep\x00--generate-bash-completion",
	} {
		f.Add("linefork\x00"+line, "", false, false)
		f.Add("wc\x00"+line, "-j2", true, true)
		f.Add("/bin/egrep\x00"+line, "--mode=threads 'x", true, false)
	}
	f.Fuzz(func(t *testing.T, line, options string, posix, utf8 bool) {
		argv := strings.Split(line, "\x00")
		env := Env{Posix: posix, Locale: locale.C, Options: options}
		if utf8 {
			env.Locale = locale.UTF8
		}
		typed, err := Parse(argv, env)
		switch {
		case (typed == nil) != (err != nil):
			t.Errorf("%q: %v, %v", argv, typed, err)
		case err != nil && !errors.As(err, new(*getopt.UsageError)) && !errors.As(err, new(Message)):
			t.Errorf("%q: an error of type %T", argv, err)
		case err != nil && err.Error() == "":
			t.Errorf("%q: an error without a message", argv)
		}
	})
}
