package run_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/linefork/linefork/merge/output"
	"github.com/linefork/linefork/merge/run"
	"github.com/linefork/linefork/worker"
	"github.com/linefork/linefork/worker/regex"
	"github.com/linefork/linefork/worker/rows"
)

// At the end of a run its status says what was read and found, whatever was read twice on the way.
func TestStatus(t *testing.T) {
	dir := t.TempDir()
	var content strings.Builder
	for i := range 40_000 {
		fmt.Fprintf(&content, "%d,\"a\n%d\",x\n", i%100, i)
	}
	text := []byte(content.String())
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	z.Write(text)
	z.Close()
	var paths []string
	write := func(name string, b []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, b, 0o666); err != nil {
			t.Fatal(err)
		}
		return path
	}
	size := int64(2 * len(text))
	paths = append(paths, write("large", text), write("also large", text))
	for i := range 100 {
		b := []byte("7,small\n")
		size += int64(len(b))
		paths = append(paths, write(fmt.Sprint("small", i), b))
	}
	archive := write("archive", zipped.Bytes())

	key := run.Condition{Condition: rows.Condition{In: rows.NewKeys("7")}}
	pattern := regex.Spec{Patterns: []byte("^7,"), UTF8: true}
	const rowsOf7 = 2*400 + 100
	operations := map[string]struct {
		do            func(run.Options) error
		records, hits int64
	}{
		"count": {func(o run.Options) error {
			_, err := run.Count(t.Context(), run.CountOptions{Options: o})
			return err
		}, 2*80_000 + 100, -1},
		"records": {func(o run.Options) error {
			_, err := run.CountRecords(t.Context(), run.CountOptions{Options: o}, run.CSV{})
			return err
		}, 2*40_000 + 100, -1},
		"by": {func(o run.Options) error {
			return run.CountBy(t.Context(), run.CountByOptions{Options: o})
		}, 2*40_000 + 100, -1},
		"filter": {func(o run.Options) error {
			_, err := run.Filter(t.Context(), run.FilterOptions{
				Options: o, Where: []run.Condition{key}, Out: output.To(new(bytes.Buffer)),
			})
			return err
		}, -1, rowsOf7},
		"grep": {func(o run.Options) error {
			_, err := run.Grep(t.Context(), run.GrepOptions{
				Options: o, Pattern: pattern, Out: output.To(new(bytes.Buffer)),
			})
			return err
		}, -1, rowsOf7},
	}
	for _, mode := range []worker.Mode{worker.Processes, worker.Threads, worker.Serial} {
		for name, op := range operations {
			for _, rangeSize := range []int64{0, 1000, 100_000} {
				var status func() run.Status
				o := run.Options{
					Inputs: run.Paths(paths...), Mode: mode, Processes: 2, RangeSize: rangeSize,
					Started: func(s run.Start) { status = s.Status },
				}
				if err := op.do(o); err != nil {
					t.Fatal(err)
				}
				s := status()
				if s.Bytes != size || s.Total != size || s.Records != op.records ||
					s.Hits != op.hits || s.Inputs != len(paths) || s.Input != "" && s.Input != paths[len(paths)-1] {
					t.Errorf("%s, %s, ranges of %d: %+v; want %d bytes, %d records, %d hits", mode, name,
						rangeSize, s, size, op.records, op.hits)
				}
				tasks := 0
				for _, w := range s.Workers {
					tasks += w.Tasks
				}
				if tasks == 0 {
					t.Errorf("%s, %s: no task: %+v", mode, name, s.Workers)
				}
			}
			var status func() run.Status
			err := op.do(run.Options{
				Inputs: run.Paths(archive), Mode: mode, Processes: 2, Decompress: true,
				Started: func(s run.Start) { status = s.Status },
			})
			if err != nil {
				t.Fatal(err)
			}
			if s := status(); s.Bytes != int64(zipped.Len()) || s.Total != s.Bytes {
				t.Errorf("%s, %s: %+v of an archive of %d bytes", mode, name, s, zipped.Len())
			}
		}
	}
}

// A status may be asked for at any time, by any goroutine, and never goes back where nothing is
// looked at twice.
func TestStatusDuring(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, bytes.Repeat([]byte("some line\n"), 1<<19), 0o666); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	seen := make(chan int)
	_, err := run.Grep(t.Context(), run.GrepOptions{
		Options: run.Options{
			Inputs: run.Paths(path), Mode: worker.Processes, Processes: 3, RangeSize: 50_000,
			Started: func(s run.Start) {
				go func() {
					n, last := 0, int64(0)
					for ; ctx.Err() == nil; n++ {
						now := s.Status()
						if now.Bytes < last || now.Bytes > now.Total {
							t.Errorf("%d bytes after %d, of %d", now.Bytes, last, now.Total)
						}
						last = now.Bytes
					}
					seen <- n
				}()
			},
		},
		Pattern: regex.Spec{Patterns: []byte("x$")},
	})
	cancel()
	if n := <-seen; err != nil || n == 0 {
		t.Errorf("%v; the status was looked at %d times", err, n)
	}
}
