package args

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/linefork/linefork/merge/run"
	"github.com/linefork/linefork/worker/rows"
)

// continued is how a command line may go on at the bar in it.
func continued(t interface{ Fatalf(string, ...any) }, line string) *Continuation {
	before, after, _ := strings.Cut(line, "|")
	c, err := Parse([]string{"linefork", "completion", "--line", before, "--", after}, Env{})
	if err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	return c.(*Continuation)
}

func words(candidates []Candidate) (words []string) {
	for _, c := range candidates {
		words = append(words, c.Word)
	}
	return words
}

func TestContinuation(t *testing.T) {
	for line, want := range map[string]string{
		"linefork |":            "count grep filter bench generate completion man version",
		"linefork co|":          "count completion",
		"linefork co|unt f":     "count completion",
		"./linefork f|":         "filter",
		"linefork x|":           "",
		"linefo|":               "",
		"|":                     "",
		"linefork --|":          "--help --version",
		"linefork -|":           "--help --version",
		"linefork help gr|":     "grep",
		"linefork help grep |":  "",
		"linefork nosuch --k|":  "",
		"linefork filter --ke|": "--key --keys-file",
		// Around the cursor.
		"linefork filter --ke| f":             "--key --keys-file",
		"linefork filter -k 1 f --he|":        "--header --help",
		"linefork filter --key --ke|":         "",
		"linefork filter -- --ke|":            "",
		"linefork filter f|":                  "",
		"linefork filter |":                   "",
		"linefork 'filter' \"--ke|":           "--key --keys-file",
		"linefork grep --col|":                "--color --colour",
		"linefork grep -|":                    "",
		"linefork filter --nosuch --ke|":      "--key --keys-file",
		"linefork filter --ke| --nosuch":      "--key --keys-file",
		"linefork count --mode |":             "processes threads serial",
		"linefork count --mode t|":            "threads",
		"linefork count --mod t|":             "threads",
		"linefork count --mode=t|":            "--mode=threads",
		"linefork count --mode=|":             "--mode=processes --mode=threads --mode=serial",
		"linefork count --mod=t|":             "--mod=threads",
		"linefork count --nosuch=t|":          "",
		"linefork count --total o|":           "only",
		"linefork count --sort |":             "key count",
		"linefork grep --color=a|":            "--color=always --color=auto",
		"linefork grep --color |":             "",
		"linefork grep --binary-files w|":     "without-match",
		"linefork grep -d s|":                 "skip",
		"linefork grep --directories=r|":      "--directories=read --directories=recurse",
		"linefork filter --encoding gb|":      "gbk gb18030",
		"linefork filter --output-encoding |": "utf-8",
		"linefork count --range-size |":       "",
		"linefork count --files0-from |":      "",
		"linefork completion |":               "bash zsh fish powershell",
		"linefork completion bash |":          "",
		"linefork man f|":                     "filter",
		"linefork man filter f|":              "",
		"FOO=1 linefork |":                    "",
	} {
		c := continued(t, line)
		if line == "linefork grep -|" {
			if !slices.Contains(words(c.Candidates), "-I") || slices.Contains(words(c.Candidates), "-i") {
				t.Errorf("%s: %q", line, words(c.Candidates))
			}
			continue
		}
		if got := strings.Join(words(c.Candidates), " "); got != want || c.Table != nil {
			t.Errorf("%s: %q, %+v, want %q", line, got, c.Table, want)
		}
	}
	for _, c := range continued(t, "linefork filter --k|").Candidates {
		if c.Help == "" || strings.Contains(c.Help, ";") {
			t.Errorf("%s: help %q", c.Word, c.Help)
		}
	}
}

// TestContinuationOfColumns has what is known of the file whose columns are asked for.
func TestContinuationOfColumns(t *testing.T) {
	dialect := func(delimiter byte) *rows.Dialect {
		d := rows.CSV
		d.Delimiter = delimiter
		return &d
	}
	names := []string{"id", "day", "id card"}
	for _, test := range []struct {
		line  string
		want  Table
		words string
	}{
		{"linefork filter --column | a b", Table{
			Files: []string{"a", "b"}, CSV: run.CSV{Dialect: dialect(',')},
		}, "id day id card"},
		{"linefork filter --column i|", Table{CSV: run.CSV{Dialect: dialect(',')}}, "id id card"},
		{"linefork filter a -d ';' --column-name=i| b", Table{
			Files: []string{"a", "b"}, CSV: run.CSV{Dialect: dialect(';')},
		}, "--column-name=id --column-name=id card"},
		{"linefork count --by=| 'a b' --decompress --encoding gbk -d\\\\t", Table{
			Files: []string{"a b"}, Decompress: true,
			CSV: run.CSV{Dialect: dialect('\t'), Encoding: run.Encoding{Name: "GBK"}},
		}, "--by=id --by=day --by=id card"},
		{"linefork count --by-name 'id |' a --nosuch", Table{
			CSV: run.CSV{Dialect: dialect(',')},
		}, "id card"},
	} {
		got := continued(t, test.line).Table
		if got == nil {
			t.Errorf("%s: no table", test.line)
			continue
		}
		if all := strings.Join(words(got.Columns(names)), " "); all != test.words {
			t.Errorf("%s: %q, want %q", test.line, all, test.words)
		}
		got.prefix, got.typed = "", ""
		if !reflect.DeepEqual(*got, test.want) {
			t.Errorf("%s: %+v, want %+v", test.line, *got, test.want)
		}
	}
}

// TestContinuationOfAll completes each option of each command.
func TestContinuationOfAll(t *testing.T) {
	for _, c := range commands {
		for _, o := range c.table() {
			name := dashed(o.name())
			got := words(continued(t, "linefork "+c.name+" "+name+"|").Candidates)
			if !slices.Contains(got, name) {
				t.Errorf("%s %s: %q", c.name, name, got)
			}
			if o.value == "" || o.absent != "" {
				continue
			}
			next := continued(t, "linefork "+c.name+" "+name+" |")
			if o.words != nil && len(next.Candidates) != len(o.words()) ||
				(next.Table != nil) != o.column {
				t.Errorf("%s %s: %+v", c.name, name, next)
			}
		}
	}
}

// TestContinuationOfAny has any line: a shell asks at each key.
func TestContinuationOfAny(t *testing.T) {
	word := rapid.OneOf(
		rapid.SampledFrom([]string{"linefork", "count", "filter", "--by", "-d", "--mode=", "'", "\\",
			"\"", " ", "=", "--", "-", "|", "a b"}),
		rapid.String(),
	)
	rapid.Check(t, func(t *rapid.T) {
		continued(t, strings.Join(rapid.SliceOfN(word, 0, 8).Draw(t, "words"), " "))
	})
}

func TestShellWords(t *testing.T) {
	for _, test := range []struct {
		line          string
		want          []string
		partial, open bool
	}{
		{"", nil, false, false},
		{" \t\n", nil, false, false},
		{"a", []string{"a"}, true, false},
		{" a  b\tc\n", []string{"a", "b", "c"}, false, false},
		{`'a b'c "d'e"`, []string{"a bc", "d'e"}, true, false},
		{`'' ""`, []string{"", ""}, true, false},
		{`a\ b \'c \\`, []string{"a b", "'c", `\`}, true, false},
		{`"a\"b\$\c\\" '\'`, []string{`a"b$\c\`, `\`}, true, false},
		{"a\\\nb \\\n c", []string{"ab", "c"}, true, false},
		{"\"a\\\nb\"", []string{"ab"}, true, false},
		{`a\`, []string{`a\`}, true, false},
		{`a 'b c `, []string{"a", "b c "}, true, true},
		{`a "b\"`, []string{"a", `b"`}, true, true},
		{"$HOME *.c `x` ~", []string{"$HOME", "*.c", "`x`", "~"}, true, false},
		{"é\u00a0b", []string{"é\u00a0b"}, true, false},
	} {
		got, partial, open := shellWords(test.line)
		if !slices.Equal(got, test.want) || partial != test.partial || open != test.open {
			t.Errorf("%q: %q, %t, %t, want %q, %t, %t", test.line, got, partial, open,
				test.want, test.partial, test.open)
		}
	}
}
