package run_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/linefork/linefork/merge/output"
	"github.com/linefork/linefork/merge/run"
	"github.com/linefork/linefork/worker"
	"github.com/linefork/linefork/worker/rows"
	"github.com/linefork/linefork/worker/wc"
)

var modes = []worker.Mode{"", worker.Processes, worker.Threads, worker.Serial}

// write makes a file in a folder of its own.
func write(t *testing.T, name, data string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(data), 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

// operations runs each operation over some inputs; it returns what was written.
var operations = map[string]func(run.Options) (string, error){
	"count": func(o run.Options) (string, error) {
		var b strings.Builder
		total, err := run.Count(context.Background(), run.CountOptions{
			Options: o, Want: wc.Lines | wc.Bytes,
			Counted: func(in run.Input, c wc.Counts) error {
				_, err := fmt.Fprintln(&b, filepath.Base(in.Name), c.Lines, c.Bytes)
				return err
			},
		})
		fmt.Fprintln(&b, total.Lines, total.Bytes)
		return b.String(), err
	},
	"records": func(o run.Options) (string, error) {
		total, err := run.CountRecords(context.Background(), run.CountOptions{Options: o}, run.CSV{})
		return fmt.Sprint(total.Lines), err
	},
	"by": func(o run.Options) (string, error) {
		var b bytes.Buffer
		err := run.CountBy(context.Background(), run.CountByOptions{
			Options: o, By: run.Column{Number: 1}, Out: output.To(&b),
		})
		return b.String(), err
	},
	"filter": func(o run.Options) (string, error) {
		var b bytes.Buffer
		n, err := run.Filter(context.Background(), run.FilterOptions{
			Options: o, LineNumber: true, Out: output.To(&b),
			Where: []run.Condition{
				{Column: run.Column{Number: 1}, Condition: rows.Condition{In: rows.NewKeys("1", "2")}},
				{Column: run.Column{Number: 2}, Condition: rows.Condition{In: rows.NewKeys("b")}},
			},
		})
		return fmt.Sprint(b.String(), n), err
	},
	"grep": func(o run.Options) (string, error) {
		var b bytes.Buffer
		g := run.GrepOptions{Options: o, Out: output.To(&b)}
		g.Pattern.Patterns = []byte("b$")
		g.Format.LineNumber = true
		matched, err := run.Grep(context.Background(), g)
		return fmt.Sprint(b.String(), matched), err
	},
}

// TestOperations has two conditions, which the command line has not, and the same
// answers in each mode and at each cut.
func TestOperations(t *testing.T) {
	path := write(t, "f", "1,a\n1,b\n2,b\n3,b\n\"2\",\"b\"\n\"x\ny\",b\n")
	want := map[string]string{
		"count":   "f 7 32\n7 32\n",
		"records": "6",
		"by":      "1,2\n2,2\n3,1\n\"x\ny\",1\n",
		"filter":  "2:1,b\n3:2,b\n5:\"2\",\"b\"\n3",
		"grep":    "2:1,b\n3:2,b\n4:3,b\n7:y\",b\ntrue",
	}
	for name, operation := range operations {
		for _, mode := range modes {
			for _, size := range []int64{0, 1, 5, 11} {
				got, err := operation(run.Options{Inputs: run.Paths(path), Mode: mode, Processes: 2, RangeSize: size})
				if err != nil || got != want[name] {
					t.Errorf("%s %q by %d: %q, %v, want %q", name, mode, size, got, err, want[name])
				}
			}
		}
	}
}

// TestFailures has inputs that cannot be read among others: without a Report the
// first one ends the run; with one the others are read. What went wrong keeps its
// kind, wherever it was met.
func TestFailures(t *testing.T) {
	good, missing, dir := write(t, "good", "1,b\n"), filepath.Join(t.TempDir(), "missing"), t.TempDir()
	open := write(t, "open", "1,\"b\n")
	for name, operation := range operations {
		for _, mode := range modes {
			for _, test := range []struct {
				path string
				kind error
				only []string // operations that meet it
			}{
				{missing, fs.ErrNotExist, nil},
				{dir, syscall.EISDIR, nil},
				{open, nil, []string{"records", "by", "filter"}},
			} {
				if test.only != nil && !slices.Contains(test.only, name) {
					continue
				}
				o := run.Options{Inputs: run.Paths(good, test.path, good), Mode: mode, Processes: 2}
				_, err := operation(o)
				var in *worker.InputError
				if !errors.As(err, &in) || in.Name != test.path || test.kind != nil && !errors.Is(err, test.kind) {
					t.Errorf("%s %q of %s: %v", name, mode, test.path, err)
				}
				var reported []string
				o.Report = func(m run.Message) { reported = append(reported, m.Input) }
				got, err := operation(o)
				if err != nil || !slices.Equal(reported, []string{test.path}) || strings.Count(got, "b") < 1 && name == "filter" {
					t.Errorf("%s %q of %s: %q, %v, reported %q", name, mode, test.path, got, err, reported)
				}
			}
		}
	}
}

// TestAtOnce runs operations side by side, each with other data.
func TestAtOnce(t *testing.T) {
	var all sync.WaitGroup
	for i := range 8 {
		path := write(t, "f", strings.Repeat("1,b\n", 1000*(i+1)))
		for name, operation := range operations {
			o := run.Options{Inputs: run.Paths(path), Mode: modes[i%len(modes)], Processes: 2, RangeSize: 999}
			want, err := operation(o)
			if err != nil {
				t.Fatal(err)
			}
			all.Go(func() {
				if got, err := operation(o); err != nil || got != want {
					t.Errorf("%s of %d lines: %d bytes, %v, want %d", name, 1000*(i+1), len(got), err, len(want))
				}
			})
		}
	}
	all.Wait()
}

// TestStdin has one pipe and one file as inputs that are open already.
func TestStdin(t *testing.T) {
	path := write(t, "f", "0,b\n1,b\n2,b\n")
	for name, operation := range operations {
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		r, w, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		if _, err := w.WriteString("1,b\n2,b\n"); err != nil {
			t.Fatal(err)
		}
		w.Close()
		if _, err := f.Seek(4, 0); err != nil {
			t.Fatal(err)
		}
		fromFile, err := operation(run.Options{Inputs: []run.Input{{Name: "f", File: f}}})
		if err != nil {
			t.Error(err)
		}
		fromPipe, err := operation(run.Options{Inputs: []run.Input{{Name: "f", File: r}}})
		if err != nil || fromPipe != fromFile {
			t.Errorf("%s of a pipe: %q, %v; of a file %q", name, fromPipe, err, fromFile)
		}
	}
}
