//go:build unix

package grep

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A regular file on standard input is left at the end of the last selected line, or of its context,
// where another program can continue.
func TestOffset(t *testing.T) {
	needGNU(t)
	dir := t.TempDir()
	small, big := filepath.Join(dir, "small"), filepath.Join(dir, "big")
	writeFile(t, small, lines(1, 40, "line %d\n"))
	writeFile(t, big, lines(1, 60_000, "line %d\n"))
	for _, args := range []string{
		"-m1 5", "-m2 5$", "-m1 nosuch", "-m3 -A2 5", "-m3 -c 5", "-m1 -v line", "-m1 -v 1",
		"-m1 -o 5", "-m1 -b 5", "-q 5", "-l 5", "-L 5", "-c 5", "5", "-m0 5", "-m1 -q 5",
		"-m1 -l 5", "-m1 -L 5", "-m1 4000", "-m5 -A3 -n 999", "-m99999 5",
	} {
		for _, path := range []string{small, big} {
			// If it knows enough, GNU grep stops at the end of a buffer.
			anywhere := path == big && strings.ContainsAny(args, "qlL")
			for _, start := range []int64{0, 11} {
				at := func(program []string) (r result, left int64) {
					f, err := os.Open(path)
					if err != nil {
						t.Fatal(err)
					}
					defer f.Close()
					if _, err := f.Seek(start, io.SeekStart); err != nil {
						t.Fatal(err)
					}
					ctx, cancel := context.WithTimeout(context.Background(), patience)
					defer cancel()
					cmd := command(ctx, dir, "C", append(program, strings.Fields(args)...)...)
					cmd.Stdin = f
					if r, err = run(cmd); err != nil {
						t.Fatal(err)
					}
					if left, err = f.Seek(0, io.SeekCurrent); err != nil {
						t.Fatal(err)
					}
					return r, left
				}
				gnu, want := at([]string{"grep"})
				ways := waysFor(path == small)
				for _, w := range []way{nil, ways[int(start+want)%len(ways)]} {
					if !ofLinefork() && w != nil {
						continue
					}
					if ours, left := at(underTest(w)); left != want && !anywhere ||
						!sameResult(gnu, ours) {
						t.Errorf("grep %s < %s, from %d, %s: left at %d, not %d\ngave %v\nnot  %v",
							args, filepath.Base(path), start, w, left, want, ours, gnu)
					}
				}
			}
		}
	}
}
