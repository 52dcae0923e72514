package run_test

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/linefork/linefork/merge/run"
	"github.com/linefork/linefork/split"
	"github.com/linefork/linefork/worker"
)

// TestChanged has inputs changed after they were opened: of a rewritten one that is said, as the
// options have it, and of one that grew nothing.
func TestChanged(t *testing.T) {
	rows := strings.Repeat("1,b\n3,c\n", 50_000)
	for name, operate := range operations {
		for _, mode := range modes {
			for _, unchanged := range []bool{false, true} {
				rewritten, grown := write(t, "rewritten", rows), write(t, "grown", rows)
				past := time.Now().Add(-time.Hour)
				for _, path := range []string{rewritten, grown} {
					if err := os.Chtimes(path, past, past); err != nil {
						t.Fatal(err)
					}
				}
				var said []run.Message
				_, err := operate(run.Options{
					Inputs: run.Paths(rewritten, grown), Mode: mode, Unchanged: unchanged,
					Report: func(m run.Message) { said = append(said, m) },
					Started: func(run.Start) {
						err := os.WriteFile(rewritten, []byte(rows), 0o666)
						if err = errors.Join(err, appendTo(grown, "4,d\n")); err != nil {
							t.Error(err)
						}
					},
				})
				if err != nil {
					t.Errorf("%s: %v", name, err)
				}
				want := run.Message{Input: rewritten, Err: split.ErrChanged, Warning: !unchanged}
				if len(said) != 1 || said[0] != want {
					t.Errorf("%s, mode %q, unchanged %v: %v was said", name, mode, unchanged, said)
				}
			}
		}
	}
}

// TestChangedSmall has a file that would be read with others changed: that is an error where files
// must stay as they are, and without a Report ends the operation.
func TestChangedSmall(t *testing.T) {
	for name, operate := range operations {
		path := write(t, "small", "1,b\n")
		_, err := operate(run.Options{
			Inputs: run.Paths(path), Unchanged: true,
			Started: func(run.Start) {
				later := time.Now().Add(time.Hour)
				if err := os.Chtimes(path, later, later); err != nil {
					t.Error(err)
				}
			},
		})
		var in *worker.InputError
		if !errors.As(err, &in) || in.Name != path || !errors.Is(err, split.ErrChanged) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func appendTo(path, text string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = fmt.Fprint(f, text)
	return err
}
