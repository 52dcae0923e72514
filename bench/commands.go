package bench

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
)

// command is a command line to measure.
type command struct {
	Name string   // as shown in the report, without the file
	Args []string // the executable first
	Env  []string // nil: that of this process
	Peer bool

	// Quiet says that exit status 1 means that no line was found, as for grep.
	Quiet bool
}

// jobSpec is one job and the commands that do it, the baseline first.
type jobSpec struct {
	Name, Title string

	// Rows says that the output is rows, to be hashed; otherwise it is a number.
	Rows     bool
	Commands []command
}

// jobs returns the jobs that o asks for.
func jobs(o Options, file string, peers []tool) (all []jobSpec) {
	for _, j := range append(countAndFilter(o, file, peers), grepSpecs(o, file, peers)...) {
		if slices.Contains(o.Jobs, j.Name) {
			all = append(all, j)
		}
	}
	return all
}

// countAndFilter returns the jobs of these two commands.
func countAndFilter(o Options, file string, peers []tool) []jobSpec {
	count := jobSpec{Name: "count", Title: "the lines of the file"}
	filter := jobSpec{
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
		args = []string{o.Self, "filter", "--no-header", "--key", o.Key, "--column", column}
		args = append(args, mode...)
		filter.Commands = append(filter.Commands,
			command{Name: "linefork filter " + shown, Args: append(args, file)})
	}

	env := append(os.Environ(), "LC_ALL=C")
	for _, p := range peers {
		add := func(j *jobSpec, args ...string) {
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
	return []jobSpec{count, filter}
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

// rowPattern returns a regular expression for the rows whose column is key, and whether grep needs
// -E for it.
func rowPattern(key string, column int) (pattern string, extended bool) {
	quoted := quotePattern(key)
	if column == 1 {
		return "^" + quoted + ",", quoted != key
	}
	return fmt.Sprintf("^([^,]*,){%d}%s(,|$)", column-1, quoted), true
}

// quotePattern quotes key for both POSIX extended and Rust regular expressions. Unlike
// regexp.QuoteMeta it leaves closing brackets alone: they need no quoting, and POSIX does not
// define a quoted one.
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

// awkString quotes key as a string: $1==11865 would compare numbers, and so also find 11865.0.
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
