package e2e

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/linefork/linefork/bench/taxi"
	"github.com/linefork/linefork/internal/e2e/setup"
)

// job is a running linefork.
type job struct {
	t              *testing.T
	cmd            *exec.Cmd
	stdout, stderr bytes.Buffer // to be read after wait
	ended          chan struct{}
}

// start starts linefork, which is killed at the end of the test if necessary.
func start(t *testing.T, prepare func(*exec.Cmd), args ...string) *job {
	t.Helper()
	if !exists("/proc/self/task/" + strconv.Itoa(os.Getpid()) + "/children") {
		t.Skip("this kernel does not list the children of a process")
	}
	j := &job{t: t, cmd: exec.Command("linefork", args...), ended: make(chan struct{})}
	j.cmd.Stdout, j.cmd.Stderr = &j.stdout, &j.stderr
	if prepare != nil {
		prepare(j.cmd)
	}
	if err := j.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		_ = j.cmd.Wait() // tests check the status where it matters
		close(j.ended)
	}()
	t.Cleanup(func() {
		_ = j.cmd.Process.Kill()
		<-j.ended
	})
	return j
}

// wait waits for the end, but not forever.
func (j *job) wait() result {
	j.t.Helper()
	return j.waitFor(time.Minute)
}

func (j *job) waitFor(most time.Duration) result {
	j.t.Helper()
	select {
	case <-j.ended:
	case <-time.After(most):
		j.t.Fatalf("%q did not end within %v", j.cmd.Args, most)
	}
	return result{exitStatus(j.cmd.ProcessState), j.stdout.String(), j.stderr.String()}
}

func (j *job) over() bool {
	select {
	case <-j.ended:
		return true
	default:
		return false
	}
}

// children returns the processes that linefork started.
func (j *job) children() []int { return setup.Children(j.cmd.Process.Pid) }

// maps reports whether a worker has mapped a file, which it has only during a task. A child that is
// not a worker yet has the mappings of the coordinator.
func maps(pid int, file string) bool {
	command, _ := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
	b, _ := os.ReadFile(fmt.Sprintf("/proc/%d/maps", pid))
	return bytes.Contains(command, []byte("\x00worker")) && bytes.Contains(b, []byte(file))
}

func gone(pid int) bool {
	s := setup.State(strconv.Itoa(pid))
	return s == 0 || s == 'Z' || s == 'X'
}

// freeze stops a worker in the middle of a task on the file.
func (j *job) freeze(file string) (pid int) {
	j.t.Helper()
	for !j.over() {
		for _, pid := range j.children() {
			if !maps(pid, file) || syscall.Kill(pid, syscall.SIGSTOP) != nil {
				continue
			}
			for !gone(pid) && !setup.Stopped(pid) {
				time.Sleep(time.Millisecond)
			}
			if maps(pid, file) {
				return pid
			}
			_ = syscall.Kill(pid, syscall.SIGCONT)
		}
		time.Sleep(200 * time.Microsecond)
	}
	j.t.Fatalf("%q ended before a worker could be stopped: %+v", j.cmd.Args, j.wait())
	return 0
}

// allGone waits until processes have ended.
func allGone(t *testing.T, pids []int) {
	t.Helper()
	for end := time.Now().Add(5 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		left := slices.DeleteFunc(slices.Clone(pids), gone)
		if len(left) == 0 {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("workers %v of %v are still there", left, pids)
		}
	}
}

func kill(t *testing.T, pid int, s syscall.Signal) {
	t.Helper()
	if err := syscall.Kill(pid, s); err != nil {
		t.Fatal(err)
	}
}

// The command lines of these tests. Their answers for the file of wide are known.
var (
	countAll  = []string{"count", "-wmL", "--mode=processes", "-j2"}
	filterKey = []string{"filter", "-k11865", "--mode=processes", "-j2"}
	countBy   = []string{"count", "--by=2", "--sort=count", "--mode=processes", "-j2"}
	grepKey   = []string{"grep", "-a", "^11865,", "--mode=processes", "-j2"}
)

const (
	wideText  = "\n11865,x\n"
	wideStep  = 8 << 20
	wideSize  = 256 << 20
	wideCount = wideSize / wideStep
)

// wide makes a large sparse file of many lines.
func wide(t *testing.T) string { return sparse(t, "wide", wideSize, wideStep, wideText) }

func wantCount(t *testing.T, path string) string {
	t.Helper()
	r := program{}.run(t, "linefork", "count", "-wmL", "--mode=serial", path)
	if r.status != 0 || r.stderr != "" {
		t.Fatalf("%+v", r)
	}
	return r.stdout
}

// tiny is a range size with which each line of wide has a range of its own.
const tiny = "--range-size=1M"

func TestWorkerIsKilled(t *testing.T) {
	path := wide(t)
	rows := strings.Repeat("11865,x\n", wideCount)
	for _, test := range []struct {
		args []string
		want string
	}{
		{countAll, wantCount(t, path)},
		{filterKey, rows},
		{append(filterKey, "-c"), strconv.Itoa(wideCount) + "\n"},
		{countBy, "x," + strconv.Itoa(wideCount) + "\n"},
		{grepKey, rows},
		{append(grepKey, "-c"), strconv.Itoa(wideCount) + "\n"},
		{append(grepKey, "-o", "-m5"), strings.Repeat("11865,\n", 5)},
	} {
		t.Run(strings.Join(test.args, " "), func(t *testing.T) {
			j := start(t, nil, slices.Concat(test.args, []string{tiny, path})...)
			kill(t, j.freeze(path), syscall.SIGKILL)
			r := j.wait()
			if r.status != 0 || r.stdout != test.want {
				t.Errorf("%+v, want status 0 and %q", r, test.want)
			}
			if strings.Count(r.stderr, "\n") != 1 || strings.Count(r.stderr, "level=WARN") != 1 ||
				!strings.Contains(r.stderr, "killed by SIGKILL") {
				t.Errorf("want one warning: %s", r.stderr)
			}
		})
	}
}

func TestEachWorkerIsKilledOnce(t *testing.T) {
	path := wide(t)
	want := wantCount(t, path)
	j := start(t, nil, slices.Concat(countAll, []string{"-j3", tiny, path})...)
	killed := map[int]bool{}
	for range 3 {
		pid := j.freeze(path)
		kill(t, pid, syscall.SIGKILL)
		killed[pid] = true
	}
	r := j.wait()
	if r.status != 0 || r.stdout != want || strings.Count(r.stderr, "level=WARN") != len(killed) {
		t.Errorf("%+v, want status 0, %q and %d warnings", r, want, len(killed))
	}
}

func TestEveryWorkerIsKilled(t *testing.T) {
	path := sparse(t, "big", 1<<30, 0, "")
	dir := t.TempDir()
	out := filepath.Join(dir, "out")
	for _, args := range [][]string{
		countAll,
		append(filterKey, "-c"),
		append(countBy, "-o", out),
		append(grepKey, "-c"),
		append(grepKey, "-v"),
		append(filterKey, "--invert", "-o", out),
		append(filterKey, "--invert", "--append", "-o", out),
	} {
		t.Run(strings.Join(args, " "), func(t *testing.T) {
			writeFile(t, out, []byte("before\n"))
			j := start(t, nil, append(slices.Clone(args), path)...)
			for !j.over() {
				for _, pid := range j.children() {
					_ = syscall.Kill(pid, syscall.SIGKILL) // it may be gone
				}
				time.Sleep(2 * time.Millisecond)
			}
			r := j.wait()
			if r.status != 2 || r.stdout != "" {
				t.Errorf("%+v, want status 2 and no output", r)
			}
			message := regexp.MustCompile(`(?m)^linefork: .*/big'?: bytes \[0, 1073741824\): ` +
				`gave up after 4 attempts: .*killed`)
			if n := len(message.FindAllString(r.stderr, -1)); n != 1 {
				t.Errorf("%d messages name the file and the range: %s", n, r.stderr)
			}
			if n := strings.Count(r.stderr, "level=WARN"); n != 3 {
				t.Errorf("%d warnings, want 3: %s", n, r.stderr)
			}
			if got := names(t, dir); !slices.Equal(got, []string{"out"}) ||
				readFile(t, out) != "before\n" {
				t.Errorf("the output's folder holds %q, the output %q", got, readFile(t, out))
			}
		})
	}
}

func TestNoRetries(t *testing.T) {
	path := wide(t)
	j := start(t, nil, slices.Concat(countAll, []string{"--retries=0", tiny, path})...)
	kill(t, j.freeze(path), syscall.SIGKILL)
	r := j.wait()
	if r.status != 2 || r.stdout != "" || !strings.Contains(r.stderr, "gave up after 1 attempts") ||
		strings.Contains(r.stderr, "WARN") {
		t.Errorf("%+v", r)
	}
}

func TestWorkerHangs(t *testing.T) {
	path := wide(t)
	want := wantCount(t, path)
	j := start(t, nil, slices.Concat(countAll, []string{"--timeout=2s", tiny, path})...)
	pid := j.freeze(path)
	r := j.wait()
	if r.status != 0 || r.stdout != want {
		t.Errorf("%+v, want status 0 and %q", r, want)
	}
	if strings.Count(r.stderr, "level=WARN") != 1 ||
		!strings.Contains(r.stderr, "no answer within its deadline") {
		t.Errorf("want one warning: %s", r.stderr)
	}
	allGone(t, []int{pid})
}

// A worker that is stopped is noticed in the same time however long its range is.
func TestWorkerHangsInLongRange(t *testing.T) {
	path := sparse(t, "big", 200<<30, 0, "")
	j := start(t, nil, "count", "-j1", "--range-size=1T", "--timeout=1s", "--retries=0", path)
	j.freeze(path)
	r := j.waitFor(time.Minute)
	if r.status != 2 || r.stdout != "" || !strings.Contains(r.stderr, "no answer within its deadline") {
		t.Errorf("%+v", r)
	}
}

// Time in which a coordinator was stopped, as on a machine that was suspended, is no time in which
// its workers did not answer.
func TestSuspended(t *testing.T) {
	path := wide(t)
	want := wantCount(t, path)
	j := start(t, nil, slices.Concat(countAll, []string{"--timeout=1s", "--retries=0", tiny, path})...)
	pid := j.freeze(path)
	kill(t, j.cmd.Process.Pid, syscall.SIGSTOP)
	time.Sleep(3 * time.Second)
	kill(t, j.cmd.Process.Pid, syscall.SIGCONT)
	kill(t, pid, syscall.SIGCONT)
	if r := j.wait(); r.status != 0 || r.stdout != want || r.stderr != "" {
		t.Errorf("%+v, want status 0 and %q", r, want)
	}
}

// What ended a worker is named.
func TestWorkerKilledBy(t *testing.T) {
	path := wide(t)
	for s, name := range map[syscall.Signal]string{
		syscall.SIGKILL: "SIGKILL", syscall.SIGABRT: "SIGABRT", syscall.SIGSEGV: "SIGSEGV",
		syscall.SIGQUIT: "SIGQUIT", syscall.SIGBUS: "SIGBUS",
	} {
		j := start(t, nil, slices.Concat(countAll, []string{"--retries=0", tiny, path})...)
		pid := j.freeze(path)
		kill(t, pid, s)
		kill(t, pid, syscall.SIGCONT)
		if r := j.wait(); r.status != 2 || !strings.HasSuffix(r.stderr, ": killed by "+name+"\n") {
			t.Errorf("%v: %+v", s, r)
		}
	}
}

// A deadline counts even if it passes while the worker is being started.
func TestWorkerHangsFromTheStart(t *testing.T) {
	path := sparse(t, "big", 1<<30, 0, "")
	j := start(t, nil, slices.Concat(countAll, []string{"--timeout=1ns", "--retries=1", path})...)
	r := j.wait()
	const message = "gave up after 2 attempts: no answer within its deadline"
	if r.status != 2 || !strings.Contains(r.stderr, message) {
		t.Errorf("%+v", r)
	}
}

func TestCoordinatorIsKilled(t *testing.T) {
	path := wide(t)
	for _, frozen := range []bool{false, true} {
		j := start(t, nil, slices.Concat(countAll, []string{tiny, path})...)
		var pids []int
		if frozen {
			j.freeze(path)
			pids = j.children()
		} else {
			for len(pids) < 2 && !j.over() {
				pids = j.children()
			}
		}
		kill(t, j.cmd.Process.Pid, syscall.SIGKILL)
		j.wait()
		allGone(t, pids)
	}
}

func TestSignals(t *testing.T) {
	path := wide(t)
	dir := t.TempDir()
	out := filepath.Join(dir, "out")
	writeFile(t, out, []byte("before\n"))
	for _, s := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		for _, args := range [][]string{
			countAll,
			append(countBy, "-o", out),
			append(filterKey, "-o", out),
			append(filterKey, "--append", "-o", out),
		} {
			t.Run(fmt.Sprint(s, args), func(t *testing.T) {
				j := start(t, nil, slices.Concat(args, []string{tiny, path})...)
				j.freeze(path)
				pids := j.children()
				kill(t, j.cmd.Process.Pid, s)
				r := j.wait()
				if r.status != 128+int(s) || r.stdout != "" || r.stderr != "" {
					t.Errorf("%+v, want status %d and no message", r, 128+int(s))
				}
				allGone(t, pids)
				if got := names(t, dir); !slices.Equal(got, []string{"out"}) ||
					readFile(t, out) != "before\n" {
					t.Errorf("the output's folder holds %q, the output %q", got, readFile(t, out))
				}
			})
		}
	}
}

// A signal ends a run even while it waits for input.
func TestSignalWhileInputIsAwaited(t *testing.T) {
	fifo := filepath.Join(t.TempDir(), "fifo")
	if err := syscall.Mkfifo(fifo, 0o666); err != nil {
		t.Fatal(err)
	}
	pipe := func(t *testing.T, first string) func(*exec.Cmd) {
		r, w, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { r.Close(); w.Close() })
		if _, err := w.WriteString(first); err != nil {
			t.Fatal(err)
		}
		return func(cmd *exec.Cmd) { cmd.Stdin = r }
	}
	for _, test := range []struct {
		name    string
		prepare func(*exec.Cmd)
		args    []string
	}{
		{"count a silent pipe", pipe(t, ""), []string{"count"}},
		{"count a pipe", pipe(t, "a\nb"), []string{"count", "-lw"}},
		{"count names from a pipe", pipe(t, "a\x00"), []string{"count", "--files0-from=-"}},
		{"count a FIFO without a writer", nil, []string{"count", fifo}},
		{"count the rows of a pipe", pipe(t, "a\nb"), []string{"count", "--by=1"}},
		{"filter a silent pipe", pipe(t, ""), []string{"filter", "-k1"}},
		{"filter a pipe", pipe(t, "1\n2"), []string{"filter", "-k2"}},
		{"filter a pipe with a header", pipe(t, "1,"), []string{"filter", "-k2", "--header"}},
		{"filter a FIFO without a writer", nil, []string{"filter", "-k1", fifo}},
		{"grep a silent pipe", pipe(t, ""), []string{"grep", "x"}},
		{"grep a pipe", pipe(t, "1\n2"), []string{"grep", "-n", "2"}},
		{"grep a FIFO without a writer", nil, []string{"grep", "x", fifo}},
		{"grep for patterns from a pipe", pipe(t, "a"), []string{"grep", "-f-", fifo}},
		{"filter by keys from a pipe", pipe(t, "a"), []string{"filter", "-f-", fifo}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			j := start(t, test.prepare, test.args...)
			time.Sleep(300 * time.Millisecond) // until it waits; earlier, the test is just easier
			kill(t, j.cmd.Process.Pid, syscall.SIGINT)
			if r := j.waitFor(5 * time.Second); r.status != 130 || r.stdout != "" ||
				r.stderr != "" {
				t.Errorf("%+v, want status 130", r)
			}
		})
	}
}

// Rows of a live stream come out as they come in.
func TestLiveStream(t *testing.T) {
	in, feed, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	read, out, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer read.Close()
	j := start(t, func(cmd *exec.Cmd) { cmd.Stdin, cmd.Stdout = in, out }, "filter", "-k1",
		"--mode=processes", "-j2")
	in.Close()
	out.Close()
	buf := make([]byte, 100)
	for i := range 3 {
		row := fmt.Sprintf("1,%d\n", i)
		if _, err := feed.WriteString("2,x\n" + row); err != nil {
			t.Fatal(err)
		}
		if err := read.SetReadDeadline(time.Now().Add(20 * time.Second)); err != nil {
			t.Fatal(err)
		}
		if n, err := read.Read(buf); err != nil || string(buf[:n]) != row {
			t.Fatalf("%q, %v, want %q", buf[:n], err, row)
		}
	}
	feed.Close()
	if r := j.wait(); r.status != 0 || r.stderr != "" {
		t.Errorf("%+v", r)
	}
}

func TestOutputPipeIsClosed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "taxi")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := taxi.Write(f, taxi.Options{Size: 8 << 20, Seed: 1}); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"filter", "-v", "-kx", path},
		{"filter", "-v", "-kx", "--mode=processes", "-j3", path},
		{"filter", "-n", "-v", "-kx", "--mode=threads", "-j3", path},
		{"filter", "-v", "-c", "-kx", path},
		{"grep", "-v", "x", path},
		{"grep", "-no", "--mode=processes", "-j3", "1", path},
		{"grep", "--json", "1", path},
		{"count", path},
		{"count", "--json", path},
		{"count", "--by=1", path},
		{"generate"},
	} {
		read, out, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		much := args[0] == "generate" || args[0] == "grep" || args[0] == "filter" && args[2] != "-c"
		if !much {
			read.Close() // the output fits into the pipe, and may be written at once
		}
		j := start(t, func(cmd *exec.Cmd) { cmd.Stdout = out }, args...)
		out.Close()
		if much {
			if _, err := read.Read(make([]byte, 10)); err != nil {
				t.Fatal(err)
			}
			read.Close()
		}
		if r := j.wait(); r.status != 141 || r.stderr != "" {
			t.Errorf("%q: %+v, want status 141 and no message", args, r)
		}
	}
}

func TestInputIsTruncated(t *testing.T) {
	for _, test := range []struct {
		args   []string
		status int
		stdout string
	}{
		{countAll, 1, "0 4096 0 big\n"},
		{[]string{"count", "-l", "--mode=processes", "-j1"}, 1, "0 big\n"},
		{countBy, 1, ""},
		{append(filterKey, "-c"), 2, "0\n"},
		{append(filterKey, "-v"), 2, ""},
	} {
		t.Run(strings.Join(test.args, " "), func(t *testing.T) {
			path := sparse(t, "big", 1<<30, 0, "")
			j := start(t, nil, append(slices.Clone(test.args), path)...)
			pid := j.freeze(path)
			if err := os.Truncate(path, 4096); err != nil {
				t.Fatal(err)
			}
			kill(t, pid, syscall.SIGCONT)
			r := j.wait()
			r.stdout = strings.ReplaceAll(unaligned(r.stdout), filepath.Dir(path)+"/", "")
			if r.status != test.status || r.stdout != test.stdout {
				t.Errorf("%+v, want status %d and output %q", r, test.status, test.stdout)
			}
			message := regexp.MustCompile(`^linefork: .*/big'?: ` +
				`file shrank to 4096 bytes while it was read, at byte 4096\n$`)
			if !message.MatchString(r.stderr) {
				t.Errorf("the message names no offset: %s", r.stderr)
			}
		})
	}
}

// A key that is too long to send is an error of its file.
func TestKeyIsTooLong(t *testing.T) {
	path, short := sparse(t, "long", 256<<20+1, 0, ""), sparse(t, "short", 2, 2, "k\n")
	for _, mode := range modes {
		r := program{}.run(t, "linefork", "count", "--by=1", "--mode="+mode, "-j1",
			"--range-size=99G", path, short)
		if r.status != 1 || r.stdout != "k,1\n" ||
			!strings.Contains(r.stderr, "a key is longer than 256 MiB\n") {
			t.Errorf("%s: %+v", mode, r)
		}
	}
}

func TestInputIsReplaced(t *testing.T) {
	for _, args := range [][]string{countAll, filterKey, append(filterKey, "-c")} {
		for _, killed := range []bool{false, true} {
			t.Run(fmt.Sprint(args, " killed ", killed), func(t *testing.T) {
				path := wide(t)
				args := slices.Concat(args, []string{tiny, path})
				want := program{}.run(t, "linefork", args...)
				j := start(t, nil, args...)
				pid := j.freeze(path)
				other := sparse(t, "other", wideSize, 0, "")
				if err := os.Rename(other, path); err != nil {
					t.Fatal(err)
				}
				signal := syscall.SIGCONT
				if killed {
					signal = syscall.SIGKILL // the next worker opens the file again
				}
				kill(t, pid, signal)
				r := j.wait()
				switch {
				case r.status == 0 && r.stdout == want.stdout:
				case r.status > 0 && r.status <= 2 &&
					strings.Contains(r.stderr, "file was replaced while it was read"):
					if !strings.HasPrefix(want.stdout, r.stdout) && r.stdout != "0\n" {
						t.Errorf("a mixture: %+v", r)
					}
				default:
					t.Errorf("%+v", r)
				}
			})
		}
	}
}

// Runs that append to the same file at the same time keep their rows together.
func TestAppendSideBySide(t *testing.T) {
	const runs, rows = 12, 400
	dir := t.TempDir()
	out := filepath.Join(dir, "out")
	var jobs []*job
	for i := range runs {
		in := filepath.Join(t.TempDir(), "in")
		writeFile(t, in, []byte("id,run\n"+strings.Repeat(fmt.Sprintf("1,%02d\n2,x\n", i), rows)))
		jobs = append(jobs, start(t, nil, "filter", "--header", "-k1", "--mode=processes", "-j2",
			"--range-size=1000", "--append", "-o", out, in))
	}
	for _, j := range jobs {
		if r := j.wait(); r != (result{}) {
			t.Fatalf("%+v", r)
		}
	}
	if got := names(t, dir); !slices.Equal(got, []string{"out"}) {
		t.Errorf("beside the output: %q", got)
	}
	text, ok := strings.CutPrefix(readFile(t, out), "id,run\n")
	if !ok {
		t.Fatal("no header at the start")
	}
	seen := map[string]bool{}
	lines := strings.SplitAfter(strings.TrimSuffix(text, "\n"), "\n")
	for block := range slices.Chunk(lines, rows) {
		first := strings.TrimSuffix(block[0], "\n")
		if seen[first] || !regexp.MustCompile(`^1,\d\d$`).MatchString(first) {
			t.Fatalf("row %q starts two blocks, or is not a row", first)
		}
		seen[first] = true
		if got := strings.Join(block, ""); strings.Count(got, first) != rows ||
			len(strings.TrimSuffix(got, "\n")) != rows*(len(first)+1)-1 {
			t.Fatalf("the rows of %q are not together", first)
		}
	}
	if len(seen) != runs {
		t.Errorf("rows of %d runs, want %d", len(seen), runs)
	}
}

// A signal ends even the wait for the lock of the output.
func TestAppendWaitsForLock(t *testing.T) {
	dir := t.TempDir()
	out, in := filepath.Join(dir, "out"), filepath.Join(t.TempDir(), "in")
	writeFile(t, out, []byte("before\n"))
	writeFile(t, in, []byte("1,a\n"))
	f, err := os.OpenFile(out, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX); err != nil {
		t.Fatal(err)
	}
	args := []string{"filter", "-k1", "--append", "-o", out, in}
	interrupted, patient := start(t, nil, args...), start(t, nil, args...)
	time.Sleep(300 * time.Millisecond) // neither may have ended by then
	if interrupted.over() || patient.over() {
		t.Fatal("a run did not wait for the lock")
	}
	kill(t, interrupted.cmd.Process.Pid, syscall.SIGTERM)
	if r := interrupted.wait(); r.status != 143 || r.stderr != "" {
		t.Errorf("%+v, want status 143", r)
	}
	if got := readFile(t, out); got != "before\n" {
		t.Errorf("the output is %q", got)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_UN); err != nil {
		t.Fatal(err)
	}
	if r := patient.wait(); r.status != 0 || r.stderr != "" {
		t.Errorf("%+v", r)
	}
	if got := readFile(t, out); got != "before\n1,a\n" {
		t.Errorf("the output is %q", got)
	}
	if got := names(t, dir); !slices.Equal(got, []string{"out"}) {
		t.Errorf("beside the output: %q", got)
	}
}
