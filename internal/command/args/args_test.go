package args

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/linefork/linefork/internal/getopt"
	"github.com/linefork/linefork/internal/locale"
)

// parse parses a command line of words without spaces.
func parse(line string) (Command, error) {
	return Parse(strings.Fields("linefork "+line), Env{})
}

// mustParse parses a command line that is right.
func mustParse(t *testing.T, line string) Command {
	t.Helper()
	c, err := parse(line)
	if err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	return c
}

func TestTop(t *testing.T) {
	for _, test := range []struct {
		line string
		want Command
		err  string
	}{
		{"", Help{}, ""},
		{"--help", Help{}, ""},
		{"-h", Help{}, ""},
		{"-h count", Help{Command: "count"}, ""},
		{"help", Help{}, ""},
		{"help grep", Help{Command: "grep"}, ""},
		{"help grep x", Help{Command: "grep"}, ""},
		{"help --version", Help{}, ""},
		{"--help count", Help{Command: "count"}, ""},
		{"--version --help", Help{}, ""},
		{"--version", Version{}, ""},
		{"--version x", Version{}, ""},
		{"grep -V", Version{Command: "grep"}, ""},
		{"grep -E --version x", Version{Command: "grep"}, ""},
		{"count --help", Help{Command: "count"}, ""},
		{"count --he", Help{Command: "count"}, ""},
		{"count missing -l --help", Help{Command: "count"}, ""},
		{"filter f --help", Help{Command: "filter"}, ""},
		{"grep --help --color=none-such", Help{Command: "grep"}, ""},
		{"grep --he", Help{Command: "grep"}, ""},
		{"-V", Version{}, ""},
		{"-Vh", Help{}, ""},
		{"--ver", Version{}, ""},
		{"version", Version{}, ""},
		{"-- version", Version{}, ""},
		{"--", Help{}, ""},
		{"-- --version", Version{}, ""},
		{"completion zsh", Script{"zsh"}, ""},
		{"man", Page{}, ""},
		{"man grep", Page{"grep"}, ""},

		{"cuont a", nil, "unknown command 'cuont'"},
		{"help nosuch", nil, "unknown command 'nosuch'"},
		{"help help", nil, "unknown command 'help'"},
		{"help -h", Help{}, ""},
		{"help --", Help{}, ""},
		{"-h x", nil, "unknown command 'x'"},
		{"--help nosuch", nil, "unknown command 'nosuch'"},
		{"--nonsense", nil, "unrecognized option '--nonsense'"},
		{"--help --bogus", nil, "unrecognized option '--bogus'"},
		{"-v", nil, "invalid option -- 'v'"},
		{"-", nil, "unknown command '-'"},
		{"-- cuont", nil, "unknown command 'cuont'"},
		{"version x", nil, "extra operand 'x'"},
		{"completion", nil, "no shell is given; there are bash, zsh, fish, powershell"},
		{"completion ksh", nil, "unknown shell 'ksh'; there are bash, zsh, fish, powershell"},
		{"completion bash x", nil, "extra operand 'x'"},
		{"man nosuch", nil, "unknown command 'nosuch'"},
		{"man count x", nil, "extra operand 'x'"},
		{"count --help --bogus", nil, "unrecognized option '--bogus'"},
		{"filter --he", nil, "option '--he' is ambiguous; possibilities: '--header' '--help'"},
	} {
		got, err := parse(test.line)
		if !reflect.DeepEqual(got, test.want) || message(err) != test.err {
			t.Errorf("%s: %v, %v, want %v, %s", test.line, got, err, test.want, test.err)
		}
	}
	_, err := Parse([]string{"linefork", ""}, Env{})
	if message(err) != "unknown command ''" {
		t.Errorf("an empty command: %v", err)
	}
	if got, err := Parse(nil, Env{}); got != (Help{}) || err != nil {
		t.Errorf("nothing at all: %v, %v", got, err)
	}
}

func message(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestOperands(t *testing.T) {
	for _, test := range []struct {
		line  string
		posix bool
		want  []string
	}{
		{"count a -l b", false, []string{"a", "b"}},
		{"count a -- -l", false, []string{"a", "-l"}},
		{"count -l a -w", true, []string{"a", "-w"}},
		{"filter -k 1 help h", false, []string{"help", "h"}},
		{"filter -k 1", false, nil},
		{"grep p a -n b", false, []string{"a", "b"}},
		{"grep -e p a", false, []string{"a"}},
		{"grep -f p a", false, []string{"a"}},
		{"grep -5 p a", false, []string{"a"}},
	} {
		c, err := Parse(strings.Fields("linefork "+test.line), Env{Posix: test.posix})
		var got []string
		switch c := c.(type) {
		case *Count:
			got = c.Files
		case *Filter:
			got = c.Files
		case *Grep:
			got = c.Files
		}
		if err != nil || !slices.Equal(got, test.want) {
			t.Errorf("%s: %q, %v, want %q", test.line, got, err, test.want)
		}
	}
}

// TestErrors goes over the command lines that are wrong. The hint is at the help of
// the command, but for the messages of GNU grep that have none.
func TestErrors(t *testing.T) {
	for _, test := range []struct{ line, want string }{
		// Values.
		{"count -j -1", "invalid number of processes '-1'; it is 1 to 4096"},
		{"count -j 0", "invalid number of processes '0'; it is 1 to 4096"},
		{"count -j 4097", "invalid number of processes '4097'; it is 1 to 4096"},
		{"count -j x", "invalid number of processes 'x'; it is 1 to 4096"},
		{"count --processes=", "invalid number of processes ''; it is 1 to 4096"},
		{"count -j 99999999999999999999",
			"invalid number of processes '99999999999999999999'; it is 1 to 4096"},
		{"count --range-size 0", "invalid range size '0'"},
		{"count --range-size -1", "invalid range size '-1'"},
		{"count --range-size 1Q", "invalid range size '1Q'"},
		{"count --range-size 99999999999G", "invalid range size '99999999999G'"},
		{"count --mode fast", "invalid mode 'fast'; it is processes, threads or serial"},
		{"count --mode=", "invalid mode ''; it is processes, threads or serial"},
		{"count --timeout soon", "invalid timeout 'soon'; write it as in 90s or 5m"},
		{"count --timeout -1s", "invalid timeout '-1s'; write it as in 90s or 5m"},
		{"count --retries -1", "invalid number of retries '-1'"},
		{"count --retries 4097", "invalid number of retries '4097'"},
		{"count --progress maybe", "invalid progress 'maybe'; it is auto, always, never or workers"},
		{"count --log-level loud", "invalid log level 'loud'; it is debug, info, warn or error"},
		{"count --log-level debug+1",
			"invalid log level 'debug+1'; it is debug, info, warn or error"},
		{"count --total some", "invalid total 'some'; it is auto, always, only or never"},
		{"count --by 1 --sort size", "invalid sort 'size'; it is key or count"},
		{"filter -k 1 --column 0", "invalid column '0'; columns are numbered from 1"},
		{"filter -k 1 --column -1", "invalid column '-1'; columns are numbered from 1"},
		{"filter -k 1 --column 1073741825",
			"invalid column '1073741825'; columns are numbered from 1"},
		{"filter -k 1 --column 99999999999999999999",
			"invalid column '99999999999999999999'; columns are numbered from 1"},
		{"filter -k 1 --column=", "invalid column ''"},
		{"filter -k 1 --column-name=", "invalid column ''"},
		{"count --by=", "invalid column ''"},
		{"count --by-name=", "invalid column ''"},
		{"filter -k 1 -m x", "invalid max count 'x'"},
		{"filter -k 1 -m -1", "invalid max count '-1'"},
		{"filter -k 1 -d= --quote==", "the delimiter and the quote cannot be the same byte"},
		{"filter -k 1 --delimiter=", "the delimiter is empty"},
		{"filter -k 1 --delimiter ab", "the delimiter 'ab' is not a single byte"},
		{"filter -k 1 --delimiter é", "the delimiter 'é' is not a single byte"},
		{`filter -k 1 --delimiter \xzz`, `the delimiter '\xzz' is not a single byte`},
		{`filter -k 1 --delimiter \x0a`,
			"the delimiter cannot be a line feed or a carriage return"},
		{`filter -k 1 --delimiter "`, "the delimiter and the quote cannot be the same byte"},
		{"filter -k 1 --quote=", "the quote is empty"},
		{`filter -k 1 --quote \0`, "the quote cannot be NUL"},
		{"filter -k 1 --quote ,", "the delimiter and the quote cannot be the same byte"},
		{"filter -k 1 --escape=", "the escape is empty"},
		{`filter -k 1 --escape \n`, `the escape '\n' is not a single byte`},
		{`filter -k 1 --escape \0`, "the escape cannot be NUL"},
		{"filter -k 1 --escape ,", "the escape and the delimiter cannot be the same byte"},
		{`count --csv --escape "`,
			"the escape and the quote cannot be the same byte; doubled quotes need no escape"},
		{"filter -k 1 --output=", "the name of the output file is empty"},
		{"filter -k 1 --encoding klingon", "unknown encoding 'klingon'"},
		{"filter -k 1 --encoding=", "unknown encoding ''"},
		{"filter -k 1 --encoding utf-7", "encoding 'utf-7' is not supported"},
		{"filter -k 1 --output-encoding gbk", "the output encoding can only be utf-8"},
		{"filter -k 1 --output-encoding klingon", "unknown encoding 'klingon'"},
		{"grep --encoding klingon p", "unknown encoding 'klingon'"},
		{"grep --color=some p",
			"invalid argument 'some' for '--color'; it is always, never or auto"},
		{"grep --colour= p", "invalid argument '' for '--color'; it is always, never or auto"},
		{"grep -d re p", "ambiguous argument 're' for '--directories'\n" +
			"Valid arguments are:\n  - 'read'\n  - 'recurse'\n  - 'skip'"},
		{"grep -d x p", "invalid argument 'x' for '--directories'\n" +
			"Valid arguments are:\n  - 'read'\n  - 'recurse'\n  - 'skip'"},
		{"bench --size 0", "invalid size '0'"},
		{"bench --runs 0", "invalid runs '0'"},
		{"bench --time 0s", "invalid time '0s'"},
		{"bench --time soon", "invalid time 'soon'"},
		{"bench --processes 1,0", "invalid number of processes '0'"},
		{"bench -j 1,", "invalid number of processes ''"},
		{"bench --command x", "invalid command 'x': it is NAME=COMMAND"},
		{"bench --command x=y", "invalid command 'x=y': no {file} in the command"},
		{"bench --plot x.pdf", "the name of 'x.pdf' ends in none of .svg, .png and .html"},
		{"bench --warmup -1", "invalid warmup '-1'"},
		{"bench --runs 1048577", "invalid runs '1048577'"},
		{"bench --jobs count,sort", "unknown job 'sort'; there are modes, curve, count, filter, grep, csv"},
		{"generate --size x", "invalid size 'x'"},
		{"generate --rows 0", "invalid number of rows '0'"},
		{"generate --rows 1152921504606846977", "invalid number of rows '1152921504606846977'"},
		{"generate --seed -1", "invalid seed '-1'"},

		// What does not go together, or is missing.
		{"filter a", "no key is given; use --key or --keys-file"},
		{"filter -k 1 --append", "--append needs --output FILE"},
		{"filter -k 1 --append -o -", "--append needs --output FILE"},
		{"filter -k 1 --sync", "--sync needs --output FILE"},
		{"filter -k 1 --sync -o -", "--sync needs --output FILE"},
		{"filter -k 1 --header --no-header", "--header and --no-header exclude each other"},
		{"filter -k 1 --no-header --column id", "column 'id' is a name, which needs a header"},
		{"filter -k 1 --no-header --column-name 7", "column '7' is a name, which needs a header"},
		{"filter -k 1 --column 7 --column-name 7",
			"--column and --column-name exclude each other"},
		{`filter -k 1 --quote ' --no-quote`, "--quote and --no-quote exclude each other"},
		{"filter -k 1 --include=*.csv", "--include needs --recursive or FILE"},
		{"filter -k 1 --exclude-dir=x", "--exclude-dir needs --recursive or FILE"},
		{"filter -f -", "standard input cannot be read twice"},
		{"filter -f - a -", "standard input cannot be read twice"},
		{"filter -f - -f - a", "standard input cannot be read twice"},
		{"filter -f - --exclude-from - a", "standard input cannot be read twice"},
		{"filter -rk 1 --exclude-from - -", "standard input cannot be read twice"},
		{"count --by 1 -l", "--by counts the rows of each key; it does not go with --lines"},
		{"count -wcmL --by 1", "--by counts the rows of each key; it does not go with --words"},
		{"count --by-name 1 -c", "--by counts the rows of each key; it does not go with --bytes"},
		{"count --by 1 -L",
			"--by counts the rows of each key; it does not go with --max-line-length"},
		{"count --by 1 --total=auto",
			"--by counts the rows of each key; it does not go with --total"},
		{"count --by 1 --final", "--by counts the rows of each key; it does not go with --final"},
		{"count --by 1 --json", "--by counts the rows of each key; it does not go with --json"},
		{"count --by 1 --by-name 1", "--by and --by-name exclude each other"},
		{"count --by id --no-header", "column 'id' is a name, which needs a header"},
		{"count --by 1 --append", "--append needs --output FILE"},
		{"count --by 1 --no-quote --quote x", "--quote and --no-quote exclude each other"},
		{"count --sort count", "--sort needs --by COL"},
		{"count --csv --header", "--header needs --by COL"},
		{"count --no-header", "--no-header needs --by COL"},
		{"count -o x", "--output needs --by COL"},
		{"count --append", "--append needs --by COL"},
		{"count --sync", "--sync needs --by COL"},
		{"count --lock-timeout 1s", "--lock-timeout needs --by COL"},
		{"count --csv -w", "--csv counts records, not what is in them; " +
			"--words is for a run of its own"},
		{"count --csv -m", "--csv counts records, not what is in them; " +
			"--chars is for a run of its own"},
		{"count --csv -lL", "--csv counts records, not what is in them; " +
			"--max-line-length is for a run of its own"},
		{"count -d ;", "--delimiter needs --csv or --by"},
		{"count --quote x", "--quote needs --csv or --by"},
		{"count --no-quote", "--no-quote needs --csv or --by"},
		{"count --escape x", "--escape needs --csv or --by"},
		{"count --lax", "--lax needs --csv or --by"},
		{"count --encoding gbk", "--encoding needs --csv or --by"},
		{"count --exclude=x", "--exclude needs --recursive or FILE"},
		{"count --exclude-from - -", "standard input cannot be read twice"},
		{"count --exclude-from - --files0-from -", "standard input cannot be read twice"},
		{"count --files0-from x a b",
			"extra operand 'a'\nfile operands cannot be combined with --files0-from"},
		{"bench a b", "extra operand 'b'"},
		{"bench --size 1M a", "--size is of a file that is made; it does not go with FILE"},
		{"bench --jobs count,grep --key 1", "--key is for the jobs filter and csv"},
		{"bench --jobs count --column 1", "--column is for the jobs filter and csv"},
		{"bench --jobs count --pattern x", "--pattern is for the job grep"},
		{"bench --json --csv", "--json and --csv exclude each other"},
		{"bench --json --markdown", "--json and --markdown exclude each other"},
		{"bench --csv --markdown", "--csv and --markdown exclude each other"},
		{"bench --time 1m --runs 2", "--time and --runs exclude each other"},
		{"generate extra", "extra operand 'extra'"},
		{"generate --rows 1 --size 1M", "--rows and --size exclude each other"},
		{"filter --nonsense", "unrecognized option '--nonsense'"},
		{"count -lx", "invalid option -- 'x'"},
	} {
		_, err := parse(test.line)
		var usage *getopt.UsageError
		command, _, _ := strings.Cut(test.line, " ")
		if !errors.As(err, &usage) || usage.Message != test.want || usage.Command != command {
			t.Errorf("%s: %v, want %s", test.line, err, test.want)
		}
	}
	for _, test := range []struct{ line, want string }{
		{"grep -E -F p", "conflicting matchers specified"},
		{"grep -P -G p", "conflicting matchers specified"},
		{"grep -m x p", "invalid max count"},
		{"grep -m= p", "invalid max count"},
		{"grep -m+ p", "invalid max count"},
		{"grep -A x p", "x: invalid context length argument"},
		{"grep -B -1 p", "-1: invalid context length argument"},
		{"grep --context= p", ": invalid context length argument"},
		{"grep --binary-files=x p", "unknown binary-files type"},
		{"grep -D x p", "unknown devices method"},
	} {
		if _, err := parse(test.line); err != Message(test.want) {
			t.Errorf("%s: %v, want the message %s", test.line, err, test.want)
		}
	}
}

// TestNoPattern has the usage instead of a message, as GNU grep.
func TestNoPattern(t *testing.T) {
	for _, line := range []string{"grep", "grep -E", "grep -n -i", "grep -r"} {
		_, err := parse(line)
		want := getopt.UsageError{
			Command: "grep", Usage: "linefork grep [OPTION]... PATTERNS [FILE]...",
		}
		var usage *getopt.UsageError
		if !errors.As(err, &usage) || *usage != want {
			t.Errorf("%s: %v", line, err)
		}
	}
}

// TestQuotes has names quoted by the locale.
func TestQuotes(t *testing.T) {
	argv := []string{"linefork", "grep", "-d", "é", "p"}
	for l, want := range map[locale.Locale]string{locale.C: `''$'\303\251'`, locale.UTF8: "'é'"} {
		_, err := Parse(argv, Env{Locale: l})
		if got := message(err); !strings.HasPrefix(got, "invalid argument "+want+" for ") {
			t.Errorf("locale %d: %s, want %s", l, got, want)
		}
	}
}

// TestTogether has options that go together though one of them changes nothing: their
// help says so, or GNU has it so.
func TestTogether(t *testing.T) {
	for _, test := range []struct{ line, option, help string }{
		{"count --csv --final", "final", "ignored where lines are not counted, and with --csv"},
		{"count -c --final", "final", "ignored where lines are not counted"},
		{"count --csv --by 1", "csv", "--by implies it"},
		{"count --mode serial -j 4", "mode", "serial is one, whatever --processes says"},
		{"count --mode threads --retries 1", "retries", "a process"},
		{"count --mode threads --timeout 1m", "timeout", "kill a process"},
		{"count --csv --no-quote --lax", "lax", "ignored with --no-quote"},
		{"filter -k 1 -cnb", "count", "what else is printed before rows is ignored"},
		{"filter -k 1 -c --output-encoding utf-8", "output-encoding", "write what is selected"},
		{"grep --crlf -z p", "crlf", "ignored with -z"},
		{"grep --json -n p", "json", "other options of how lines are printed are ignored"},
		{"grep --json -c p", "json", "and so is this one with -c, -l and -L"},
		{"grep -U p", "binary", "accepted and ignored"},
		{"grep -u p", "unix-byte-offsets", "accepted with a warning"},
	} {
		mustParse(t, test.line)
		name, _, _ := strings.Cut(test.line, " ")
		help := lookup(t, find(name), test.option).help
		if !strings.Contains(help, test.help) {
			t.Errorf("%s: the help of --%s does not say %q: %s", name, test.option, test.help, help)
		}
	}
}

// lookup returns an option of a command.
func lookup(t *testing.T, c *command, name string) option {
	t.Helper()
	table := c.make(locale.C).options()
	i := slices.IndexFunc(table, func(o option) bool { return o.name() == name })
	if i < 0 {
		t.Fatalf("%s has no option %s", c.name, name)
	}
	return table[i]
}
