package run_test

import (
	"bytes"
	"context"
	"errors"
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
	"github.com/linefork/linefork/worker/tally"
	"github.com/linefork/linefork/worker/wc"
)

// save writes a file, and returns the options that read it.
func save(t *testing.T, content string) (run.Options, string) {
	t.Helper()
	path := write(t, "file", content)
	return run.Options{Inputs: run.Paths(path)}, path
}

// TestZero expects options that say nothing but the inputs to do what is obvious.
func TestZero(t *testing.T) {
	const table = "id,note\n7,\"two\nlines\"\n8,é\n"
	o, _ := save(t, table)
	ctx := context.Background()

	lines, err := run.Count(ctx, run.CountOptions{Options: o})
	if err != nil || lines.Lines != 4 || lines.Bytes != int64(len(table)) {
		t.Errorf("Count: %+v, %v", lines, err)
	}
	records, err := run.CountRecords(ctx, run.CountOptions{Options: o}, run.CSV{})
	if err != nil || records.Lines != 3 {
		t.Errorf("CountRecords: %+v, %v", records, err)
	}
	if n, err := run.Filter(ctx, run.FilterOptions{Options: o}); n != 3 || err != nil {
		t.Errorf("Filter: %d, %v", n, err)
	}
	if found, err := run.Grep(ctx, run.GrepOptions{Options: o}); !found || err != nil {
		t.Errorf("Grep: %t, %v", found, err)
	}
	if err := run.CountBy(ctx, run.CountByOptions{Options: o}); err != nil {
		t.Errorf("CountBy: %v", err)
	}
	if total, err := run.Count(ctx, run.CountOptions{}); err != nil || total != (wc.Counts{}) {
		t.Errorf("Count of nothing: %+v, %v", total, err)
	}
}

// TestCLocale counts a character of two bytes in both locales, and matches it.
func TestCLocale(t *testing.T) {
	for _, c := range []bool{false, true} {
		o, _ := save(t, "é\n")
		o.CLocale = c
		n, err := run.Count(context.Background(), run.CountOptions{Options: o, Want: wc.Chars})
		if want := int64(len("é\n")); err != nil || (n.Chars == want) != c {
			t.Errorf("C locale %t: %d characters, %v", c, n.Chars, err)
		}
		found, err := run.Grep(context.Background(), run.GrepOptions{
			Options: o, Pattern: regex.Spec{Patterns: []byte("^.$")},
		})
		if err != nil || found == c {
			t.Errorf("C locale %t: found %t, %v", c, found, err)
		}
	}
}

// TestGroups expects a separator between groups of lines where there are groups.
func TestGroups(t *testing.T) {
	for _, test := range []struct {
		o    run.GrepOptions
		want string
	}{
		{run.GrepOptions{}, "a1\na2\na3\n"},
		{run.GrepOptions{Groups: true}, "a1\n--\na2\na3\n"},
		{run.GrepOptions{After: 1}, "a1\nb\n--\na2\na3\n"},
		{run.GrepOptions{Before: 2}, "a1\nb\nc\na2\na3\n"},
		{run.GrepOptions{Max: 2}, "a1\na2\n"},
		{run.GrepOptions{Limited: true}, ""},
	} {
		test.o.Options, _ = save(t, "a1\nb\nc\na2\na3\n")
		test.o.Pattern.Patterns = []byte("a")
		var out bytes.Buffer
		test.o.Out = output.To(&out)
		if _, err := run.Grep(context.Background(), test.o); err != nil || out.String() != test.want {
			t.Errorf("%q, %v; want %q", &out, err, test.want)
		}
	}
}

// TestPatternErrors expects what is said about patterns, before anything is read.
func TestPatternErrors(t *testing.T) {
	var said []run.Message
	o := run.GrepOptions{Options: run.Options{
		Inputs: run.Paths("missing"), Report: func(m run.Message) { said = append(said, m) },
	}}
	o.Pattern.Patterns = []byte(`a\d`)
	if _, err := run.Grep(context.Background(), o); err != nil {
		t.Error(err)
	}
	if len(said) != 2 || !said[0].Warning || said[1].Warning ||
		!errors.As(said[0].Err, new(run.PatternWarning)) || !errors.Is(said[1].Err, os.ErrNotExist) {
		t.Errorf("it said %v", said)
	}
	o.Pattern.Patterns = []byte(`\(`)
	if _, err := run.Grep(context.Background(), o); !errors.As(err, new(*run.PatternError)) {
		t.Errorf("error %v", err)
	}
}

// TestWrongOptions expects an error at once, in every mode, of what cannot be done.
func TestWrongOptions(t *testing.T) {
	in, _ := save(t, "a\n")
	for _, csv := range []run.CSV{
		{Dialect: &rows.Dialect{Delimiter: ',', Quote: ','}},
		{Encoding: run.Encoding{Name: "no such"}},
	} {
		for _, in.Mode = range []worker.Mode{"", worker.Threads, worker.Processes} {
			if _, err := run.Filter(context.Background(), run.FilterOptions{Options: in, CSV: csv}); err == nil {
				t.Errorf("%+v is good", csv)
			}
		}
	}
	o := run.FilterOptions{Options: in, Where: make([]run.Condition, 1)}
	o.Mode = worker.Processes
	if _, err := run.Filter(context.Background(), o); err == nil || errors.As(err, new(*worker.WorkerError)) {
		t.Errorf("error %v of a condition without keys", err)
	}
}

// TestCountedBy expects each key with its count, in order, and an error of the caller
// to end it.
func TestCountedBy(t *testing.T) {
	in, _ := save(t, "b,1\na,1\nb,2\n")
	var got strings.Builder
	o := run.CountByOptions{Options: in, Order: tally.ByCount, Counted: func(key []byte, n uint64) error {
		fmt.Fprintf(&got, "%s%d ", key, n)
		return nil
	}}
	if err := run.CountBy(context.Background(), o); err != nil || got.String() != "b2 a1 " {
		t.Errorf("%q, %v", &got, err)
	}
	enough := errors.New("enough")
	o.Counted = func([]byte, uint64) error { return enough }
	if err := run.CountBy(context.Background(), o); err != enough {
		t.Errorf("error %v", err)
	}
}

// TestInputIsOutput writes to the file that is read: at once, which cannot be done, and
// when all of it was read, which can.
func TestInputIsOutput(t *testing.T) {
	in, path := save(t, "a\nb\n")
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	ctx, a := context.Background(), []run.Condition{{Condition: rows.Condition{In: rows.NewKeys("a")}}}
	_, err = run.Filter(ctx, run.FilterOptions{Options: in, Where: a, Out: output.Stream(f)})
	if !errors.Is(err, run.ErrInputIsOutput) {
		t.Errorf("Filter at once: %v", err)
	}
	_, err = run.Grep(ctx, run.GrepOptions{Options: in, Out: output.Stream(f)})
	if !errors.Is(err, run.ErrInputIsOutput) {
		t.Errorf("Grep at once: %v", err)
	}
	out, err := output.Create(path, output.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer out.Abort()
	if _, err := run.Filter(ctx, run.FilterOptions{Options: in, Where: a, Out: out}); err != nil {
		t.Error(err)
	}
	if err := out.Commit(ctx); err != nil {
		t.Error(err)
	}
	if b, err := os.ReadFile(path); err != nil || string(b) != "a\n" {
		t.Errorf("the file holds %q, %v", b, err)
	}
}

// TestFind leaves out files by a rule.
func TestFind(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a.csv", "b.log"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("x\n"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	var o run.CountOptions
	o.Inputs = run.Paths(dir)
	o.Find = run.Find{
		Directories: run.Recurse, Rules: []run.Rule{{Kind: run.Exclude, Pattern: "*.log"}},
	}
	var names []string
	o.Counted = func(in run.Input, _ wc.Counts) error {
		names = append(names, filepath.Base(in.Name))
		return nil
	}
	if _, err := run.Count(context.Background(), o); err != nil || len(names) != 1 || names[0] != "a.csv" {
		t.Errorf("it read %q, %v", names, err)
	}
}
