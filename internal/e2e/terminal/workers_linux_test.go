package terminal

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/linefork/linefork/internal/e2e/screen"
)

// TestWorkerLines has a line for each worker, and the sum of those for which there is no room.
func TestWorkerLines(t *testing.T) {
	begin(t)
	names := func(from, to int) (names []string) {
		for i := from; i <= to; i++ {
			names = append(names, fmt.Sprintf("worker-%d ", i))
		}
		return names
	}
	for _, mode := range []string{"processes", "threads"} {
		for _, test := range []struct {
			workers, rows int
			want          []string // how the lines start, without that of the run
		}{
			{3, 24, names(1, 3)},
			{8, 10, names(1, 8)},
			{8, 9, append(names(1, 6), "2 more ")},
			{8, 4, append(names(1, 1), "7 more ")},
			{8, 3, []string{"8 more "}},
			{8, 2, nil},
		} {
			t.Run(fmt.Sprintf("%s %d %d", mode, test.workers, test.rows), func(t *testing.T) {
				t.Parallel()
				o := screen.Options{Size: screen.Size{Columns: 80, Rows: test.rows}}
				term, pipe := held(t, o, "--progress=workers", "--mode="+mode,
					fmt.Sprintf("-j%d", test.workers))
				var got []string
				term.Until("a bar of all workers", func(s screen.Screen) bool {
					got = bar(s)
					return len(got) == len(test.want)+1 &&
						slices.EqualFunc(got[:len(got)-1], test.want, strings.HasPrefix)
				})
				pipe.Close()
				if status := term.Wait(); status != 0 {
					t.Errorf("status %d", status)
				}
				if text := term.Text(); !slices.Equal(text, []string{"11865,a"}) {
					t.Errorf("%q", text)
				}
			})
		}
	}
}
