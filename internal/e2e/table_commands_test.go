//go:build unix

package e2e

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/linefork/linefork/internal/peer"
)

// tableCommand is a command with options, a column of the table.
type tableCommand struct {
	name   string
	args   []string
	peer   *peer.Tool // that it is compared with; nil if that is no program
	layout bool       // it prints numbers in columns
	want   want
}

// want is what a command has to give for inputs; named says that lines of grep have the
// names of files before them.
type want func(t *testing.T, inputs []given, named bool) result

var tableCommands = []tableCommand{
	{name: "count", args: []string{"count", "-lwmcL"}, peer: &peer.WC, layout: true, want: wantCounts},
	{name: "count --csv", args: []string{"count", "--csv", "-lc"}, layout: true, want: wantRecords},
	{name: "count --by number", args: []string{"count", "--by=2"}, want: wantBy(csvAnswer{number: 2})},
	{
		name: "count --by name", args: []string{"count", "--by=v"},
		want: wantBy(csvAnswer{column: "v", header: true}),
	},
	{
		name: "count --header", args: []string{"count", "--by=2", "--header"},
		want: wantBy(csvAnswer{number: 2, header: true}),
	},
	{
		name: "filter", args: []string{"filter", "--column=id", "--key=1"},
		want: wantFilter(csvAnswer{column: "id", header: true}, isOne, false, false),
	},
	{
		name: "filter -nb",
		args: []string{"filter", "--column=id", "-k1", "-nb", "--output-encoding=utf-8"},
		want: wantFilter(csvAnswer{column: "id", header: true, utf8: true}, isOne, true, false),
	},
	{
		name: "filter -v", args: []string{"filter", "-vk", "1", "--column=2", "--header"},
		want: wantFilter(csvAnswer{number: 2, header: true}, isNotOne, false, false),
	},
	{
		name: "filter --count", args: []string{"filter", "--count", "--key=1"},
		want: wantFilter(csvAnswer{number: 1}, isOne, false, true),
	},
	{
		name: "filter --count, by name", args: []string{"filter", "--count", "--key=1", "--column=id"},
		want: wantFilter(csvAnswer{column: "id", header: true}, isOne, false, true),
	},
	{
		name: "filter --count, all", args: []string{"filter", "-vc", "--keys-file=" + os.DevNull},
		want: wantFilter(csvAnswer{number: 1}, func(piece) bool { return true }, false, true),
	},
	{name: "grep", args: []string{"grep", "1"}, peer: &peer.Grep, want: wantGrep(false, "1")},
	{
		name: "grep -n", args: []string{"grep", "-n", "--output-encoding=utf-8", "^[^2]"},
		peer: &peer.Grep, want: wantGrep(true, "-n", "^[^2]"),
	},
	{
		name: "grep -c", args: []string{"grep", "-c", "^id"},
		peer: &peer.Grep, want: wantGrep(true, "-c", "^id"),
	},
}

func isOne(p piece) bool    { return p.has && p.field == "1" }
func isNotOne(p piece) bool { return !isOne(p) }

// stdinName is how the command calls standard input, if it is named and if it is not.
func (c *tableCommand) stdinName(named bool) string {
	switch {
	case c.args[0] != "count" || strings.HasPrefix(c.args[1], "--by"):
		return "(standard input)"
	case named:
		return "-"
	}
	return "standard input"
}

// wantCounts has wc count what is unpacked, with the options that count has.
func wantCounts(t *testing.T, inputs []given, _ bool) result {
	if inputs[0].hasEncoding() {
		return result{status: 2, stderr: "linefork: --encoding needs --csv or --by\n" +
			"Try 'linefork count --help' for more information.\n"}
	}
	var out strings.Builder
	var total [5]int
	for _, in := range inputs {
		r := askPeer(t, in.unpacked, "wc", "-lwmcL")
		for i, field := range strings.Fields(r.stdout) {
			n, err := strconv.Atoi(field)
			if err != nil {
				t.Fatalf("wc printed %q", r.stdout)
			}
			if total[i] += n; i == len(total)-1 {
				total[i] = max(total[i]-n, n)
			}
		}
		fmt.Fprintln(&out, strings.TrimSpace(r.stdout), in.rowName())
	}
	if len(inputs) > 1 {
		fmt.Fprintln(&out, strings.Trim(fmt.Sprint(total), "[]"), "total")
	}
	return result{stdout: out.String()}
}

func (k *kind) hasEncoding() bool {
	isEncoding := func(o string) bool { return strings.HasPrefix(o, "--encoding") }
	return slices.ContainsFunc(k.options, isEncoding)
}

func wantRecords(_ *testing.T, inputs []given, _ bool) result {
	c := csvAnswer{answer: new(answer), number: 1}
	countRecordsAnswer(c, inputs)
	return c.result(0, 1)
}

func wantBy(c csvAnswer) want {
	return func(_ *testing.T, inputs []given, _ bool) result {
		c := c
		c.answer = new(answer)
		countByAnswer(c, inputs)
		return c.result(0, 1)
	}
}

func wantFilter(c csvAnswer, selects func(piece) bool, numbers, count bool) want {
	return func(_ *testing.T, inputs []given, _ bool) result {
		c := c
		c.answer = new(answer)
		filterAnswer(c, inputs, selects, numbers, count)
		return c.result(1, 2)
	}
}

// result has the status none where nothing was selected, and failed where an input
// could not be read.
func (c *csvAnswer) result(none, failed int) result {
	r := result{stdout: c.stdout.String(), stderr: c.stderr.String()}
	switch {
	case c.failed:
		r.status = failed
	case c.selected == 0:
		r.status = none
	}
	return r
}

// wantGrep has GNU grep search the text.
func wantGrep(utf8 bool, args ...string) want {
	return func(t *testing.T, inputs []given, named bool) result {
		want := result{status: 1}
		names := "-h"
		if named {
			names = "-H"
		}
		for _, in := range inputs {
			text := in.text
			if utf8 {
				text = in.shown()
			}
			r := askPeer(t, []byte(text), "grep", append([]string{names, "--label=" + in.name}, args...)...)
			if !utf8 {
				r.stdout = in.encode(r.stdout)
			}
			want.stdout += r.stdout
			want.stderr += strings.ReplaceAll(r.stderr, "grep: ", "linefork: ")
			want.status = min(want.status, r.status)
		}
		return want
	}
}

// answers are what peers have answered, by all they were given.
var answers sync.Map

// askPeer runs a program with its standard input, or did so before.
func askPeer(t *testing.T, stdin []byte, name string, args ...string) result {
	t.Helper()
	question := fmt.Sprintf("%s %q <%q", name, args, stdin)
	if r, ok := answers.Load(question); ok {
		return r.(result)
	}
	cmd := exec.Command(name, args...)
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8")
	cmd.Stdin = bytes.NewReader(stdin)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); cmd.ProcessState == nil {
		t.Fatal(err)
	}
	r := result{exitStatus(cmd.ProcessState), stdout.String(), stderr.String()}
	answers.Store(question, r)
	return r
}
