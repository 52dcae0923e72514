package getopt

import (
	"bytes"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/linefork/linefork/internal/peer"
)

// TestGetoptLong compares with getopt_long itself, which the getopt command of util-linux calls.
func TestGetoptLong(t *testing.T) {
	path := peer.Getopt.Need(t)
	names := []string{"to", "top", "total", "total-x", "key", "keys", "lines", "list"}
	letters := []string{"a", "b", "t", "k", "l", "1"}
	kind := rapid.SampledFrom([]Kind{None, Required, Optional})
	word := rapid.OneOf(
		rapid.SampledFrom([]string{
			"", "-", "--", "---", "--=", "--=x", "-1", "-é", "-a\xff", "x", "a b", "it's", "\\",
			"a\nb", string([]byte{0xff}), "$x", "!",
		}),
		rapid.StringMatching(`-[abtkl1x-]{1,3}(=?[ax'-]{0,2})`),
		rapid.StringMatching(`--(to|top|tot|total|total-|total-x|k|key|keys|keyz|`+
			`l|li|list?|lines?)(=[ax' -]{0,2})?`),
	)
	rapid.Check(t, func(t *rapid.T) {
		var opts []Option
		kinds := map[string]Kind{}
		var short, long []string
		colons := map[Kind]string{None: "", Required: ":", Optional: "::"}
		add := func(name string) {
			k := kind.Draw(t, name)
			kinds[name] = k
			opts = append(opts, Option{Names: []string{name}, Value: k})
			if isShort(name) {
				short = append(short, name+colons[k])
			} else {
				long = append(long, name+colons[k])
			}
		}
		some := func(from []string, label string) []string {
			return rapid.SliceOfDistinct(rapid.SampledFrom(from), rapid.ID).Draw(t, label)
		}
		for _, name := range some(names, "long") {
			add(name)
		}
		for _, name := range some(letters, "short") {
			add(name)
		}
		args := rapid.SliceOfN(word, 0, 6).Draw(t, "args")
		posix := rapid.Bool().Draw(t, "posix")

		grammar := []string{
			"-n", "count", "-o", strings.Join(short, ""), "-l", strings.Join(long, ","), "--",
		}
		cmd := exec.Command(path, append(grammar, args...)...)
		cmd.Env = slices.DeleteFunc(os.Environ(), func(v string) bool {
			return strings.HasPrefix(v, "POSIXLY_CORRECT=") ||
				strings.HasPrefix(v, "GETOPT_COMPATIBLE=")
		})
		cmd.Env = append(cmd.Env, "LC_ALL=C")
		if posix {
			cmd.Env = append(cmd.Env, "POSIXLY_CORRECT=1")
		}
		var stdout, stderr bytes.Buffer
		cmd.Stdout, cmd.Stderr = &stdout, &stderr
		err := cmd.Run()

		command := Command{Name: "count", Options: opts, Posix: posix}
		got, gotErr := parse(&command, args)
		if (err != nil) != (gotErr != nil) {
			t.Fatalf("args %q of %+v: %v, getopt says %v %s", args, opts, gotErr, err, &stderr)
		}
		if err != nil {
			// getopt continues after an error, and shows one byte of a character.
			first, _, _ := strings.Cut(stderr.String(), "\n")
			message := "count: " + gotErr.Error()
			message, _, _ = strings.Cut(message, "\n")
			if first != message && utf8.RuneCountInString(message) == len(message) {
				t.Fatalf("args %q of %+v: %q, getopt says %q", args, opts, message, first)
			}
			return
		}

		words := unquote(t, stdout.String())
		var want []string
		for len(words) > 0 && words[0] != "--" {
			name := strings.TrimLeft(words[0], "-")
			words = words[1:]
			if kinds[name] == None {
				want = append(want, "--"+name)
				continue
			}
			want = append(want, "--"+name+"="+words[0])
			words = words[1:]
		}
		want = append(want, words...)
		if !slices.Equal(got, want) {
			t.Fatalf("args %q of %+v:\n     got %q\ngetopt: %q", args, opts, got, want)
		}
	})
}

// unquote parses the output of getopt: shell words, quoted only by apostrophes and backslashes.
func unquote(t *rapid.T, s string) []string {
	s = strings.TrimSuffix(s, "\n")
	var words []string
	var word []byte
	inWord, quoted := false, false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\'':
			inWord, quoted = true, !quoted
		case quoted:
			word = append(word, c)
		case c == '\\' && i+1 < len(s):
			i++
			word = append(word, s[i])
		case c == ' ':
			if inWord {
				words = append(words, string(word))
			}
			word, inWord = nil, false
		default:
			inWord = true
			word = append(word, c)
		}
	}
	if quoted {
		t.Fatalf("unexpected output of getopt: %q", s)
	}
	if inWord {
		words = append(words, string(word))
	}
	return words
}
