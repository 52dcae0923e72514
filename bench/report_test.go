package bench

import (
	"slices"
	"strings"
	"testing"
)

// fakeReport has fixed measurements, on a machine of four cores.
func fakeReport() *report {
	lines := answer{Lines: 37_735_849}
	timed := func(name, mode string, workers int, times ...float64) *result {
		r := &result{Name: name, Mode: mode, Workers: workers, Times: times, Answer: &lines, Checked: len(times)}
		for i := range times {
			r.rounds = append(r.rounds, i)
		}
		return r
	}
	serial := func(times ...float64) *result { return timed("linefork, serial", modeSerial, 1, times...) }
	threads := func(times ...float64) *result {
		return timed("linefork, 4 threads", modeThreads, 4, times...)
	}
	parallel := func(n int, times ...float64) *result {
		return timed(lineforkName(modeProcesses, n), modeProcesses, n, times...)
	}
	const size = 2 << 30
	r := &report{
		Version: reportVersion, Linefork: "linefork 1.0.0",
		Machine: machine{CPU: "Fast CPU", Cores: 8, Usable: 4, OS: "linux", Arch: "amd64", Go: "go1.26.0",
			FreeMemory: 16 << 30},
		File:    fileInfo{Path: "/data/taxi.csv", Size: size, Lines: lines.Lines},
		Workers: 4,
		Peers:   []tool{{Name: "wc", Version: "wc (GNU coreutils) 9.1"}, {Name: "grep"}},
		Missing: []string{"mawk"},
		Seconds: 61.25,
		Jobs: []*job{
			{
				Group: groupModes, Name: "CPU-bound", Title: "grep -E x", Bytes: size,
				Commands: []*result{serial(4, 4, 4), threads(1.25, 1.25, 1.25), parallel(4, 1, 1, 1.5)},
			},
			{
				Group: groupModes, Name: "I/O-bound", Title: "count lines", Bytes: size,
				Commands: []*result{serial(2, 2), threads(2, 2), {
					Name: "linefork, 4 processes", Mode: modeProcesses, Workers: 4,
					Failure: "exit status 2: out of memory",
				}},
			},
			{
				Group: groupCurve, Name: "count lines", Title: "count lines", Bytes: size,
				Reference: &lines,
				Commands: []*result{
					serial(1, 1, 1), parallel(1, 1, 1, 1), parallel(2, 0.6, 0.6, 0.6), parallel(4, 0.5, 0.5, 0.5),
					timed("scan limit", modeLimit, 1, 0.8, 0.9), timed("scan limit", modeLimit, 2, 0.5, 0.5),
					timed("scan limit", modeLimit, 4, 0.45, 0.5),
				},
			},
			{
				Group: groupCount, Name: "count lines", Title: "the lines of the file", Bytes: size,
				Reference: &lines,
				Commands: []*result{
					serial(1, 1.2, 1), threads(0.25, 0.25, 0.25), parallel(4, 0.25, 0.25, 0.25),
					// The median of the ratios is not the ratio of the medians.
					timed("wc -l", "", 0, 0.5, 0.45, 0.6), timed("grep", "", 0, 0.2, 0.2, 0.2),
					{Name: "rg", Differs: "7, not 37,735,849", Times: []float64{0.1}, rounds: []int{0}, Checked: 1},
					{Name: "mawk", Stopped: 12},
				},
			},
		},
	}
	for _, j := range r.Jobs {
		j.summarize()
		r.Limits = append(r.Limits, j.limits()...)
	}
	r.shareLimit()
	return r
}

const goldenReport = `machine   Fast CPU, 4 of 8 cores, linux/amd64
file      /data/taxi.csv, 2.00 GiB, 37,735,849 lines
linefork  1.0.0, go1.26.0
peers     wc 9.1; grep, version unknown
          not installed: mawk

Serial, threads, processes
  CPU-bound: grep -E x.
  I/O-bound: count lines.

                    serial             4 threads           4 processes
  CPU-bound   4.00 s  ±0 %   1.25 s  ±0 %  3.2 ×   1.00 s ±50 %  4.0 ×
  I/O-bound   2.00 s  ±0 %   2.00 s  ±0 %  1.0 ×                failed
    linefork, 4 processes: failed: exit status 2: out of memory

What each process adds: count lines
  The scan limit is what as many processes read of this file if they only count
  its line feeds. In the bars, | is as many times serial as there are
  processes.

                 time  spread  serial  of limit  scan limit
  serial       1.00 s    ±0 %   1.0 ×         -           -
  1 process    1.00 s    ±0 %   1.0 ×      80 %  2.50 GiB/s  ████|
  2 processes  600 ms    ±0 %   1.7 ×      83 %  4.00 GiB/s  ███████▌ |
  4 processes  500 ms    ±0 %   2.0 ×      90 %  4.44 GiB/s  █████████         |

Count: count lines
  the lines of the file: 37,735,849.

                             time  spread        rate  4 processes
  linefork, serial         1.00 s   ±20 %  2.00 GiB/s        4.0 ×  ████████████
  linefork, 4 threads      250 ms    ±0 %  8.00 GiB/s        1.0 ×  ███
  linefork, 4 processes    250 ms    ±0 %  8.00 GiB/s        1.0 ×  ███
  wc -l                    500 ms   ±20 %  4.00 GiB/s        2.0 ×  ██████
  grep                     200 ms    ±0 %  10.0 GiB/s       0.80 ×  ██▍
  rg                       100 ms       -  20.0 GiB/s            -
    the answer differs: 7, not 37,735,849
  mawk                   > 12.0 s
    stopped after 12.0 s

In short (it took 61.2 s)
  4 processes are 4.0 times serial for CPU-bound work; threads 3.2.
  4 processes are 2.0 times wc, 0.80 times grep.
  Counting with 4 processes reaches 90 % of the scan limit (4.44 GiB/s).
  Faster than that: grep for count lines (1.2 times).
  1 command gave another answer, 1 command failed; the machine was busy: 1 of 17
    spreads are above a fifth.
`

func TestText(t *testing.T) {
	r := fakeReport()
	r.judge(0)
	text := r.head()
	for _, s := range r.sections() {
		text += s.text(false, nil)
	}
	if text += r.closing(); text != goldenReport {
		t.Errorf("got:\n%s\nwant:\n%s", text, goldenReport)
	}
	r.File.Size, r.Machine.CPU = 17<<30, ""
	head := r.headLines()
	if !strings.HasPrefix(head[0][1], "unknown CPU, ") || !strings.HasSuffix(head[1][1],
		"; larger than the free memory (16.0 GiB), so the disk sets the pace") {
		t.Error(head)
	}
}

// What is said of the limit is true of the figures.
func TestLimitVerdict(t *testing.T) {
	quiet := func() *report {
		r := fakeReport()
		r.Jobs = r.Jobs[2:3]
		return r
	}
	for _, test := range []struct {
		change func(*report)
		want   string
	}{
		{func(*report) {}, "reaches 90 % of the scan limit (4.44 GiB/s): the memory is the limit from " +
			"4 processes on."},
		// Alone, one process reads 3 GiB/s: a second one adds little.
		{func(r *report) { r.Jobs[0].Commands[4].Times = []float64{0.667} },
			"the memory is the limit from 2 processes on."},
		// Reading still gets faster.
		{func(r *report) { r.Jobs[0].Commands[6].Times = []float64{0.21, 0.21} },
			"which is 3.8 times that of 1 process: the memory is not the limit up to here."},
		{func(r *report) { r.Machine.Usable = 1 }, "of the scan limit (4.44 GiB/s)."},
		{func(r *report) { r.Busy = []string{"x"} }, "of the scan limit (4.44 GiB/s)."},
		{func(r *report) { r.Jobs[0].Commands = r.Jobs[0].Commands[:4] }, ""},
	} {
		r := quiet()
		test.change(r)
		j := r.Jobs[0]
		j.summarize()
		r.Limits = j.limits()
		for _, res := range j.Commands {
			res.LimitShare = 0
		}
		r.shareLimit()
		if got := r.limitVerdict(); !strings.HasSuffix(got, test.want) || (got == "") != (test.want == "") {
			t.Errorf("%q, want %q", got, test.want)
		}
	}
}

// Nothing is said about what was not measured.
func TestVerdictOfNothing(t *testing.T) {
	r := &report{Workers: 2}
	r.judge(0)
	if want := []string{"No other tool was measured.", "All 0 answers agree."}; !slices.Equal(r.Verdict, want) {
		t.Errorf("%q", r.Verdict)
	}
}

func TestBusy(t *testing.T) {
	r := fakeReport()
	if why := r.busy(2.5); len(why) != 2 ||
		!strings.HasPrefix(why[0], "the load average was 2.5 on 4 cores") {
		t.Errorf("%q", why)
	}
	if why := r.busy(1.9); len(why) != 1 {
		t.Errorf("%q", why)
	}
}

func TestSpeedup(t *testing.T) {
	base := &result{Times: []float64{1, 2, 3}, rounds: []int{0, 1, 2}, Median: 2}
	for _, test := range []struct {
		r    *result
		want float64
	}{
		{&result{Times: []float64{1, 1, 1}, rounds: []int{0, 1, 2}}, 2},
		{&result{Times: []float64{1}, rounds: []int{2}}, 3},
		{&result{Times: []float64{4}, rounds: []int{7}, Median: 4}, 0.5},
		{&result{}, 0},
		{&result{Times: []float64{1}, rounds: []int{0}, Differs: "x"}, 0},
	} {
		if got := speedup(base, test.r); got != test.want {
			t.Errorf("%v, want %v", got, test.want)
		}
	}
}

func TestMedian(t *testing.T) {
	for _, test := range []struct {
		xs   []float64
		want float64
	}{
		{[]float64{3}, 3}, {[]float64{4, 1}, 2.5}, {[]float64{9, 1, 2}, 2}, {[]float64{8, 1, 2, 4}, 3},
	} {
		if got := median(test.xs); got != test.want {
			t.Errorf("median of %v is %v, want %v", test.xs, got, test.want)
		}
	}
}

// The charts show what was measured, and nothing else.
func TestCharts(t *testing.T) {
	r := fakeReport()
	if s := r.speedups().Series; len(s) != 1 || len(s[0].Points) != 3 || s[0].Points[2].Y != 2 {
		t.Errorf("%+v", s)
	}
	m := r.times()
	if want := []string{"linefork, 4 processes", "linefork, serial", "wc", "grep"}; len(m.Rows) != 1 ||
		!slices.Equal(m.Series, want) || !slices.Equal(m.Rows[0].Seconds, []float64{0.25, 1, 0.5, 0.2}) {
		t.Errorf("%+v", m)
	}
	if charts := (&report{}).charts(); charts != nil {
		t.Errorf("charts of nothing: %v", charts)
	}
}
