package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// The test binary plays linefork and, linked under their names, the peers. The variable fakeVar
// says how they behave; commands inherit it.
const fakeVar = "LINEFORK_BENCH_FAKE"

func TestMain(m *testing.M) {
	if behaviour, ok := os.LookupEnv(fakeVar); ok {
		os.Exit(fake(behaviour))
	}
	os.Exit(m.Run())
}

// fake counts and filters; behaviour is "" or one of
//
//	differ ARG   add a line to the answer if ARG is among the arguments
//	fail ARG     fail if ARG is among the arguments
//	hang FILE    make FILE and then do nothing
func fake(behaviour string) int {
	args := os.Args[1:]
	if slices.Contains(args, "--version") {
		fmt.Println("linefork version 0.0.0-fake")
		return 0
	}
	verb, object, _ := strings.Cut(behaviour, " ")
	base := strings.TrimSuffix(filepath.Base(os.Args[0]), ".exe")
	hit := slices.Contains(args, object) || base == object
	switch {
	case verb == "hang":
		if os.WriteFile(object, nil, 0o600) != nil {
			return 4
		}
		time.Sleep(time.Hour)
	case verb == "fail" && hit:
		fmt.Fprintln(os.Stderr, "no such\nworker")
		return 3
	}

	text, err := os.ReadFile(args[len(args)-1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 5
	}
	if slices.Contains(args, "--log-level=info") {
		files := 0
		for _, a := range args {
			if a == args[len(args)-1] {
				files++
			}
		}
		ranges := 100 * files
		if slices.Contains(args, "--range-size=12800") {
			ranges = 16 << 10
		}
		written := 1000 * files
		if args[0] == "count" || slices.Contains(args, "-c") {
			written = 0
		}
		fmt.Fprintf(os.Stderr,
			"msg=\"workers ended\" tasks=%d workers_cpu=%v coordinator_cpu=%v\n", ranges,
			time.Duration(5+200*files)*time.Millisecond,
			time.Duration(10*ranges+written)*time.Microsecond)
	}
	extra := ""
	if verb == "differ" && hit {
		extra = "extra\n"
	}
	text = append(text, extra...)

	key := "" // of a filter
	switch {
	case args[0] == "filter":
		key = args[slices.Index(args, "--key")+1]
	case strings.HasPrefix(args[0], "^"):
		key = strings.Trim(args[0], "^,")
	}
	if key == "" {
		fmt.Println("  ", bytes.Count(text, []byte{'\n'}), "file")
		return 0
	}
	found := false
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, key+",") || line == extra {
			fmt.Print(line)
			found = true
		}
	}
	if !found && base == "grep" {
		return 1
	}
	return 0
}

// setup gives the test a fake linefork, a temporary folder of its own, which it returns, and a PATH
// with these fake peers.
func setup(t *testing.T, behaviour string, peers ...string) (Options, string) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	bin, tmp := t.TempDir(), t.TempDir()
	for _, p := range peers {
		if runtime.GOOS == "windows" {
			p += ".exe"
		}
		if err := os.Link(self, filepath.Join(bin, p)); err != nil {
			if err := os.Symlink(self, filepath.Join(bin, p)); err != nil {
				t.Skip("cannot link the fake peers:", err)
			}
		}
	}
	t.Setenv(fakeVar, behaviour)
	t.Setenv("GORACE", "atexit_sleep_ms=0") // or each fake would end a second later
	t.Setenv("PATH", bin)
	for _, name := range []string{"TMPDIR", "TMP", "TEMP"} {
		t.Setenv(name, tmp)
	}
	return Options{
		Self: self, Jobs: []string{"count", "filter"}, Size: 50_000, Runs: 1, Warmup: 1,
		Processes: []int{2},
	}, tmp
}

// run calls Run and returns both outputs.
func run(ctx context.Context, o Options) (stdout, stderr string, err error) {
	var out, errs bytes.Buffer
	o.Stdout, o.Stderr = &out, &errs
	err = Run(ctx, o)
	return out.String(), errs.String(), err
}

func checkEmpty(t *testing.T, dir string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
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

func TestRunWithoutPeers(t *testing.T) {
	o, tmp := setup(t, "")
	o.Runs, o.Processes = 2, []int{1, 2}
	stdout, stderr, err := run(t.Context(), o)
	if err != nil || stderr != "" {
		t.Fatalf("error %v, stderr %q", err, stderr)
	}
	checkContains(t, stdout,
		"not installed: wc, grep, rg, mawk\n",
		"0.0.0-fake\n",
		"synthetic taxi positions\n",
		"2 of each command, 1 to warm up",
		"count: the lines of the file\nanswer: 93",
		"filter: the rows whose column 1 is 11865\nanswer: ",
		"linefork filter --mode processes -j 2",
	)
	if strings.Contains(stdout, "best peer") {
		t.Errorf("a best peer without peers:\n%s", stdout)
	}
	checkEmpty(t, tmp)
}

func TestRunWithPeers(t *testing.T) {
	o, tmp := setup(t, "", "wc", "grep")
	o.Key = "none" // grep exits with 1
	stdout, stderr, err := run(t.Context(), o)
	if err != nil || stderr != "" {
		t.Fatalf("error %v, stderr %q", err, stderr)
	}
	checkContains(t, stdout, "answer: 0 lines", "vs best peer", "not installed: rg, mawk",
		"best peer: grep '^none,'", "grep -c ''")
	checkEmpty(t, tmp)
}

func TestRunOnGivenFile(t *testing.T) {
	o, tmp := setup(t, "")
	o.File = filepath.Join(tmp, "-in.csv")
	text := strings.Repeat("11865,a\n11866,b\n", 600) + "11865,c\n"
	if err := os.WriteFile(o.File, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	o.Warmup = 0
	stdout, _, err := run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	checkContains(t, stdout, "answer: 1,201 lines", "answer: 601 lines",
		"9.61 kB, 1,201 rows", "no warm-up")
	if _, err := os.Stat(o.File); err != nil {
		t.Error("the given file is gone:", err)
	}
}

func TestAnswersDiffer(t *testing.T) {
	for _, test := range []struct{ behaviour, count, filter string }{
		{"differ processes", "linefork count --mode processes -j 2", "linefork filter --mode processes -j 2"},
		{"differ grep", "grep -c ''", "grep '^11865,'"},
	} {
		o, tmp := setup(t, test.behaviour, "grep")
		stdout, stderr, err := run(t.Context(), o)
		if !errors.Is(err, ErrAnswersDiffer) || errors.Is(err, ErrCommandFailed) {
			t.Fatalf("%s: error %v", test.behaviour, err)
		}
		checkContains(t, err.Error(), test.count, test.filter)
		checkContains(t, stderr, "ANSWERS DIFFER: count: "+test.count+": ",
			"ANSWERS DIFFER: filter: "+test.filter+": ", "; linefork filter --mode serial: ")
		checkContains(t, stdout, "  ANSWERS DIFFER: ")
		if n := strings.Count(stderr, test.count); n != 1 {
			t.Errorf("%s: reported %d times", test.behaviour, n)
		}
		checkEmpty(t, tmp)
	}
}

func TestCommandFails(t *testing.T) {
	for _, arg := range []string{"threads", "serial", "wc"} {
		o, tmp := setup(t, "fail "+arg, "wc")
		stdout, stderr, err := run(t.Context(), o)
		if !errors.Is(err, ErrCommandFailed) || errors.Is(err, ErrAnswersDiffer) {
			t.Fatalf("%s: error %v", arg, err)
		}
		if stderr != "" {
			t.Errorf("%s: stderr %q", arg, stderr)
		}
		checkContains(t, err.Error(), arg)
		checkContains(t, stdout, "failed: exit status 3: no such worker\n")
		checkEmpty(t, tmp)
	}
}

func TestRunErrors(t *testing.T) {
	o, tmp := setup(t, "")
	empty := filepath.Join(t.TempDir(), "empty")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*Options){
		"no file":      func(o *Options) { o.File = filepath.Join(empty, "absent") },
		"folder":       func(o *Options) { o.File = tmp },
		"empty file":   func(o *Options) { o.File = empty },
		"small size":   func(o *Options) { o.Size = 10 },
		"no processes": func(o *Options) { o.Processes = []int{2, 0} },
		"runs":         func(o *Options) { o.Runs = -1 },
		"stdout":       func(o *Options) { o.Stdout = failingWriter{} },
		"stdout, JSON": func(o *Options) { o.Stdout, o.JSON = failingWriter{}, true },
	} {
		o := o
		change(&o)
		if err := Run(t.Context(), o); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	checkEmpty(t, tmp)
}

type failingWriter struct{}

func (failingWriter) Write([]byte) (int, error) { return 0, errors.New("closed") }

func TestCancel(t *testing.T) {
	started := filepath.Join(t.TempDir(), "started")
	o, tmp := setup(t, "hang "+started)
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
	_, _, err := run(ctx, o)
	if err != context.Canceled {
		t.Errorf("error %v, want %v", err, context.Canceled)
	}
	checkEmpty(t, tmp)
}

func TestCancelWhileMakingTheFile(t *testing.T) {
	o, tmp := setup(t, "")
	o.Size = 1 << 60
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	go func() {
		for ctx.Err() == nil {
			if made, _ := filepath.Glob(filepath.Join(tmp, "*", "taxi.csv")); made != nil {
				cancel()
			}
			time.Sleep(time.Millisecond)
		}
	}()
	if _, _, err := run(ctx, o); err != context.Canceled {
		t.Errorf("error %v, want %v", err, context.Canceled)
	}
	checkEmpty(t, tmp)
}

func TestJSON(t *testing.T) {
	o, tmp := setup(t, "", "wc")
	o.JSON, o.Runs = true, 4
	stdout, _, err := run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	checkEmpty(t, tmp)

	var r report
	d := json.NewDecoder(strings.NewReader(stdout))
	d.DisallowUnknownFields()
	if err := d.Decode(&r); err != nil {
		t.Fatal(err)
	}
	if d.More() {
		t.Error("more than one document")
	}
	if strings.Contains(stdout, "null") {
		t.Errorf("null in the document:\n%s", stdout)
	}
	if len(r.Jobs) != 2 || r.Runs != 4 || r.Warmup != 1 ||
		!slices.Equal(r.Missing, []string{"grep", "rg", "mawk"}) {
		t.Errorf("odd report:\n%s", stdout)
	}
	if got := r.Jobs[0].Reference.Lines; got != r.File.Rows {
		t.Errorf("%d lines counted, want %d", got, r.File.Rows)
	}
	for _, j := range r.Jobs {
		for _, c := range j.Commands {
			if len(c.Times) != 4 || len(c.CPU) != 4 {
				t.Fatalf("%s: %d times", c.Name, len(c.Times))
			}
			s := slices.Sorted(slices.Values(c.Times))
			if c.Median != (s[1]+s[2])/2 || c.Min != s[0] || c.Max != s[3] {
				t.Errorf("%s: median %v of %v", c.Name, c.Median, c.Times)
			}
			if *c.Answer != *j.Reference || c.Differs || c.Failure != "" {
				t.Errorf("%s: answer %v", c.Name, c.Answer)
			}
			if c.Speedup <= 0 || j.FastestPeer != "" && c.VsFastestPeer <= 0 {
				t.Errorf("%s: no ratios", c.Name)
			}
		}
		if j.Commands[0].Speedup != 1 {
			t.Errorf("%s: the baseline is %v times itself", j.Name, j.Commands[0].Speedup)
		}
	}
}

// The real tools accept their arguments and agree.
func TestRealPeersAgree(t *testing.T) {
	found := map[string]string{}
	for _, name := range []string{"wc", "grep", "rg", "mawk"} {
		if path, err := exec.LookPath(name); err == nil {
			found[name] = path
		}
	}
	file := filepath.Join(t.TempDir(), "in.csv")
	text := "a.b,1,x+y\naab,2,x+y\na.b,1,z\na.bc,1,x+yz\n\na.b,xxy,x+y\n1,1.0,x]\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	var peers []tool
	for name, path := range found {
		peers = append(peers, tool{Name: name, Path: path})
	}
	for _, test := range []struct {
		key         string
		column      int
		found       int64
		description string
	}{
		{"a.b", 1, 3, "a key that is a pattern"},
		{"1", 1, 1, "a plain key"},
		{"1", 2, 3, "a number as a string"},
		{"x+y", 3, 3, "the last column"},
		{"x]", 3, 1, "a bracket"},
		{"none", 2, 0, "no row"},
	} {
		o := Options{Key: test.key, Column: test.column}
		for _, job := range countAndFilter(o, file, peers) {
			want := test.found
			if job.Name == "count" {
				want = 7
			}
			for _, c := range job.Commands {
				if !c.Peer {
					continue
				}
				s, err := measure(t.Context(), c, job.Rows)
				if err != nil {
					t.Errorf("%s: %s: %v", test.description, c.Name, err)
				} else if s.answer.Lines != want {
					t.Errorf("%s: %s: %d lines, want %d", test.description, c.Name,
						s.answer.Lines, want)
				}
			}
		}
	}
}

// TestScaling has a fake that logs its costs: 5 ms and 200 ms per file in workers, 10 µs per range
// and 1 ms for rows in the coordinator.
func TestScaling(t *testing.T) {
	o, tmp := setup(t, "")
	file := filepath.Join(tmp, "file")
	if err := os.WriteFile(file, []byte("a\nb\nc\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	near := func(got, want float64) bool { return math.Abs(got-want) <= 1e-6*want }
	const size = 200 << 20
	for _, test := range []struct {
		args    []string
		output  float64
		longest int64
	}{
		{[]string{"count"}, 0, 1 << 30},
		{[]string{"filter", "--key", "b"}, 1e-3 / size, 256 << 20},
	} {
		c := command{Args: append(append([]string{o.Self}, test.args...), file)}
		s, err := runScaling(t.Context(), c, test.output > 0, 3, size)
		if err != nil {
			t.Fatal(err)
		}
		limit := 200e-3 / size * float64(test.longest) / (1e-5 + test.output*float64(test.longest))
		if !near(s.Worker, 200e-3/size) || !near(s.Coordinator, 1e-5) ||
			!near(s.Output, test.output) || s.Longest != test.longest ||
			math.Abs(float64(s.Limit)-limit) > 1 {
			t.Errorf("%v: %+v, want a limit of %g", test.args, s, limit)
		}
	}
	c := command{Args: []string{o.Self, "count", file}}
	if s, err := runScaling(t.Context(), c, false, 3, 50<<20); s != nil || err != nil {
		t.Errorf("of a small file: %+v, %v", s, err)
	}
}
