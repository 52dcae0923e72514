//go:build unix

package grep

import "regexp"

// A difference is an intended one: text is replaced in standard error before results are compared.
type difference struct {
	text, by string
	why      string
}

// inGNU are replacements in the output of GNU grep.
var inGNU = []difference{
	{`(?m)^grep: `, "linefork: ", "messages start with the name of the program"},
	{`\nUsage: grep .*\n`, "\n", "after a message, linefork names only the command's help"},
	{`(?m)^Usage: grep `, "Usage: linefork grep ", "linefork has several commands"},
	{`(?m)^Try 'grep --help' `, "Try 'linefork grep --help' ", "linefork has several commands"},
}

// inOurs are replacements in the output of linefork.
var inOurs = []difference{
	{` '--(processes|mode|range-size|retries|timeout|progress|log-level)'`, "",
		"an abbreviation may also stand for options that only linefork has"},
}

// help matches the start of a help text. Each program has its own.
var help = regexp.MustCompile(`^(Usage: grep |linefork grep: )`)

func without(differences []difference, r result) result {
	for _, d := range differences {
		r.stderr = regexp.MustCompile(d.text).ReplaceAllString(r.stderr, d.by)
	}
	if help.MatchString(r.stdout) {
		r.stdout = "the help"
	}
	return r
}

// sameResult compares a result of GNU grep with one of the program under test, apart from known
// differences.
func sameResult(gnu, ours result) bool {
	ours = without(inOurs, ours)
	if !ofLinefork() {
		ours = without(inGNU, ours)
	}
	return without(inGNU, gnu) == ours
}

// A gap is a set of cases that are not compared, for one reason.
type gap struct {
	why   string
	lines []string // whole lines as they would be passed to the shell
}

var gaps = []gap{
	{"the Go runtime opens /dev/null on descriptors that are closed at the start", []string{
		`grep apple f1 >&-; echo $?`,
		`grep -c apple f1 >&-; echo $?`,
		`grep apple <&-; echo $?`,
		`grep apple - f1 <&-; echo $?`,
	}},
	{"where GNU grep stops reading after a match in a binary file depends on its buffer", []string{
		`(grep -m1 a; cat) < nul`,
		`(grep -m2 'a'; cat) < nulate`,
	}},
	{"GNU grep has this option for its own tests, and does not document it", []string{
		`grep -X awk 'a+' t`,
		`grep -X egrep a t`,
		`grep -X fgrep 'a+' t`,
		`grep -X gawk 'a+' t`,
		`grep -X grep 'a\+' t`,
		`grep -X nosuch a t`,
		`grep -X perl 'a+' t`,
	}},
	{"linefork also says what is wrong with the command line, and always exits with 2", []string{
		`grep --color=`,
		`grep --color=alw a f1`,
		`grep --colour=sometimes a f1`,
		`grep -d '' a f1`,
		`grep -d wrong a f1`,
		`grep --directories=wrong a f1`,
		`grep -e -- -dash ./-dash`,
		`grep -m x --help > /dev/null`,
		`grep -é a f1`,
	}},
	{"linefork lists what an abbreviation may mean in the order of its help; " +
		"GNU grep also lists an undocumented option", []string{
		`grep --=x c f3`,
		`grep --b c f3`,
		`grep --co cherry f3`,
		`grep --co=1 banana f1`,
		`grep --d=skip c f3`,
		`grep --de c f3`,
		`grep --fi cherry f3`,
		`grep --i CHERRY f3`,
		`grep --in CHERRY f3`,
		`grep --l cherry f3`,
		`grep --li cherry f3`,
		`grep --lin cherry f3`,
		`grep --no cherry f3`,
		`grep --nu -l cherry f3`,
	}},
	{"GNU grep selects lines with its own matcher and prints matches with that of glibc; they " +
		"disagree on whether a stray brace or repeated anchor is a character or nothing", []string{
		`grep -En --color=always -e '({1})' t`,
		`grep -En --color=always -e '(|{1})' t`,
		`grep -En --color=always -e '^*a' t`,
		`grep -En --color=always -e '^?a' t`,
		`grep -En --color=always -e '^{1}a' t`,
		`grep -En --color=always -e 'a|{1}' t`,
		`grep -En --color=always -e '{' t`,
		`grep -En --color=always -e '{1' t`,
		`grep -En --color=always -e '{1}' t`,
	}},
	{"with -w, GNU grep does not look for an empty match next to a longer one that is not a " +
		"word, nor for a word after one", []string{
		`grep -E -now '(foo|bar)( foo| bar)?' t`,
		`grep -nw --color=always -e '\W*' t`,
	}},
	{"glibc treats numbers beyond Unicode as characters in some places, not in others", []string{
		`grep -ano '\W' invmany`,
		`grep -aon '.' invmany`,
	}},
	{"the locale C.UTF-8 has no collation; in locales with one, such as en_US.UTF-8, " +
		"this is not an error", []string{
		`grep -n --color=always -e '[[.é.]]' u`,
		`grep -ni --color=always -e '[Α-Ω]' u`,
	}},
}

// skipped holds, by line, the reason for each case that is not compared.
var skipped = func() map[string]string {
	m := map[string]string{}
	for _, g := range gaps {
		for _, line := range g.lines {
			m[line] = g.why
		}
	}
	return m
}()
