package args

import (
	"errors"
	"fmt"
	"log/slog"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/linefork/linefork/bench"
	"github.com/linefork/linefork/internal/getopt"
	"github.com/linefork/linefork/internal/locale"
	"github.com/linefork/linefork/internal/walk"
	"github.com/linefork/linefork/merge/print"
	"github.com/linefork/linefork/merge/run"
	"github.com/linefork/linefork/worker/charset"
	"github.com/linefork/linefork/worker/grep"
	"github.com/linefork/linefork/worker/regex"
	"github.com/linefork/linefork/worker/tally"
	"github.com/linefork/linefork/worker/wc"
)

// trial is an option on a command line.
type trial struct {
	with  string // what else is on it, before the option; right without it
	value string
	other string // another value, for an option with a value of which the last one counts

	// sets does to the command without the option what the option does.
	sets func(Command)
}

// sets makes the function of a trial.
func sets[T any](f func(*T)) func(Command) { return func(c Command) { f(any(c).(*T)) } }

// encoding is the usual name of an encoding.
func encoding(name string) string {
	e, err := charset.Lookup(name)
	if err != nil {
		panic(err)
	}
	return e.Name
}

// common are the trials of the options of Common.
func common(with string, of func(Command) *Common) map[string]trial {
	sets := func(f func(*Common)) func(Command) { return func(c Command) { f(of(c)) } }
	return map[string]trial{
		"processes":  {with, "4", "7", sets(func(c *Common) { c.Processes = 4 })},
		"mode":       {with, "threads", "serial", sets(func(c *Common) { c.Mode = "threads" })},
		"range-size": {with, "64K", "1G", sets(func(c *Common) { c.RangeSize = 64 << 10 })},
		"retries":    {with, "0", "4", sets(func(c *Common) { c.Retries = 0 })},
		"timeout":    {with, "90s", "0", sets(func(c *Common) { c.Timeout = 90 * time.Second })},
		"unchanged":  {with, "", "", sets(func(c *Common) { c.Unchanged = true })},
		"no-config":  {with, "", "", nil},
		"progress":   {with, "never", "always", sets(func(c *Common) { c.Progress = "never" })},
		"stats":      {with, "json", "text", sets(func(c *Common) { c.Stats = "json" })},
		"log-level": {with, "debug", "error",
			sets(func(c *Common) { c.LogLevel = slog.LevelDebug })},
	}
}

// csv are the trials of the options of CSV.
func csv(with string, of func(Command) *CSV) map[string]trial {
	sets := func(f func(*CSV)) func(Command) { return func(c Command) { f(of(c)) } }
	return map[string]trial{
		"delimiter": {with, `\t`, "", sets(func(c *CSV) { c.Dialect.Delimiter = '\t' })},
		"quote":     {with, `\x27`, "", sets(func(c *CSV) { c.Dialect.Quote = '\'' })},
		"no-quote":  {with, "", "", sets(func(c *CSV) { c.Dialect.Quote = 0 })},
		"escape":    {with, `\\`, "", sets(func(c *CSV) { c.Dialect.Escape = '\\' })},
		"lax":       {with, "", "", sets(func(c *CSV) { c.Lax = true })},
	}
}

// rules are the trials of the options that are rules.
func rules(with string, of func(Command) *Walk) map[string]trial {
	rule := func(r Rule) func(Command) {
		return func(c Command) { of(c).Rules = append(of(c).Rules, r) }
	}
	glob := func(kind walk.Kind) func(Command) {
		return rule(Rule{Rule: walk.Rule{Kind: kind, Pattern: "*.c"}})
	}
	return map[string]trial{
		"include":      {with, "*.c", "", glob(walk.Include)},
		"exclude":      {with, "*.c", "", glob(walk.Exclude)},
		"exclude-dir":  {with, "*.c", "", glob(walk.ExcludeDir)},
		"exclude-from": {with, "list", "", rule(Rule{From: "list"})},
	}
}

func merged(all ...map[string]trial) map[string]trial {
	m := map[string]trial{}
	for _, trials := range all {
		for name, t := range trials {
			if _, twice := m[name]; twice {
				panic(name)
			}
			m[name] = t
		}
	}
	return m
}

// trials has every option of every command.
var trials = map[string]map[string]trial{
	"count": merged(
		common("a", func(c Command) *Common { return &c.(*Count).Common }),
		csv("--by 1", func(c Command) *CSV { return &c.(*Count).CSV }),
		rules("a --include=x", func(c Command) *Walk { return &c.(*Count).Walk }),
		map[string]trial{
			"lines":           {"-w", "", "", sets(func(c *Count) { c.Want |= wc.Lines })},
			"words":           {"-l", "", "", sets(func(c *Count) { c.Want |= wc.Words })},
			"chars":           {"-l", "", "", sets(func(c *Count) { c.Want |= wc.Chars })},
			"bytes":           {"--csv", "", "", sets(func(c *Count) { c.Want |= wc.Bytes })},
			"max-line-length": {"-l", "", "", sets(func(c *Count) { c.Want |= wc.MaxWidth })},
			"total":           {"", "only", "never", sets(func(c *Count) { c.Total = "only" })},
			"final":           {"", "", "", sets(func(c *Count) { c.Final = true })},
			"json":            {"", "", "", sets(func(c *Count) { c.JSON = true })},
			"csv":             {"", "", "", sets(func(c *Count) { c.Records = true })},
			"decompress":      {"", "", "", sets(func(c *Count) { c.Decompress = true })},
			"files0-from": {"", "list", "other", sets(func(c *Count) {
				c.Files0, c.Files0From = true, "list"
			})},
			"recursive": {"", "", "", sets(func(c *Count) { c.Directories = walk.Recurse })},
			"encoding":  {"--csv", "gbk", "", sets(func(c *Count) { c.Encoding.Name = encoding("gbk") })},
			"by":        {"", "7", "", sets(func(c *Count) { c.Number = 7 })},
			"by-name":   {"", "7", "", sets(func(c *Count) { c.Name = "7" })},
			"sort":      {"--by 1", "count", "", sets(func(c *Count) { c.Sort = tally.ByCount })},
			"header":    {"--by 1", "", "", sets(func(c *Count) { c.Header = true })},
			"no-header": {"--by 1", "", "", sets(func(c *Count) { c.NoHeader = true })},
			"output":    {"--by 1", "x", "", sets(func(c *Count) { c.Output.File = "x" })},
			"append":    {"--by id -o x", "", "", sets(func(c *Count) { c.Append = true })},
			"lock-timeout": {"--by id -o x --append", "90s", "1m",
				sets(func(c *Count) { c.LockTimeout = 90 * time.Second })},
			"sync": {"--by id -o x", "", "", sets(func(c *Count) { c.Sync = true })},
		},
	),
	"filter": merged(
		common("-k 1 a", func(c Command) *Common { return &c.(*Filter).Common }),
		csv("-k 1", func(c Command) *CSV { return &c.(*Filter).CSV }),
		rules("-k 1 a --include=x", func(c Command) *Walk { return &c.(*Filter).Walk }),
		map[string]trial{
			"key":       {"-k 1", "2", "", sets(func(f *Filter) { f.Keys = []string{"1", "2"} })},
			"keys-file": {"-k 1", "x", "", sets(func(f *Filter) { f.KeysFiles = []string{"x"} })},
			"column":    {"-k 1", "id", "", sets(func(f *Filter) { f.Column = run.Column{Name: "id"} })},
			"column-name": {"-k 1", "2", "", sets(func(f *Filter) {
				f.Column = run.Column{Name: "2"}
			})},
			"header":        {"-k 1", "", "", sets(func(f *Filter) { f.Header = true })},
			"no-header":     {"-k 1", "", "", sets(func(f *Filter) { f.NoHeader = true })},
			"numeric":       {"-k 1", "", "", sets(func(f *Filter) { f.Numeric = true })},
			"invert":        {"-k 1", "", "", sets(func(f *Filter) { f.Invert = true })},
			"count":         {"-k 1", "", "", sets(func(f *Filter) { f.Count = true })},
			"max-count":     {"-k 1", "0", "", sets(func(f *Filter) { f.Limited = true })},
			"line-number":   {"-k 1", "", "", sets(func(f *Filter) { f.LineNumber = true })},
			"byte-offset":   {"-k 1", "", "", sets(func(f *Filter) { f.ByteOffset = true })},
			"with-filename": {"-k 1 -h", "", "", sets(func(f *Filter) { f.Filename = true })},
			"no-filename":   {"-k 1 -H", "", "", sets(func(f *Filter) { f.Filename = false })},
			"output":        {"-k 1", "x", "", sets(func(f *Filter) { f.Output.File = "x" })},
			"append":        {"-k 1 -o x", "", "", sets(func(f *Filter) { f.Append = true })},
			"lock-timeout": {"-k 1 -o x --append", "90s", "1m",
				sets(func(f *Filter) { f.LockTimeout = 90 * time.Second })},
			"sync":       {"-k 1 -o x", "", "", sets(func(f *Filter) { f.Sync = true })},
			"decompress": {"-k 1", "", "", sets(func(f *Filter) { f.Decompress = true })},
			"recursive": {"-k 1", "", "", sets(func(f *Filter) {
				f.Directories = walk.Recurse
			})},
			"encoding": {"-k 1", "big5", "", sets(func(f *Filter) {
				f.Encoding.Name = encoding("big5")
			})},
			"output-encoding": {"-k 1", "utf-8", "", sets(func(f *Filter) { f.OutputUTF8 = true })},
		},
	),
	"grep": merged(
		common("p", func(c Command) *Common { return &c.(*Grep).Common }),
		rules("p --include=x", func(c Command) *Walk { return &c.(*Grep).Walk }),
		map[string]trial{
			"basic-regexp":    {"p", "", "", language(regex.Basic)},
			"extended-regexp": {"p", "", "", language(regex.Extended)},
			"fixed-strings":   {"p", "", "", language(regex.Fixed)},
			"perl-regexp":     {"p", "", "", language(regex.Perl)},
			"regexp": {"-f p", "q", "", sets(func(g *Grep) {
				g.Patterns = []Pattern{{"p", true}, {"q", false}}
			})},
			"file": {"-e p", "q", "", sets(func(g *Grep) {
				g.Patterns = []Pattern{{"p", false}, {"q", true}}
			})},
			"ignore-case":    {"p --no-ignore-case", "", "", sets(func(g *Grep) { g.FoldCase = true })},
			"no-ignore-case": {"p -i", "", "", sets(func(g *Grep) { g.FoldCase = false })},
			"word-regexp":    {"p", "", "", sets(func(g *Grep) { g.Words = true })},
			"line-regexp":    {"p", "", "", sets(func(g *Grep) { g.Lines = true })},
			"null-data":      {"p", "", "", sets(func(g *Grep) { g.Null = true })},
			"crlf":           {"p", "", "", sets(func(g *Grep) { g.CRLF = true })},
			"invert-match":   {"p", "", "", sets(func(g *Grep) { g.Invert = true })},
			"max-count": {"p -m 1", "-3", "5", sets(func(g *Grep) {
				g.Limited, g.MaxCount = false, 0
			})},
			"text": {"p -I", "", "", sets(func(g *Grep) { g.Binary = grep.Text })},
			"I":    {"p -a", "", "", sets(func(g *Grep) { g.Binary = grep.WithoutMatch })},
			"binary-files": {"p -a", "without-match", "binary", sets(func(g *Grep) {
				g.Binary = grep.WithoutMatch
			})},
			"binary": {"p", "", "", sets(func(*Grep) {})},
			"unix-byte-offsets": {"p", "", "", sets(func(g *Grep) {
				g.Warnings = []string{"--unix-byte-offsets (-u) is obsolete"}
			})},
			"count":               {"p", "", "", sets(func(g *Grep) { g.Count = true })},
			"files-with-matches":  {"p -L", "", "", sets(func(g *Grep) { g.Matching = print.ListMatching })},
			"files-without-match": {"p -l", "", "", sets(func(g *Grep) { g.Matching = print.ListOthers })},
			"only-matching":       {"p", "", "", sets(func(g *Grep) { g.OnlyMatching = true })},
			"quiet":               {"p", "", "", sets(func(g *Grep) { g.Quiet = true })},
			"no-messages":         {"p", "", "", sets(func(g *Grep) { g.NoMessages = true })},
			"line-number":         {"p", "", "", sets(func(g *Grep) { g.LineNumber = true })},
			"byte-offset":         {"p", "", "", sets(func(g *Grep) { g.ByteOffset = true })},
			"with-filename": {"p -h", "", "", sets(func(g *Grep) {
				g.Filename, g.FilenameGiven = true, true
			})},
			"no-filename": {"p", "", "", sets(func(g *Grep) { g.FilenameGiven = true })},
			"label":       {"p", "in", "out", sets(func(g *Grep) { g.Label = "in" })},
			"initial-tab": {"p", "", "", sets(func(g *Grep) { g.InitialTab = true })},
			"null":        {"p", "", "", sets(func(g *Grep) { g.NullName = true })},
			"line-buffered": {"p", "", "", sets(func(g *Grep) {
				g.LineBuffered = true
			})},
			"color": {"p", "force", "none", sets(func(g *Grep) { g.Color = "always" })},
			"json":  {"p", "", "", sets(func(g *Grep) { g.JSON = true })},
			"before-context": {"p", "99999999999999999999", "2", sets(func(g *Grep) {
				g.Before = 1<<63 - 1
			})},
			"after-context": {"p", "+2", "1", sets(func(g *Grep) { g.After = 2 })},
			"context":       {"p -9", "0", "1", sets(func(g *Grep) { g.Context = 0 })},
			"group-separator": {"p --no-group-separator", "=", "+", sets(func(g *Grep) {
				g.Separator, g.NoSeparator = new("="), false
			})},
			"no-group-separator": {"p", "", "", sets(func(g *Grep) { g.NoSeparator = true })},
			"recursive": {"p -d skip", "", "", sets(func(g *Grep) {
				g.Directories = walk.Recurse
			})},
			"dereference-recursive": {"p", "", "", sets(func(g *Grep) {
				g.Directories, g.FollowLinks = walk.Recurse, true
			})},
			"directories": {"p", "rec", "s", sets(func(g *Grep) { g.Directories = walk.Recurse })},
			"devices":     {"p", "skip", "read", sets(func(g *Grep) { g.Devices = walk.SkipAll })},
			"decompress":  {"p", "", "", sets(func(g *Grep) { g.Decompress = true })},
			"encoding": {"p", "utf-16", "gbk", sets(func(g *Grep) {
				g.Encoding.Name = encoding("utf-16")
			})},
			"output-encoding": {"p", "utf8", "utf-8", sets(func(g *Grep) { g.OutputUTF8 = true })},
			"version":         {"", "", "", nil},
		},
	),
	"bench": {
		"size":   {"", "1M", "2M", sets(func(b *Bench) { b.Size = 1 << 20 })},
		"key":    {"", "x", "y", sets(func(b *Bench) { b.Key = "x" })},
		"column": {"", "2", "n", sets(func(b *Bench) { b.Column = "2" })},
		"jobs": {"", "count,grep", "count", sets(func(b *Bench) {
			b.Jobs = []string{"count", "grep"}
		})},
		"pattern": {"", "x", "y", sets(func(b *Bench) { b.Patterns = append(b.Patterns, "x") })},
		"command": {"", "x={file}", "y={file}", sets(func(b *Bench) {
			b.Commands = append(b.Commands, "x={file}")
		})},
		"processes": {"", "1,8", "2", sets(func(b *Bench) { b.Processes = []int{1, 8} })},
		"time":      {"f", "90s", "2m", sets(func(b *Bench) { b.Time = 90 * time.Second })},
		"runs":      {"f", "2", "3", sets(func(b *Bench) { b.Runs = 2 })},
		"warmup":    {"f", "0", "3", sets(func(b *Bench) { b.Warmup = 0 })},
		"verbose":   {"f", "", "", sets(func(b *Bench) { b.Verbose = true })},
		"json":      {"f", "", "", sets(func(b *Bench) { b.Format = bench.JSON })},
		"csv":       {"f", "", "", sets(func(b *Bench) { b.Format = bench.CSV })},
		"markdown":  {"f", "", "", sets(func(b *Bench) { b.Format = bench.Markdown })},
		"plot": {"f", "x.svg", "y.png", sets(func(b *Bench) {
			b.Plots = append(b.Plots, "x.svg")
		})},
	},
	"generate": {
		"size":   {"", "0", "1K", sets(func(g *Generate) { g.Size = 0 })},
		"rows":   {"", "5", "6", sets(func(g *Generate) { g.Rows = 5 })},
		"seed":   {"", "18446744073709551615", "1", sets(func(g *Generate) { g.Seed = 1<<64 - 1 })},
		"header": {"", "", "", sets(func(g *Generate) { g.Header = true })},
		"force":  {"", "", "", sets(func(g *Generate) { g.Force = true })},
	},
	"completion": {"line": {"", "", "", nil}},
	"man":        {},
	"version":    {},
}

func language(l regex.Language) func(Command) {
	return sets(func(g *Grep) { g.chosen, g.Language = true, l })
}

// forms are all ways to write an option.
func forms(o option, value string) (all []string) {
	for name := range strings.SplitSeq(o.names, " ") {
		switch {
		case len(name) > 1 && o.value != "":
			all = append(all, "--"+name+"="+value)
			if o.absent == "" {
				all = append(all, "--"+name+" "+value)
			}
		case len(name) > 1:
			all = append(all, "--"+name)
		case o.value != "":
			all = append(all, "-"+name+value, "-"+name+" "+value)
		default:
			all = append(all, "-"+name)
		}
	}
	return all
}

// TestOptions tries every option of every command under each of its names, and more
// than once.
func TestOptions(t *testing.T) {
	for _, c := range commands {
		table := c.make(locale.C).options()
		for name := range trials[c.name] {
			lookup(t, c, name)
		}
		for _, o := range table {
			trial, ok := trials[c.name][o.name()]
			if !ok {
				t.Errorf("%s: option %s has no trial", c.name, o.name())
				continue
			}
			t.Run(c.name+"/"+o.name(), func(t *testing.T) { try(t, c.name+" "+trial.with, o, trial) })
		}
	}
}

func try(t *testing.T, line string, o option, trial trial) {
	if trial.sets == nil {
		return // see TestTop, TestPreset and TestContinuation
	}
	want := mustParse(t, line)
	trial.sets(want)
	if o.name() != "binary" && reflect.DeepEqual(want, mustParse(t, line)) {
		t.Fatal("the trial changes nothing")
	}
	for _, form := range forms(o, trial.value) {
		if got := mustParse(t, line+" "+form); !reflect.DeepEqual(got, want) {
			t.Errorf("%s:\n got %+v\nwant %+v", form, got, want)
		}
		for _, again := range forms(o, trial.value) {
			got, err := parse(line + " " + form + " " + again)
			switch same := reflect.DeepEqual(got, want); o.repeat {
			case once:
				if message(err) != fmt.Sprintf("option '--%s' is given twice", o.name()) {
					t.Errorf("%s %s: %v", form, again, err)
				}
			case last:
				if err != nil || !same {
					t.Errorf("%s %s: %+v, %v", form, again, got, err)
				}
			case adds:
				if err != nil || same {
					t.Errorf("%s %s: %+v, %v", form, again, got, err)
				}
			}
		}
	}
	if o.value != "" && o.repeat == last {
		first := forms(o, trial.other)[0]
		got := mustParse(t, line+" "+first+" "+forms(o, trial.value)[0])
		if trial.other == trial.value || !reflect.DeepEqual(got, want) {
			t.Errorf("after %s: %+v", first, got)
		}
	}
}

// TestTables looks at what every option must have.
func TestTables(t *testing.T) {
	prose := []string{"processes", "mode", "range-size"} // their default is no value
	for _, c := range commands {
		table := c.make(locale.C).options()
		seen := []string{"help"}
		for _, o := range table {
			for name := range strings.SplitSeq(o.names, " ") {
				if name == "" || slices.Contains(seen, name) {
					t.Errorf("%s: the name %q of %s is empty or taken", c.name, name, o.names)
				}
				seen = append(seen, name)
			}
			if o.set == nil || o.help == "" || !strings.Contains(o.help, o.value) {
				t.Errorf("%s: option %s lacks something", c.name, o.names)
			}
			if o.absent != "" && o.value == "" || o.shown != "" && o.value == "" {
				t.Errorf("%s: option %s has a default but no value", c.name, o.names)
			}
			if len(o.name()) == 1 && o.repeat == once {
				t.Errorf("%s: option %s has no name for messages", c.name, o.names)
			}
			if o.shown == "" || slices.Contains(prose, o.name()) {
				continue
			}
			// The default that the help shows is the one that there is.
			op := c.make(locale.C)
			i := slices.IndexFunc(table, func(p option) bool { return p.names == o.names })
			shown := strings.ReplaceAll(strings.Trim(o.shown, `"`), `\`, "")
			if shown == "" {
				shown = `"`
			}
			if err := op.options()[i].set(shown); err != nil {
				t.Errorf("%s: the default %s of --%s: %v", c.name, o.shown, o.name(), err)
			}
			if plain := c.make(locale.C); !reflect.DeepEqual(op, plain) {
				t.Errorf("%s: the default of --%s is not %s", c.name, o.name(), o.shown)
			}
		}
	}
}

// gnuGrep and count are the long options that may be abbreviated: those of GNU grep
// 3.8, and those that count had in its first release.
const (
	gnuGrep = "basic-regexp extended-regexp fixed-strings perl-regexp after-context " +
		"before-context binary-files binary byte-offset context color colour count devices " +
		"directories exclude exclude-from exclude-dir file files-with-matches " +
		"files-without-match group-separator ignore-case include initial-tab invert-match " +
		"label line-buffered line-number line-regexp max-count no-filename " +
		"no-group-separator no-ignore-case no-messages null null-data only-matching quiet " +
		"recursive dereference-recursive regexp silent text unix-byte-offsets version " +
		"with-filename word-regexp"
	count = "bytes chars lines words files0-from max-line-length total final json csv " +
		"decompress processes mode range-size retries timeout progress log-level"
)

// older are names of options that had been an abbreviation of another one once. Those of
// links, which answer as GNU's tools do, leave them out.
var older = map[string]bool{"by": true}

// TestWhole holds that no option of linefork's own takes an abbreviation from GNU
// grep's, and none that came later from those that count had.
func TestWhole(t *testing.T) {
	for command, want := range map[string]string{"grep": gnuGrep, "count": count} {
		var got []string
		for _, o := range find(command).make(locale.C).options() {
			for name := range strings.SplitSeq(o.names, " ") {
				if len(name) > 1 && !o.whole {
					got = append(got, name)
				}
			}
		}
		want := strings.Fields(want)
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s: may be abbreviated: %q\nwant %q", command, got, want)
		}
		// A name always wins over an abbreviation.
		for _, o := range find(command).make(locale.C).options() {
			for _, name := range want {
				if o.whole && strings.HasPrefix(name, o.name()) && !older[o.name()] {
					t.Errorf("%s: --%s was an abbreviation of --%s", command, o.name(), name)
				}
			}
		}
	}
	for line, option := range map[string]string{
		"filter -k 1 --col=2": "--column=2", "filter -k 1 --in": "--invert",
		"count --re=5": "--retries=5", "count --b": "--bytes",
	} {
		words := strings.Fields(line)
		words[len(words)-1] = option
		got, want := mustParse(t, line), mustParse(t, strings.Join(words, " "))
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, want %+v", line, got, want)
		}
	}
}

// TestAny has command lines of any kind: each gives a command or an error of one of
// the two kinds.
func TestAny(t *testing.T) {
	var words []string
	for name, trials := range trials {
		words = append(words, name)
		for option, trial := range trials {
			words = append(words, trial.value, "-"+option[:1], "--"+option)
			words = append(words, "--"+option+"="+trial.value)
		}
	}
	slices.Sort(words)
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.OneOf(rapid.SampledFrom(words), rapid.String())
		argv := append([]string{"linefork", rapid.SampledFrom(words).Draw(t, "command")},
			rapid.SliceOfN(word, 0, 6).Draw(t, "words")...)
		c, err := Parse(argv, Env{Posix: rapid.Bool().Draw(t, "posix")})
		var usage *getopt.UsageError
		known := errors.As(err, &usage) || errors.As(err, new(Message))
		if (c == nil) == (err == nil) || err != nil && !known {
			t.Errorf("%q: %v, %v", argv, c, err)
		}
	})
}

func BenchmarkParse(b *testing.B) {
	for _, line := range []string{
		"count -l a", "filter --key 11865 --column id -j 4 a", "grep -n -A 2 --color=auto p a b",
	} {
		argv := strings.Fields("linefork " + line)
		b.Run(argv[1], func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Parse(argv, Env{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
