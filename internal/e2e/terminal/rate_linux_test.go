package terminal

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/linefork/linefork/bench/taxi"
	"github.com/linefork/linefork/internal/e2e/screen"
	"github.com/linefork/linefork/internal/e2e/setup"
)

const (
	settled = 3 * time.Second // after which the rate that a bar shows must be right
	near    = 0.1             // how far from the true one it may be
)

// feeder writes to a pipe at a steady rate.
type feeder struct {
	lock  sync.Mutex
	start time.Time
	sent  []sent
}

type sent struct {
	when  time.Duration
	bytes float64
}

// feed writes until the pipe is closed.
func (f *feeder) feed(w *os.File, text string, perSecond float64) {
	f.start = time.Now()
	for total := 0.0; ; time.Sleep(5 * time.Millisecond) {
		due := time.Since(f.start).Seconds()*perSecond - total
		n, err := w.WriteString(text[:min(len(text), int(due))])
		if err != nil {
			return
		}
		total += float64(n)
		f.lock.Lock()
		f.sent = append(f.sent, sent{time.Since(f.start), total})
		f.lock.Unlock()
	}
}

// rate returns the bytes per second that were sent in the last time.
func (f *feeder) rate(last time.Duration) float64 {
	f.lock.Lock()
	defer f.lock.Unlock()
	end := f.sent[len(f.sent)-1]
	i, _ := slices.BinarySearchFunc(f.sent, end.when-last, func(s sent, t time.Duration) int {
		return int(s.when - t)
	})
	return (end.bytes - f.sent[i].bytes) / (end.when - f.sent[i].when).Seconds()
}

// TestRateOfPipe feeds a pipe and compares the rate that a bar shows. On a busy machine it may take
// several tries.
func TestRateOfPipe(t *testing.T) {
	begin(t)
	for _, test := range []struct {
		mib  float64 // per second
		args []string
	}{
		{3, []string{"count", "--mode=serial"}},
		{5, []string{"grep", "-c", "11865", "--mode=threads", "-j2", "--range-size=1M"}},
		{2, []string{"filter", "--key=11865", "--count", "--mode=processes", "-j2"}},
		{4, []string{"grep", "-c", "11865", "--progress=workers", "--mode=processes", "-j2"}},
	} {
		t.Run(fmt.Sprint(test.args), func(t *testing.T) {
			t.Parallel()
			r, w, err := os.Pipe()
			if err != nil {
				t.Fatal(err)
			}
			defer r.Close()
			var f feeder
			go f.feed(w, rows(0, 20_000), test.mib*(1<<20))
			args := slices.Concat([]string{"linefork"}, test.args)
			if !slices.Contains(args, "--progress=workers") {
				args = append(args, "--progress=always")
			}
			term := screen.Start(t, screen.Options{Stdin: r}, args...)
			time.Sleep(settled)
			var shown, truth float64
			for late := time.Now().Add(screen.Patience / 2); ; {
				shown, truth = median(t, term, 7), f.rate(2*time.Second)
				if math.Abs(shown-truth) <= near*truth {
					break
				}
				if time.Now().After(late) {
					t.Errorf("the bar shows %.0f bytes per second, but there are %.0f:\n%v",
						shown, truth, term.Screen())
					break
				}
			}
			t.Logf("%.2f of the true rate", shown/truth)
			w.Close()
			term.Wait()
			noBar(t, term)
		})
	}
}

// median returns the median rate of some bars that differ.
func median(t *testing.T, term *screen.Terminal, n int) float64 {
	t.Helper()
	var shown []float64
	last := ""
	for range n {
		term.Until("another bar", func(s screen.Screen) bool {
			lines := bar(s)
			if len(lines) == 0 || lines[len(lines)-1] == last {
				return false
			}
			last = lines[len(lines)-1]
			return true
		})
		per, err := bytesPerSecond(last)
		if err != nil {
			t.Fatal(err)
		}
		shown = append(shown, per)
	}
	slices.Sort(shown)
	return shown[n/2]
}

// TestRateOfFiles compares the rate that a bar shows with that of the whole run, for what takes the
// same time from start to end.
func TestRateOfFiles(t *testing.T) {
	if !*rates {
		t.Skip("only with -terminal.rates")
	}
	setup.Watch(t)
	dir := t.TempDir()
	var text bytes.Buffer
	if _, err := taxi.Write(&text, taxi.Options{Rows: 9_000_000, Seed: 1}); err != nil {
		t.Fatal(err)
	}
	large, archive := filepath.Join(dir, "large"), filepath.Join(dir, "archive.gz")
	writeFile(t, large, text.String())
	var packed bytes.Buffer
	z, err := gzip.NewWriterLevel(&packed, gzip.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = z.Write(text.Bytes())
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	writeFile(t, archive, packed.String())
	many := filepath.Join(dir, "many")
	if err := os.Mkdir(many, 0o777); err != nil {
		t.Fatal(err)
	}
	const row, files = 53, 4000
	for i, part := 0, text.Bytes(); len(part) > row; i++ {
		n := min(len(part), text.Len()/files)
		writeFile(t, filepath.Join(many, strconv.Itoa(i)), string(part[:n]))
		part = part[n:]
	}
	const slow = `(.*),\1`
	for _, test := range []struct {
		name string
		size int
		args []string
	}{
		{"slow pattern", text.Len(), []string{"grep", "-Ec", slow, large}},
		{"slow pattern in long ranges", text.Len(), []string{"grep", "-Ec", slow,
			"--range-size=" + strconv.Itoa(text.Len()/4+1), large}}, // two for each worker, to the end
		{"archive", packed.Len(), []string{"grep", "-Ec", slow, "--decompress", archive}},
		{"many files", text.Len(), []string{"grep", "-Ec", slow, "-r", many}},
	} {
		for _, mode := range []string{"threads", "processes"} {
			t.Run(test.name+" "+mode, func(t *testing.T) {
				var lock sync.Mutex
				var shown []float64
				start, last := time.Now(), ""
				args := slices.Concat([]string{"linefork"}, test.args,
					[]string{"--progress=always", "--mode=" + mode})
				term := screen.Start(t, screen.Options{Watch: func(s screen.Screen) {
					lock.Lock()
					defer lock.Unlock()
					lines := bar(s)
					if len(lines) == 0 || lines[0] == last || time.Since(start) < settled {
						return
					}
					last = lines[0]
					if per, err := bytesPerSecond(last); err == nil {
						shown = append(shown, per)
					}
				}}, args...)
				term.Wait()
				elapsed := time.Since(start)
				truth := float64(test.size) / elapsed.Seconds()
				lock.Lock()
				defer lock.Unlock()
				if elapsed < settled+time.Second || len(shown) == 0 {
					t.Fatalf("%d bars in %v are too few", len(shown), elapsed)
				}
				worst := 0.0
				for _, s := range shown {
					worst = max(worst, math.Abs(s/truth-1))
				}
				slices.Sort(shown)
				middle := shown[len(shown)/2] / truth
				t.Logf("%v, %.1f MiB/s; %d bars after %v show %.2f times that, at worst %.2f off",
					elapsed, truth/(1<<20), len(shown), settled, middle, worst)
				if math.Abs(middle-1) > near {
					t.Errorf("the bar shows %.2f times the true rate", middle)
				}
			})
		}
	}
}
