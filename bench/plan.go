package bench

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
)

// command is one command line to measure.
type command struct {
	Name string   // as shown, without the file
	Args []string // the executable first
	Env  []string // nil: that of this process
	Peer bool

	// Quiet says that exit code 1 means no line was found, as with grep.
	Quiet bool
}

// jobPlan is the commands that do the same job, the baseline first.
type jobPlan struct {
	Name, Title string

	// Rows says that the output is rows to hash; otherwise it is a number.
	Rows     bool
	Commands []command
}

// jobs returns the jobs that were asked for.
func jobs(o Options, file string, peers []tool) (all []jobPlan) {
	for _, j := range append(plan(o, file, peers), planGrep(o, file, peers)...) {
		if slices.Contains(o.Jobs, j.Name) {
			all = append(all, j)
		}
	}
	return all
}

// plan returns the jobs of count and filter.
func plan(o Options, file string, peers []tool) []jobPlan {
	count := jobPlan{Name: "count", Title: "the lines of the file"}
	filter := jobPlan{
		Name:  "filter",
		Title: fmt.Sprintf("the rows whose column %d is %s", o.Column, o.Key),
		Rows:  true,
	}
	column := strconv.Itoa(o.Column)
	for _, mode := range modes(o.Processes) {
		shown := strings.Join(mode, " ")
		args := append([]string{o.Self, "count"}, mode...)
		count.Commands = append(count.Commands,
			command{Name: "linefork count " + shown, Args: append(args, file)})
		args = append([]string{o.Self, "filter", "--no-header", "--key", o.Key, "--column", column}, mode...)
		filter.Commands = append(filter.Commands,
			command{Name: "linefork filter " + shown, Args: append(args, file)})
	}

	env := append(os.Environ(), "LC_ALL=C")
	for _, p := range peers {
		add := func(j *jobPlan, args ...string) {
			j.Commands = append(j.Commands, command{
				Name:  shellJoin(append([]string{p.Name}, args...)),
				Args:  append(append([]string{p.Path}, args...), file),
				Env:   env,
				Peer:  true,
				Quiet: p.Name == "grep" || p.Name == "rg",
			})
		}
		switch p.Name {
		case "wc":
			add(&count, "-l")
		case "grep":
			add(&count, "-c", "")
			if pattern, extended := rowPattern(o.Key, o.Column); extended {
				add(&filter, "-E", pattern)
			} else {
				add(&filter, pattern)
			}
		case "rg":
			add(&count, "--no-config", "-c", "")
			pattern, _ := rowPattern(o.Key, o.Column)
			add(&filter, "--no-config", pattern)
		case "mawk":
			add(&count, "END{print NR}")
			add(&filter, "-F,", "$"+column+"=="+awkString(o.Key))
		}
	}
	return []jobPlan{count, filter}
}

// modes returns the options of linefork to compare, the baseline first.
func modes(processes []int) [][]string {
	m := [][]string{{"--mode", "serial"}}
	for _, mode := range []string{"threads", "processes"} {
		for _, n := range processes {
			m = append(m, []string{"--mode", mode, "-j", strconv.Itoa(n)})
		}
	}
	return m
}

// rowPattern returns the regular expression of the rows whose column is key,
// and whether grep needs -E for it.
func rowPattern(key string, column int) (pattern string, extended bool) {
	quoted := quotePattern(key)
	if column == 1 {
		return "^" + quoted + ",", quoted != key
	}
	return fmt.Sprintf("^([^,]*,){%d}%s(,|$)", column-1, quoted), true
}

// quotePattern quotes key for both POSIX extended and Rust regular
// expressions. Unlike regexp.QuoteMeta it leaves closing brackets alone: they
// need no quoting, and POSIX leaves a quoted one undefined.
func quotePattern(key string) string {
	var b strings.Builder
	for i := range len(key) {
		if strings.IndexByte(`\.+*?()|[{^$`, key[i]) >= 0 {
			b.WriteByte('\\')
		}
		b.WriteByte(key[i])
	}
	return b.String()
}

// awkString quotes key as a string: $1==11865 would compare numbers, and so
// find 11865.0 too.
func awkString(key string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(key) + `"`
}

// shellJoin writes args as one would type them.
func shellJoin(args []string) string {
	quoted := make([]string, len(args))
	for i, a := range args {
		plain := a != "" && strings.IndexFunc(a, func(r rune) bool {
			return !strings.ContainsRune("-_./,=:", r) && !('0' <= r && r <= '9') &&
				!('a' <= r && r <= 'z') && !('A' <= r && r <= 'Z')
		}) < 0
		if plain {
			quoted[i] = a
		} else {
			quoted[i] = "'" + strings.ReplaceAll(a, "'", `'\''`) + "'"
		}
	}
	return strings.Join(quoted, " ")
}
