//go:build unix

package grep

import (
	"regexp"
	"strings"
)

// A difference is one that is meant: where text matches in standard error, it
// is replaced before the results are compared.
type difference struct {
	text, by string
	why      string
}

// inGNU are the differences seen from GNU grep.
var inGNU = []difference{
	{`(?m)^grep: `, "linefork: ", "messages begin with the name of the program"},
	{`(?m)^Usage: grep .*\n`, "", "linefork names the command's help only"},
	{`(?m)^Try 'grep --help' `, "Try 'linefork grep --help' ", "linefork has several commands"},
}

// noPattern is what linefork says where GNU grep shows its usage only.
const noPattern = `(?m)^linefork: no pattern is given\n`

// inOurs are the differences seen from linefork.
var inOurs = []difference{
	{` '--(processes|mode|range-size|retries|timeout|progress|log-level)'`, "",
		"linefork has options of its own, which an abbreviation may also mean"},
	{noPattern, "", "it says what is wrong"},
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

// skipped are lines of testdata that are not compared, by their beginning, each
// with its reason.
var skipped = map[string]string{}

// skip adds lines that are not compared for one reason.
func skip(why string, lines ...string) {
	for _, line := range lines {
		skipped[line] = why
	}
}

func init() {
	skip("a descriptor that is closed when a Go program starts is opened on /dev/null by its run time",
		`grep apple f1 >&-`, `grep -c apple f1 >&-`, `grep apple <&-`, `grep apple - f1 <&-`)
	skip("what is read on behind a match in a binary file is left to chance: where GNU grep stops there depends on its buffer",
		`(grep -m1 a; cat) < nul`, `(grep -m2 'a'; cat) < nulate`)
	skip("an option that GNU grep has for its own tests, and does not document",
		`grep -X `)
	skip("linefork says what is wrong with the command line, too, and its status is 2 for all such errors",
		`grep --color=`, `grep --colour=`, `grep -d '' a f1`, `grep -d wrong`, `grep --directories=wrong`, `grep -e -- -dash`,
		`grep -m x --help`, "grep -é a f1")
	skip("what an abbreviation may mean is listed in the order of the help, and GNU grep lists an option that it does not document",
		`grep --=x`, `grep --b `, `grep --co `, `grep --co=`, `grep --d=`, `grep --de `, `grep --fi `, `grep --i `, `grep --in `,
		`grep --l `, `grep --li `, `grep --lin `, `grep --no `, `grep --nu `)
	skip("GNU grep selects lines by its own matcher, to which a stray brace or a repetition of an anchor is a character or nothing, and shows matches by that of glibc, to which it is the other",
		`grep -En --color=always -e '({1})'`, `grep -En --color=always -e '(|{1})'`, `grep -En --color=always -e '^*a'`,
		`grep -En --color=always -e '^?a'`, `grep -En --color=always -e '^{1}a'`, `grep -En --color=always -e 'a|{1}'`,
		`grep -En --color=always -e '{'`, `grep -En --color=always -e '{1'`, `grep -En --color=always -e '{1}'`)
	skip("under -w, GNU grep does not look for the empty match beside a longer one that is no word, nor for a word behind one",
		`grep -E -now '(foo|bar)( foo| bar)?'`, `grep -nw --color=always -e '\W*'`)
	skip("glibc takes numbers beyond Unicode for characters here, and not there",
		`grep -ano '\W' invmany`, `grep -aon '.' invmany`)
	skip("the locale C.UTF-8 has no collation; where there is one, as in en_US.UTF-8, this is no error",
		"grep -n --color=always -e '[[.é.]]'", "grep -ni --color=always -e '[Α-Ω]'")
}

// whySkipped says why a line is not compared; "" if it is.
func whySkipped(line string) string {
	for start, why := range skipped {
		if strings.HasPrefix(line, start) {
			return why
		}
	}
	return ""
}
