package bench

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Each of these functions returns the command line by which a peer does a job; none if that is not
// its job. The options make all of them take the file as bytes in lines: text or not, they search
// it and print it.

// rgOptions are needed by each rg. Its classes are of characters unless told otherwise.
var rgOptions = []string{"--no-config", "-a", "--no-unicode", "--encoding=none"}

func (a *asked) counting(p tool) []command {
	switch p.Name {
	case "wc":
		return one(command{Name: "wc -l", Args: []string{p.Path, "-l", a.file.Path}})
	case "grep":
		return one(command{
			Name: "grep", Args: []string{p.Path, "-ac", "", a.file.Path},
			exitsWith: 1, addsLast: true,
		})
	case "rg":
		return one(command{
			Name: "rg", Args: append(append([]string{p.Path}, rgOptions...), "-c", "", a.file.Path),
			exitsWith: 1, addsLast: true,
		})
	case "ugrep":
		return one(command{
			Name: "ugrep", Args: []string{p.Path, "-aUc", "", a.file.Path},
			exitsWith: 1, addsLast: true,
		})
	case "mawk":
		return one(command{
			Name: "mawk", Args: []string{p.Path, "END{print NR}", a.file.Path}, addsLast: true,
		})
	case "parallel":
		return one(command{
			Name: "parallel wc", Args: a.pipepart(p, "wc -l"), reads: asSum,
		})
	}
	return nil
}

func (a *asked) filtering(p tool) []command {
	q := a.question
	rows := rowPattern(q.Field, q.Column, a.file.Returns)
	switch p.Name {
	case "mawk":
		condition := fmt.Sprintf("$%d==%s", q.Column, awkString(q.Field))
		if a.file.Returns {
			condition += fmt.Sprintf("||$%d==%s", q.Column, awkString(q.Field+"\r"))
		}
		return one(command{
			Name: "mawk", Args: []string{p.Path, "-F,", condition, a.file.Path}, reads: asRows,
		})
	default:
		return a.matching(p, rows, "", asRows)
	}
}

func (a *asked) searching(p tool, of pattern) []command {
	if of.rows {
		return a.matching(p, of.Text, "n", asRows)
	}
	return a.matching(p, of.Text, "c", asNumber)
}

// matching returns a command line for the lines that match a pattern: their number (option "c"),
// they themselves, or they with their line numbers ("n").
func (a *asked) matching(p tool, pattern, option string, reads reading) []command {
	dash := func(letters string) []string {
		if letters == "" {
			return nil
		}
		return []string{"-" + letters}
	}
	c := command{Name: p.Name, reads: reads, exitsWith: 1}
	if p.Name == "rg" || p.Name == "ugrep" { // which take a bare one for white space
		pattern = strings.ReplaceAll(pattern, "\r", `\r`)
	}
	if p.Name == "rg" {
		pattern = inBytes(pattern)
	}
	end := []string{"-e", pattern, a.file.Path}
	switch p.Name {
	case "grep":
		c.Args = append([]string{p.Path, "-aE" + option}, end...)
	case "rg":
		c.Args = append(append(append([]string{p.Path}, rgOptions...), dash(option)...), end...)
	case "ugrep":
		c.Args = append([]string{p.Path, "-aUE" + option}, end...)
	case "parallel":
		if option == "n" { // each piece would have numbers of its own
			return nil
		}
		c.Name = "parallel grep"
		c.Args = a.pipepart(p, "grep -aE"+option+` -e "$`+patternVariable+`" || test $? = 1`)
		c.Env = environment(patternVariable + "=" + pattern)
		if c.reads == asNumber {
			c.reads = asSum
		}
	default:
		return nil
	}
	return one(c)
}

// inBytes writes the characters of a pattern that are not ASCII as bytes: without Unicode, rg 13
// takes no others.
func inBytes(pattern string) string {
	var b strings.Builder
	for i := range len(pattern) {
		if c := pattern[i]; c < utf8.RuneSelf {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, `\x%02X`, c)
		}
	}
	return b.String()
}

// patternVariable passes a pattern to what parallel runs, which would replace what is in braces.
const patternVariable = "PATTERN"

// pipepart has parallel cut the file into as many pieces as there are processors, and run a command
// on each. The output keeps its order.
func (a *asked) pipepart(p tool, line string) []string {
	return []string{p.Path, "--will-cite", "--pipepart", "-k", "--block", "-1", "-a", a.file.Path, line}
}

func (a *asked) countingRecords(p tool) []command {
	switch p.Name {
	case "mlr":
		return one(command{Name: "mlr", Args: a.miller(p, "count")})
	case "duckdb":
		return one(command{Name: "duckdb", Args: a.duckdb(p, "")})
	case "zsv": // which takes the first record for a header
		return one(command{Name: "zsv", Args: []string{p.Path, "count", a.file.Path}, adds: 1})
	}
	return nil
}

func (a *asked) countingKey(p tool) []command {
	q := a.question
	switch p.Name {
	case "mlr":
		return one(command{Name: "mlr", Args: a.miller(p, "filter",
			fmt.Sprintf("$%d == %s", q.Column, awkString(q.Key)), "then", "count")})
	case "duckdb":
		return one(command{Name: "duckdb", Args: a.duckdb(p,
			fmt.Sprintf(" WHERE c%d = %s", q.Column, sqlString(q.Key)))})
	}
	return nil
}

func (a *asked) miller(p tool, verbs ...string) []string {
	args := []string{p.Path, "-S", "--icsv", "--implicit-csv-header", "--allow-ragged-csv-input",
		"--onidx"}
	return append(append(args, verbs...), a.file.Path)
}

func (a *asked) duckdb(p tool, where string) []string {
	names := make([]string, a.csv.Fields)
	for i := range names {
		names[i] = fmt.Sprintf("'c%d'", i+1)
	}
	return []string{p.Path, "-noheader", "-list", "-c", fmt.Sprintf(
		"SELECT count(*) FROM read_csv(%s, header=false, all_varchar=true, delim=',', "+
			`quote='"', escape='"', names=[%s])%s`,
		sqlString(a.file.Path), strings.Join(names, ","), where)}
}

func one(c command) []command {
	if c.Env == nil {
		c.Env = environment()
	}
	return []command{c}
}

// awkString quotes text as a string of awk and of Miller: $1==11865 would compare numbers, and so
// also find 11865.0.
func awkString(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", `\r`).Replace(text) + `"`
}

func sqlString(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }
