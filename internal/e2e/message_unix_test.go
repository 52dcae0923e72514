//go:build unix

package e2e

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// evil is text that a terminal would obey: it sets the title, in two ways, and hides what follows.
const evil = "\x1b]0;title\x07\x9b8m\u009b8m\x7f\r\b"

// controls returns the control characters in a message, except line feeds.
func controls(message string) (found []string) {
	for i := 0; i < len(message); {
		r, n := utf8.DecodeRuneInString(message[i:])
		if r == utf8.RuneError && n == 1 {
			r = rune(message[i])
		}
		if r != '\n' && unicode.IsControl(r) {
			found = append(found, message[i:i+n])
		}
		i += n
	}
	return found
}

// TestMessages puts text that controls a terminal everywhere where it may come from outside. No
// message has it as it is.
func TestMessages(t *testing.T) {
	dir := t.TempDir()
	header := evil + ",b\n1,2\n"
	for name, content := range map[string]string{
		"rows":        "a,b\n1,2\n",
		"header":      header,
		"open":        "a,b\n1,\"2\n",
		"archive":     "\x1f\x8b\x08 damaged",
		"binary":      "1\x00\n",
		"other":       "c,d\n1,2\n",
		"names":       evil + "\x00also" + evil + "\x00\x00",
		"keys":        "1\n" + evil + "\n",
		"patterns":    "a\n[" + evil + "\n",
		"open" + evil: "a,b\n1,\"2\n",
		"data" + evil: "a\x00b\n",
	} {
		writeFile(t, filepath.Join(dir, name), []byte(content))
	}
	if err := os.MkdirAll(filepath.Join(dir, "folder"+evil), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("../folder"+evil, filepath.Join(dir, "folder"+evil, "loop"+evil)); err != nil {
		t.Fatal(err)
	}
	tests := [][]string{
		{evil}, {"--" + evil}, {"help", evil}, {"-" + evil},
		{"count", evil}, {"count", "-l" + evil}, {"count", "--files0-from=names"},
		{"count", "folder" + evil}, {"count", "--by=" + evil, "rows"}, {"count", "--by=nil", "header"},
		{"count", "--csv", "open" + evil}, {"count", "--decompress", "archive", evil},
		{"count", "--files0-from=rows", evil},
		{"filter", "--key=1", evil}, {"filter", "--key=1", "--column=" + evil, "rows"},
		{"filter", "--key=1", "--column=nil", "header"}, {"filter", "--key=1", "--column=b", "header", "other"},
		{"filter", "--key=1", "--column=b", "rows", "header"},
		{"filter", "--numeric", "--key=" + evil, "rows"}, {"filter", "--numeric", "--keys-file=keys", "rows"},
		{"filter", "--key=1", "--output=" + evil + "/" + evil, "rows"},
		{"filter", "--key=1", "--output=folder" + evil, "rows"},
		{"filter", "--key=1", "--log-level=debug", "data" + evil},
		{"filter", "--key=\x9b", "--encoding=gbk", "rows"},
		{"filter", "--key=1", "open" + evil}, {"filter", "-r", "--key=1", "."},
		{"grep", "x", evil}, {"grep", "-R", "x", "."}, {"grep", "x", "folder" + evil},
		{"grep", "-d", evil, "x"}, {"grep", "-E", "(" + evil}, {"grep", "[[:" + evil + ":]]", "rows"},
		{"grep", "-P", "(?<" + evil, "rows"}, {"grep", `\` + evil, "rows"}, {"grep", "-f", "patterns", "rows"},
		{"grep", "-f", evil, "rows"}, {"grep", "--exclude-from=" + evil, "x", "rows"},
		{"grep", "--log-level=debug", "x", "data" + evil}, {"grep", "-A", evil, "x"},
		{"grep", "--color=always", "a", "rows"}, {"grep", "-" + evil, "x"},
		{"bench", "--file=" + evil}, {"bench", evil, evil}, {"generate", "--output=" + evil + "/x"},
		{"generate", evil},
	}
	// And as the value of each option.
	option := regexp.MustCompile(`--[a-z0-9][a-z0-9-]*`)
	for _, command := range []string{"count", "filter", "grep", "bench", "generate"} {
		help := program{dir: dir}.run(t, "linefork", command, "--help").stdout
		options := option.FindAllString(help, -1)
		if len(options) < 5 {
			t.Fatalf("%s has options %q", command, options)
		}
		for _, o := range options {
			for _, mode := range []string{"--mode=serial", "--mode=processes"} {
				tests = append(tests, []string{command, o + "=" + evil, mode, "rows"})
			}
			tests = append(tests, []string{command, o + evil})
		}
	}
	said := 0
	for _, args := range tests {
		if args[0] == "generate" && strings.HasPrefix(args[1], "--output=") && !strings.Contains(args[1], "/") {
			continue // which would be written
		}
		for _, env := range [][]string{
			{"LC_ALL=C", "GREP_COLOR=" + evil, "TERM=xterm"},
			{"LC_ALL=C.UTF-8", "LINEFORK_OPTIONS=--" + evil},
		} {
			r := program{dir: dir, env: env}.run(t, "linefork", args...)
			if found := controls(r.stderr); len(found) > 0 {
				t.Errorf("%q, %q: %q in %q", args, env, found, r.stderr)
			}
			if r.stderr != "" {
				said++
			}
		}
	}
	t.Logf("%d messages", said)
	if said < len(tests) {
		t.Errorf("only %d of %d runs said something", said, 2*len(tests))
	}
}
