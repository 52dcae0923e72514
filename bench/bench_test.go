package bench_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"image/png"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/linefork/linefork/bench"
	"github.com/linefork/linefork/internal/limit"
)

// run calls Run and returns both outputs.
func run(ctx context.Context, o bench.Options) (stdout, stderr string, err error) {
	var out, errs bytes.Buffer
	o.Stdout, o.Stderr = &out, &errs
	err = bench.Run(ctx, o)
	return out.String(), errs.String(), err
}

// quick measures each command once.
func quick(self string) bench.Options {
	return bench.Options{Self: self, Size: 50_000, Runs: 1, Processes: []int{2}}
}

func write(t *testing.T, text string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "-in put")
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func checkEmpty(t *testing.T) {
	t.Helper()
	entries, err := os.ReadDir(os.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		t.Errorf("%s was not removed", e.Name())
	}
}

func checkContains(t *testing.T, s string, wants ...string) {
	t.Helper()
	for _, want := range wants {
		if !strings.Contains(s, want) {
			t.Errorf("no %q in:\n%s", want, s)
		}
	}
}

// document is the part of the JSON that the tests look at.
type document struct {
	Verdict, LeftOut []string
	Question         struct {
		Key, Field string
		Made       bool `json:"made_up"`
	}
	Jobs []struct {
		Group, Name, Title, Pattern string
		Answer                      struct{ Lines int64 }
		Commands                    []struct {
			Name, Mode, Differs, Failure string
			Times                        []float64 `json:"times_s"`
			Answer                       *struct{ Lines int64 }
			Speedup                      float64
		}
	}
}

func decode(t *testing.T, text string) (d document) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), &d); err != nil {
		t.Fatalf("%v in:\n%s", err, text)
	}
	if strings.Contains(text, ": null") {
		t.Errorf("null in the document:\n%s", text)
	}
	return d
}

func TestTaxi(t *testing.T) {
	o := quick(programs(t, "", []string{"wc"}))
	o.Processes = []int{1, 2}
	stdout, stderr, err := run(t.Context(), o)
	if err != nil || stderr != "" {
		t.Fatalf("error %v, stderr %q", err, stderr)
	}
	checkContains(t, stdout,
		"synthetic taxi positions, 48.8 KiB, 93",
		"not installed: grep, rg, ugrep, mawk, parallel, mlr, duckdb, zsv\n",
		"Serial, threads, processes\n", "  CPU-bound  ", "  network-bound  ",
		"What each process adds: count lines\n", "What each process adds: search\n",
		"Count: count lines\n", "\n  wc -l ",
		"Filter: rows of a key\n  the rows whose field 1 between commas is 11865: ",
		"Grep: rare literal\n", "Grep: automaton\n",
		"CSV: records of a key\n",
		"\nIn short (it took ",
		"\n  2 processes are ", " times wc.\n", "answers agree",
	)
	for line := range strings.Lines(stdout) {
		if n := utf8.RuneCountInString(line) - 1; n > 80 && !strings.Contains(line, "/") {
			t.Errorf("%d characters: %s", n, line)
		}
	}
	checkEmpty(t)
}

// files are some that no CSV reader, or no text editor, would like.
var files = map[string]string{
	"a log": strings.Repeat("2026-03-01 INFO a.b: took 3 ms, ok\n2026-03-01 WARN c: \"x, retry\n", 40),
	"quoted CSV": "\"id\",\"note\"\n" + strings.Repeat(
		"\"7\",\"a, \"\"b\"\"\"\n\"8\",\"two\nlines\"\n\"9\",\"\"\n", 40),
	"prose in Chinese":     strings.Repeat("天地玄黄，宇宙洪荒。\n日月盈昃，辰宿列张。\n", 40),
	"JSON lines":           strings.Repeat("{\"id\": 1, \"s\": \"a\\nb\"}\n{\"id\": 2, \"s\": \"\"}\n", 40),
	"one line":             strings.Repeat("12345 foo ", 1000),
	"one byte":             "x",
	"an empty line":        "\n",
	"empty lines":          "\n\n\n",
	"no line feed":         "a,b\nc,d",
	"carriage returns":     "7,x\r\n8,y\r\n7\r\n",
	"an open quote":        "a,b\n\"c,d\n",
	"NUL":                  "a\x00b\n\x00\x00\n",
	"invalid UTF-8":        "\xff\xfe,\x80\n\xc3\n",
	"UTF-16":               "\xff\xfea\x00,\x00b\x00\n\x00",
	"only commas":          ",,,\n,,\n",
	"options":              "-e,--help\n--version,-v\n",
	"patterns":             ".*,[a-z\n(a|b,{3}\n\\,^$\n",
	"percent, braces, $()": "%s,{file}\n$(x),`y`\n{key},'\"\n",
	"a byte order mark":    "\xef\xbb\xbfid,x\n1,2\n",
}

// Whatever the bytes of a file are, there is no failure, and all answers agree.
func TestAnyFile(t *testing.T) {
	o := quick(programs(t, "", nil))
	o.Jobs, o.Format = []string{"count", "filter", "grep", "csv"}, bench.JSON
	all := make(map[string]string)
	for name, text := range files {
		all[name] = text
	}
	for range 8 {
		seed := rand.Uint64()
		all[fmt.Sprintf("random bytes, seed %d", seed)] = soup(rand.New(rand.NewPCG(seed, 0)))
	}
	for name, text := range all {
		o.File = write(t, text)
		stdout, stderr, err := run(t.Context(), o)
		if err != nil || stderr != "" {
			t.Errorf("%s: error %v, stderr %q of %q", name, err, stderr, text[:min(len(text), 1000)])
			continue
		}
		for _, j := range decode(t, stdout).Jobs {
			for _, c := range j.Commands {
				if c.Failure != "" || c.Differs != "" || len(c.Times) != 1 {
					t.Errorf("%s: %s: %+v", name, j.Title, c)
				}
			}
			if j.Group == "count" && j.Answer.Lines != int64(strings.Count(text, "\n")) {
				t.Errorf("%s: %d lines", name, j.Answer.Lines)
			}
		}
	}
}

// soup is random text of bytes that matter.
func soup(r *rand.Rand) string {
	alphabet := []string{"a", "b", "7", ",", "\"", "\n", "\r\n", "\x00", "\xff", "é", "天", " ", "\\", "'"}
	var b strings.Builder
	for range 1 + r.IntN(400) {
		b.WriteString(alphabet[r.IntN(1+r.IntN(len(alphabet)))])
	}
	return b.String()
}

// The tools that are installed take their command lines, and agree.
func TestRealPeers(t *testing.T) {
	o := quick(programs(t, "", nil, "wc", "grep", "rg", "ugrep", "mawk", "mlr", "duckdb", "zsv"))
	o.Jobs, o.Format = []string{"count", "filter", "grep", "csv"}, bench.JSON
	for _, name := range []string{
		"a log", "quoted CSV", "prose in Chinese", "JSON lines", "one line", "no line feed",
		"carriage returns", "patterns", "percent, braces, $()",
	} {
		o.File = write(t, files[name])
		stdout, stderr, err := run(t.Context(), o)
		if err != nil || stderr != "" {
			t.Errorf("%s: error %v, stderr %q", name, err, stderr)
			continue
		}
		for _, j := range decode(t, stdout).Jobs {
			for _, c := range j.Commands {
				if c.Failure != "" {
					t.Errorf("%s: %s: %s: %s", name, j.Title, c.Name, c.Failure)
				}
			}
		}
	}
}

func TestChosenKey(t *testing.T) {
	self := programs(t, "", nil)
	for _, test := range []struct {
		text, column, key, wantKey, wantField string
		rows                                  int64
	}{
		{"a,1\nb,2\nb,3\n", "", "", "b", "b", 2},
		{"id,n\na,1\nb,2\nc,2\n", "n", "", "2", "2", 2},
		{"\"id\",\"n\"\n\"a\",\"1\"\n\"b\",\"2\"\n", "n", "", "1", `"1"`, 1},
		{"\"id\"\n\"a\"\n\"b\"\n", "1", "b", "b", `"b"`, 1},
		{"a,1\nb,2\nb,3\n", "", "nowhere", "nowhere", "nowhere", 0},
		{"\x01\n\x02\n", "", "", "linefork", "linefork", 0},
	} {
		o := quick(self)
		o.Jobs, o.Format, o.Column, o.Key = []string{"filter"}, bench.JSON, test.column, test.key
		o.File = write(t, test.text)
		stdout, _, err := run(t.Context(), o)
		if err != nil {
			t.Errorf("%q: %v", test.text, err)
			continue
		}
		d := decode(t, stdout)
		q := d.Question
		if q.Key != test.wantKey || q.Field != test.wantField ||
			d.Jobs[0].Answer.Lines != test.rows || q.Made != (test.wantKey == "linefork") {
			t.Errorf("%q: %+v, %d rows", test.text, q, d.Jobs[0].Answer.Lines)
		}
	}
}

func TestOwnPatternsAndCommands(t *testing.T) {
	o := quick(programs(t, "", nil, "sh", "grep", "cat"))
	if !isFile(filepath.Join(os.Getenv("PATH"), "sh")) {
		t.Skip("no shell")
	}
	o.File = write(t, "a b,1\na b,2\nc'd,3")
	o.Format, o.Jobs, o.Key = bench.JSON, []string{"count", "filter", "grep"}, "a b"
	o.Patterns = []string{"a", "c'd"}
	o.Commands = []string{
		"counts=grep -c '' {file}", "keys=grep ^{key}, {file}", "number=grep -c ^{key}, {file}",
		"patterns=grep {pattern} {file}", "wrong=cat {file} && true {pattern}",
		"broken=no-such-tool {file}",
	}
	stdout, stderr, err := run(t.Context(), o)
	if !errors.Is(err, bench.ErrAnswersDiffer) || errors.Is(err, bench.ErrCommandFailed) {
		t.Errorf("error %v", err)
	}
	checkContains(t, stderr, "linefork: the answers differ: pattern 1: wrong: 3, not 2\n")
	found := map[string]string{}
	for _, j := range decode(t, stdout).Jobs {
		for _, c := range j.Commands {
			if c.Mode == "" {
				found[j.Name+" "+c.Name] = c.Differs + c.Failure
			}
		}
	}
	for name, complaint := range map[string]string{
		"count lines counts": "", "rows of a key keys": "", "rows of a key number": "",
		"pattern 1 patterns": "", "pattern 2 patterns": "", "pattern 1 wrong": "3, not 2",
		"pattern 2 wrong": "3, not 1",
	} {
		if got, ok := found[name]; !ok || got != complaint {
			t.Errorf("%s: %q, %v, want %q", name, got, ok, complaint)
		}
	}
	if !strings.Contains(found["count lines broken"], "no-such-tool") {
		t.Errorf("a command that fails: %q", found["count lines broken"])
	}
	for _, bad := range []string{"x", "=cat {file}", "x= ", "x=cat"} {
		if bench.CheckCommand(bad) == nil {
			t.Errorf("%q is a command", bad)
		}
	}
}

func TestAnswersDiffer(t *testing.T) {
	for _, test := range []struct {
		behavior, name, count, filter string
	}{
		{
			"differ processes", "linefork, 2 processes", "7, not 93",
			`line 1 of the output is "7 of them", not "11865,`,
		},
		{"differ wc", "wc -l", "7, not 93", ""},
	} {
		o := quick(programs(t, test.behavior, []string{"wc"}))
		o.Jobs = []string{"count", "filter"}
		stdout, stderr, err := run(t.Context(), o)
		if !errors.Is(err, bench.ErrAnswersDiffer) || errors.Is(err, bench.ErrCommandFailed) {
			t.Fatalf("%s: error %v", test.behavior, err)
		}
		checkContains(t, stderr, "count lines: "+test.name+": "+test.count, test.filter)
		checkContains(t, stdout, "the answer differs: "+test.count, " gave another answer")
		if n := strings.Count(stderr, test.name); n > 2 {
			t.Errorf("%s: reported %d times", test.behavior, n)
		}
		checkEmpty(t)
	}
}

func TestCommandFails(t *testing.T) {
	for _, name := range []string{"threads", "serial", "wc"} {
		o := quick(programs(t, "fail "+name, []string{"wc"}))
		o.Jobs = []string{"count", "filter"}
		stdout, stderr, err := run(t.Context(), o)
		// What is wrong with another program is not wrong with this run.
		if errors.Is(err, bench.ErrCommandFailed) != (name != "wc") || stderr != "" {
			t.Errorf("%s: error %v, stderr %q", name, err, stderr)
		}
		checkContains(t, stdout, "failed: exit status 3: no such worker\n", " failed")
		checkEmpty(t)
	}
}

func TestErrors(t *testing.T) {
	self := programs(t, "", nil)
	empty := write(t, "")
	for name, change := range map[string]func(*bench.Options){
		"folder":       func(o *bench.Options) { o.File = t.TempDir() },
		"empty file":   func(o *bench.Options) { o.File = empty },
		"small size":   func(o *bench.Options) { o.Size = 10 },
		"no processes": func(o *bench.Options) { o.Processes = []int{2, 0} },
		"runs":         func(o *bench.Options) { o.Runs = -1 },
		"job":          func(o *bench.Options) { o.Jobs = []string{"sort"} },
		"no column":    func(o *bench.Options) { o.File, o.Column = write(t, "a,b\n"), "c" },
		"plot":         func(o *bench.Options) { o.Plots = []string{"x.pdf"} },
		"command":      func(o *bench.Options) { o.Commands = []string{"x"} },
		"stdout":       func(o *bench.Options) { o.Stdout = failingWriter{} },
		"stdout, JSON": func(o *bench.Options) { o.Stdout, o.Format = failingWriter{}, bench.JSON },
	} {
		o := quick(self)
		o.Jobs = []string{"count"}
		change(&o)
		if err := bench.Run(t.Context(), o); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	o := quick(self)
	o.File = "absent"
	var file *bench.FileError
	if err := bench.Run(t.Context(), o); !errors.As(err, &file) || file.File != "absent" ||
		!errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a missing file: %v", err)
	}
	checkEmpty(t)
}

type failingWriter struct{}

func (failingWriter) Write([]byte) (int, error) { return 0, errors.New("closed") }

func TestCancel(t *testing.T) {
	started := filepath.Join(t.TempDir(), "started")
	o := quick(programs(t, "hang "+started, nil))
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	go func() {
		for ctx.Err() == nil {
			if _, err := os.Stat(started); err == nil {
				cancel()
			}
			time.Sleep(time.Millisecond)
		}
	}()
	if _, _, err := run(ctx, o); err != context.Canceled {
		t.Errorf("error %v, want %v", err, context.Canceled)
	}
	checkEmpty(t)
}

func TestCancelWhileMakingTheFile(t *testing.T) {
	o := quick(programs(t, "", nil))
	o.Size = 1 << 60
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	go func() {
		for ctx.Err() == nil {
			if made, _ := filepath.Glob(filepath.Join(os.TempDir(), "*", "taxi.csv")); made != nil {
				cancel()
			}
			time.Sleep(time.Millisecond)
		}
	}()
	if _, _, err := run(ctx, o); err != context.Canceled {
		t.Errorf("error %v, want %v", err, context.Canceled)
	}
	checkEmpty(t)
}

// All forms of a report have all of its jobs and commands.
func TestForms(t *testing.T) {
	o := quick(programs(t, "", []string{"wc"}))
	o.Jobs, o.Processes, o.Verbose = []string{"curve", "count"}, []int{1, 2}, true
	dir := t.TempDir()
	for _, end := range []string{"svg", "png", "html"} {
		o.Plots = append(o.Plots, filepath.Join(dir, "plot."+end))
	}
	forms := map[bench.Format]string{}
	for _, f := range []bench.Format{bench.Text, bench.JSON, bench.CSV, bench.Markdown} {
		o.Format = f
		stdout, _, err := run(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		forms[f] = stdout
	}
	checkContains(t, forms[bench.Text], "linefork count --mode processes -j 2 ")
	d := decode(t, forms[bench.JSON])
	if len(d.Jobs) != 3 || len(d.Jobs[2].Commands) != 4 || d.Jobs[0].Commands[2].Speedup <= 0 {
		t.Errorf("odd document:\n%s", forms[bench.JSON])
	}
	rows, err := csv.NewReader(strings.NewReader(forms[bench.CSV])).ReadAll()
	if err != nil || len(rows) != 1+3+3+4 || rows[0][0] != "group" {
		t.Errorf("%v, %d rows:\n%s", err, len(rows), forms[bench.CSV])
	}
	if n := strings.Count(forms[bench.Markdown], "- peers: "); n != 1 {
		t.Errorf("%d lines about peers:\n%s", n, forms[bench.Markdown])
	}
	checkContains(t, forms[bench.Markdown], "### Count: count lines\n", "| wc -l | ",
		"|---|---:|---:|---:|---:|\n")

	page, err := os.ReadFile(o.Plots[2])
	if err != nil {
		t.Fatal(err)
	}
	checkContains(t, string(page), "<svg ", "<h2>Count: count lines</h2>", "<td>wc -l</td>")
	image, err := os.Open(o.Plots[1])
	if err != nil {
		t.Fatal(err)
	}
	defer image.Close()
	if _, err := png.Decode(image); err != nil {
		t.Error(err)
	}
}

// A file that is large enough has a scan limit, which is kept for other commands.
func TestLimitIsKept(t *testing.T) {
	o := quick(programs(t, "", nil))
	o.Jobs, o.Size, o.Processes = []string{"curve"}, 65<<20, []int{1, 2}
	stdout, _, err := run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	checkContains(t, stdout, "of limit", "Counting with 2 processes reaches ")
	m, ok := limit.Load()
	if !ok || !slices.ContainsFunc(m.Limits, func(l limit.Limit) bool { return l.Processes == 2 }) {
		t.Errorf("%v, %+v", ok, m)
	}
}
