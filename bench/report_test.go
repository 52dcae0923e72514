package bench

import (
	"strings"
	"testing"
)

const goldenHead = `machine   Fast CPU @ 3 GHz, 4 of 8 cores, linux/amd64, go1.26.0
file      /data/taxi.csv, synthetic taxi positions
          2 GB, 37,735,849 rows
          fits in free memory (16 GB), so it is read from the page cache, not from the disk
linefork  version 1.0.0
peers     wc (GNU coreutils) 9.1
          grep, version unknown
          not installed: rg, mawk
runs      3 of each command, 1 to warm up, in interleaved rounds
`

const goldenCount = `
count: the lines of the file
answer: 37,735,849 lines

command                               median s      min .. max   GB/s  vs serial  vs best peer
linefork count --mode serial             1.000  0.900 .. 1.200   2.00       1.00          0.56
linefork count --mode processes -j 4     0.250  0.225 .. 0.600   8.00       4.00          2.22
linefork count --mode threads -j 4           -               -      -          -             -  failed: exit status 2: out of memory
wc -l                                    0.500  0.450 .. 0.600   4.00       1.80          1.00
grep -c ''                               0.200  0.200 .. 0.400  10.00       5.00          2.25  ANSWERS DIFFER: 37,735,848 lines

best peer: wc -l
warning: the first counted run took more than 1.5 times the median, so the file may not have been in memory yet; raise --warmup: grep -c ''
warning: the slowest run took more than 1.5 times the median; close other programs, or raise --runs: linefork count --mode processes -j 4
`

const goldenFilter = `
filter: the rows whose column 1 is 11865
answer: 12 lines (sha256 0123456789ab)

command                        median ms  min .. max     GB/s  vs serial
linefork filter --mode serial        5.0  4.0 .. 7.0  2000.00       1.00

warning: a median below 10 ms is mostly the start of a process; take a larger file: linefork filter --mode serial
`

// fakeJobs are fixed measurements. A slow run in the middle means noise, one at the start a cold
// cache. The ratios of wc in each round, 1.80, 2.67 and 1.67, have another median than the ratio of
// its median, 2.00.
func fakeJobs() (count, filter *job) {
	lines := answer{Lines: 37_735_849}
	fewer := answer{Lines: 37_735_848}
	count = &job{
		Name: "count", Title: "the lines of the file", Reference: &lines, bytes: 2e9,
		Commands: []*result{
			{Name: "linefork count --mode serial", Answer: &lines, Times: []float64{0.9, 1.2, 1.0}},
			{Name: "linefork count --mode processes -j 4", Answer: &lines, Times: []float64{0.225, 0.6, 0.25}},
			{Name: "linefork count --mode threads -j 4", Failure: "exit status 2: out of memory"},
			{Name: "wc -l", Peer: true, Answer: &lines, Times: []float64{0.5, 0.45, 0.6}},
			{Name: "grep -c ''", Peer: true, Answer: &fewer, Differs: true, Times: []float64{0.4, 0.2, 0.2}},
		},
	}
	rows := answer{Lines: 12, SHA256: "0123456789abcdef"}
	filter = &job{
		Name: "filter", Title: "the rows whose column 1 is 11865", Reference: &rows, bytes: 1e10,
		Commands: []*result{
			{Name: "linefork filter --mode serial", Answer: &rows, Times: []float64{0.004, 0.007, 0.005}},
		},
	}
	count.summarize()
	filter.summarize()
	return count, filter
}

func TestText(t *testing.T) {
	r := &report{
		Linefork: "linefork version 1.0.0",
		Machine: machine{CPU: "Fast CPU @ 3 GHz", Cores: 8, Usable: 4, OS: "linux", Arch: "amd64",
			Go: "go1.26.0", FreeMemory: 16e9},
		File:    fileInfo{Path: "/data/taxi.csv", Generated: true, Size: 2e9, Rows: 37_735_849},
		Peers:   []tool{{Name: "wc", Version: "wc (GNU coreutils) 9.1"}, {Name: "grep"}},
		Missing: []string{"rg", "mawk"},
		Runs:    3, Warmup: 1,
	}
	count, filter := fakeJobs()
	for _, test := range []struct{ name, got, want string }{
		{"head", r.text(), goldenHead},
		{"count", count.text(), goldenCount},
		{"filter", filter.text(), goldenFilter},
	} {
		if test.got != test.want {
			t.Errorf("%s:\n%s\nwant:\n%s", test.name, test.got, test.want)
		}
	}

	r.File.Size = 17e9
	r.Machine.CPU = ""
	if s := r.text(); !strings.Contains(s, "larger than free memory (16 GB), so the disk") ||
		!strings.Contains(s, "unknown CPU, ") {
		t.Error(s)
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

func TestFormatNumbers(t *testing.T) {
	for n, want := range map[int64]string{
		0: "0", 999: "999", 1000: "1,000", -123456: "-123,456", 12345678: "12,345,678",
	} {
		if got := formatCount(n); got != want {
			t.Errorf("formatCount(%d) = %s, want %s", n, got, want)
		}
	}
	for n, want := range map[int64]string{
		0: "0 B", 999: "999 B", 1000: "1 kB", 999_999: "1 MB", 1_234_567_890: "1.23 GB",
	} {
		if got := formatBytes(n); got != want {
			t.Errorf("formatBytes(%d) = %s, want %s", n, got, want)
		}
	}
}
