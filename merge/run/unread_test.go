package run_test

import (
	"errors"
	"os"
	"runtime"
	"strings"
	"testing"

	"github.com/linefork/linefork/merge/run"
	"github.com/linefork/linefork/split"
)

// TestTruncated has a file that is cut off after it was opened. What is still there counts, and the
// byte that is named is where it ends now, not where its page does, in which zeros follow.
func TestTruncated(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("an open file cannot be cut off")
	}
	const size = 123_457
	rows := strings.Repeat("1,b\n3,c\n2,b\n3,ccccccccc\n", 20_000)
	whole := rows[:strings.LastIndexByte(rows[:size], '\n')+1]
	if len(whole) == size {
		t.Fatal("no record is cut")
	}
	for name, operate := range operations {
		there := whole
		if name == "count" {
			there = rows[:size] // all bytes are counted
		}
		for _, rangeSize := range []int64{0, 10_000} {
			for _, mode := range modes {
				for _, more := range []string{"", "2,b\n"} {
					inputs := func(data string) []run.Input {
						paths := []string{write(t, "table", data)}
						if more != "" {
							paths = append(paths, write(t, "other", more))
						}
						return run.Paths(paths...)
					}
					want, err := operate(run.Options{Inputs: inputs(there), RangeSize: rangeSize})
					if err != nil {
						t.Fatal(err)
					}
					var said []error
					cut := inputs(rows)
					got, err := operate(run.Options{
						Inputs: cut, Mode: mode, RangeSize: rangeSize,
						Report: func(m run.Message) { said = append(said, m.Err) },
						Started: func(run.Start) {
							if err := os.Truncate(cut[0].Path, size); err != nil {
								t.Error(err)
							}
						},
					})
					if err != nil || got != want {
						t.Errorf("%s, mode %q, ranges of %d: %.100q, %v, want %.100q", name, mode, rangeSize,
							got, err, want)
					}
					var e *split.TruncatedError
					if len(said) != 1 || !errors.As(said[0], &e) || *e != (split.TruncatedError{Size: size, Offset: size}) {
						t.Errorf("%s, mode %q, ranges of %d: %v was said", name, mode, rangeSize, said)
					}
				}
			}
		}
	}
}
