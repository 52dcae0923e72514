package args

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/urfave/cli/v3"
)

var testAbout = About{Version: "v1.2.3", Details: []string{"go: 1.26", "processor: X"}, Width: 80}

func printed(t *testing.T, text Text, width int) string {
	t.Helper()
	var b bytes.Buffer
	about := testAbout
	about.Width = width
	if err := text.Print(&b, about); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestVersion(t *testing.T) {
	const gnu = ", with the options and answers of GNU grep 3.8\n"
	for _, test := range []struct{ line, want string }{
		{"linefork version", "linefork v1.2.3\ngo: 1.26\nprocessor: X\n"},
		{"linefork grep -V", "linefork v1.2.3" + gnu},
		{"/bin/egrep --version", "egrep (linefork v1.2.3)" + gnu},
		{"wc --version", "wc (linefork v1.2.3)\ngo: 1.26\nprocessor: X\n"},
	} {
		c, err := Parse(strings.Fields(test.line), Env{})
		if err != nil {
			t.Fatal(err)
		}
		if got := printed(t, c.(Text), 80); got != test.want {
			t.Errorf("%s: %q, want %q", test.line, got, test.want)
		}
	}
}

// helps are all texts that help gives.
func helps() []Help {
	all := []Help{{}, {Command: "count", name: "wc"}, {Command: "grep", name: "egrep"}}
	for _, c := range commands {
		all = append(all, Help{Command: c.name})
	}
	return all
}

// TestHelp finds all of the tables in the help, and no state left behind by it.
func TestHelp(t *testing.T) {
	flags := [...]cli.Flag{cli.HelpFlag, cli.VersionFlag}
	top := printed(t, Help{}, 80)
	for _, c := range commands {
		if !strings.Contains(top, "\n  "+c.name+" ") || !strings.Contains(top, c.summary) {
			t.Errorf("the help lacks %s", c.name)
		}
		// Blanks are where lines are divided.
		help := strings.Join(strings.Fields(printed(t, Help{Command: c.name}, maxWidth)), " ")
		at := 0
		find := func(part string) {
			t.Helper()
			part = strings.Join(strings.Fields(part), " ")
			i := strings.Index(help[at:], part)
			if i < 0 {
				t.Fatalf("the help of %s lacks %q behind %q", c.name, part, help[:at])
			}
			at += i + len(part)
		}
		find(c.summary)
		find(c.usage)
		for _, e := range c.examples {
			find(e.Line + " " + e.Says)
		}
		find(c.description)
		category := ""
		for _, o := range c.table() {
			if o.category != category {
				category = o.category
				find(category + ":")
			}
			names := o.shortFirst()
			for i, name := range names {
				names[i] = dashed(name)
			}
			entry := strings.Join(names, ", ")
			switch {
			case o.absent != "":
				entry += "[=" + o.value + "]"
			case o.value != "":
				entry += " " + o.value
			}
			entry += " " + o.help
			if o.shown != "" {
				entry += " (default: " + o.shown + ")"
			}
			find(entry)
		}
	}
	if flags != [...]cli.Flag{cli.HelpFlag, cli.VersionFlag} {
		t.Error("the help changed what other programs' help is made of")
	}
}

// TestHelpWidth has help on screens of any width: no line is wider, no word is divided,
// nothing is left out.
func TestHelpWidth(t *testing.T) {
	for _, h := range helps() {
		whole := printed(t, h, maxWidth)
		for width := range 130 {
			help := printed(t, h, width)
			fits := min(max(width, minWidth), maxWidth)
			for line := range strings.Lines(help) {
				line = strings.TrimSuffix(line, "\n")
				if len(line) > fits || strings.TrimRight(line, " ") != line {
					t.Fatalf("%+v at %d: %q has %d columns", h, width, line, len(line))
				}
			}
			if got, want := helpWords(help), helpWords(whole); !slices.Equal(got, want) {
				t.Fatalf("%+v at %d has other words than at %d:\n%q\n%q", h, width, maxWidth, got, want)
			}
		}
	}
}

// helpWords are the words of a help, without what divides examples.
func helpWords(help string) []string {
	return slices.DeleteFunc(strings.Fields(help), func(word string) bool { return word == `\` })
}

// TestHelpFits has the first help on a screen of 24 lines, below the command that asked
// for it and above the next one.
func TestHelpFits(t *testing.T) {
	if n := strings.Count(printed(t, Help{}, 80), "\n"); n > 23 {
		t.Errorf("%d lines", n)
	}
}

// TestHelpOfLink has the help of a link speak of the link.
func TestHelpOfLink(t *testing.T) {
	for name, usage := range map[string]string{
		"wc": "wc [OPTION]... [FILE]...", "fgrep": "fgrep [OPTION]... PATTERNS [FILE]...",
	} {
		c, err := Parse([]string{name, "--help"}, Env{})
		if err != nil {
			t.Fatal(err)
		}
		help := printed(t, c.(Text), 80)
		if !strings.HasPrefix(help, name+": ") || !strings.Contains(help, "\n  "+usage+"\n") ||
			strings.Contains(help, "linefork "+name) {
			t.Errorf("%s --help:\n%s", name, help)
		}
	}
}

// TestPrintError has the error of the writer, of which urfave/cli says nothing.
func TestPrintError(t *testing.T) {
	for _, text := range []Text{Help{}, Help{Command: "grep"}, Version{}, Script{"bash"}, Page{}} {
		if err := text.Print(broken{}, testAbout); err != errBroken {
			t.Errorf("%T: %v", text, err)
		}
	}
}

type broken struct{}

var errBroken = errors.New("broken")

func (broken) Write([]byte) (int, error) { return 0, errBroken }
