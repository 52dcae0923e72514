//go:build unix

package grep

import "regexp"

// A difference is one that is meant: where text matches in standard error, it
// is replaced before the results are compared.
type difference struct {
	text, by string
	why      string
}

// inGNU are the differences seen from GNU grep.
var inGNU = []difference{
	{`(?m)^grep: `, "linefork: ", "messages begin with the name of the program"},
	{`\nUsage: grep .*\n`, "\n", "linefork names the command's help only, behind a message"},
	{`(?m)^Usage: grep `, "Usage: linefork grep ", "linefork has several commands"},
	{`(?m)^Try 'grep --help' `, "Try 'linefork grep --help' ", "linefork has several commands"},
}

// inOurs are the differences seen from linefork.
var inOurs = []difference{
	{` '--(processes|mode|range-size|retries|timeout|progress|log-level)'`, "",
		"linefork has options of its own, which an abbreviation may also mean"},
}

// help is what a help text begins with. Each program has its own.
var help = regexp.MustCompile(`^(Usage: grep |NAME:\n)`)

func without(differences []difference, r result) result {
	for _, d := range differences {
		r.stderr = regexp.MustCompile(d.text).ReplaceAllString(r.stderr, d.by)
	}
	if help.MatchString(r.stdout) {
		r.stdout = "the help"
	}
	return r
}

// sameResult compares a result of GNU grep with one of the program under test,
// known differences aside.
func sameResult(gnu, ours result) bool {
	ours = without(inOurs, ours)
	if !ofLinefork() {
		ours = without(inGNU, ours)
	}
	return without(inGNU, gnu) == ours
}

// A gap is some cases that are not compared, for one reason.
type gap struct {
	why   string
	lines []string // the whole line that the shell would be given
}

var gaps = []gap{
	{"a descriptor that is closed when a Go program starts is opened on /dev/null by its run time", []string{
		`grep apple f1 >&-; echo $?`,
		`grep -c apple f1 >&-; echo $?`,
		`grep apple <&-; echo $?`,
		`grep apple - f1 <&-; echo $?`,
	}},
	{"what is read on behind a match in a binary file is left to chance: where GNU grep stops there depends on its buffer", []string{
		`(grep -m1 a; cat) < nul`,
		`(grep -m2 'a'; cat) < nulate`,
	}},
	{"an option that GNU grep has for its own tests, and does not document", []string{
		`grep -X awk 'a+' t`,
		`grep -X egrep a t`,
		`grep -X fgrep 'a+' t`,
		`grep -X gawk 'a+' t`,
		`grep -X grep 'a\+' t`,
		`grep -X nosuch a t`,
		`grep -X perl 'a+' t`,
	}},
	{"linefork says what is wrong with the command line, too, and its status is 2 for all such errors", []string{
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
	{"what an abbreviation may mean is listed in the order of the help, and GNU grep lists an option that it does not document", []string{
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
	{"GNU grep selects lines by its own matcher, to which a stray brace or a repetition of an anchor is a character or nothing, and shows matches by that of glibc, to which it is the other", []string{
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
	{"under -w, GNU grep does not look for the empty match beside a longer one that is no word, nor for a word behind one", []string{
		`grep -E -now '(foo|bar)( foo| bar)?' t`,
		`grep -nw --color=always -e '\W*' t`,
	}},
	{"glibc takes numbers beyond Unicode for characters here, and not there", []string{
		`grep -ano '\W' invmany`,
		`grep -aon '.' invmany`,
	}},
	{"the locale C.UTF-8 has no collation; where there is one, as in en_US.UTF-8, this is no error", []string{
		`grep -n --color=always -e '[[.é.]]' u`,
		`grep -ni --color=always -e '[Α-Ω]' u`,
	}},
}

// skipped has the reason for each case that is not compared, by its line.
var skipped = func() map[string]string {
	m := map[string]string{}
	for _, g := range gaps {
		for _, line := range g.lines {
			m[line] = g.why
		}
	}
	return m
}()
