//go:build unix

package grep

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/linefork/linefork/internal/e2e/setup"
)

// TestNULs has files with long runs of NULs, which end records there: ranges may end in them.
func TestNULs(t *testing.T) {
	needGNU(t)
	dir := t.TempDir()
	r := rand.New(rand.NewPCG(1, 2))
	for i := range 4 {
		var b strings.Builder
		for b.Len() < 400_000 {
			switch r.IntN(4) {
			case 0:
				b.WriteString(strings.Repeat("\x00", r.IntN(200_000)))
			case 1:
				b.WriteString(strings.Repeat("a", r.IntN(120_000)))
			case 2:
				b.WriteString(strings.Repeat("ab\x00b", r.IntN(20_000)))
			}
			b.WriteString(strings.Repeat("a line\nb line\n", r.IntN(100)))
			if i%2 == 0 && b.Len() > 10_000 && r.IntN(3) == 0 {
				b.WriteString("\n")
			}
		}
		writeFile(t, filepath.Join(dir, fmt.Sprint(i)), b.String())
	}
	for i, options := range []string{
		"-c ''", "-c a", "-vc a", "-c -m7 b", "-Ic a", "-n -m3 a", "-zc a", "-ac b", "-C2 b", "-c '^$'",
		"-q zz", "-l b", "-vc ''", "-xc ab",
	} {
		for _, line := range []string{"grep %s 0 1 2 3", "cat 2 | grep %s"} {
			line = fmt.Sprintf(line, options)
			gnu := runShell(t, dir, "C", []string{"grep"}, line)
			for _, w := range []way{
				{"--mode=serial"}, {"--mode=threads", "-j2", "--range-size=3000"},
				{"--mode=threads", "-j3", "--range-size=900"}, {"--mode=processes", "-j2", "--range-size=50K"},
			}[i%3:] {
				if strings.HasPrefix(line, "cat") && !strings.Contains(options, "c") {
					continue // how much is printed depends on the pieces in which it comes
				}
				if ours := runShell(t, dir, "C", underTest(w), line); !sameResult(gnu, ours) {
					t.Errorf("%s %s\ngave %v\nnot  %v", w, line, ours, gnu)
				}
			}
		}
	}
}

// TestEndlessNULs reads NULs that never end.
func TestEndlessNULs(t *testing.T) {
	needGNU(t)
	if _, err := os.Stat("/dev/zero"); err != nil {
		t.Skip(err)
	}
	for _, options := range []string{
		"-c -m1 ''", "-c -m3 ''", "-m1 ''", "-v -m1 x", "-Ic x", "-z -m2 -c ''", "-q ''", "-B3 -n ''",
	} {
		sameInStreamWays(t, t.TempDir(), fmt.Sprintf("grep %s /dev/zero", options))
	}
}

// TestNULsAsTheyCome has a pipe that stays open after some NULs: the lines that they end are there.
func TestNULsAsTheyCome(t *testing.T) {
	streamWays(t, "10", func(t *testing.T, w way) {
		s := openStream(t, w, "-c", "-m3", "a")
		s.write("a line\na\x00b\x00")
		s.write("ba\x00")
		s.end("3\n", 0)
		s = openStream(t, w, "-l", "-v", "b")
		s.write("b\x00")
		s.write("\x00")
		s.end("(standard input)\n", 0)
	})
}

// TestNULsAreReleased has more NULs than a spool holds in memory, and no other place for them.
func TestNULsAreReleased(t *testing.T) {
	if setup.Race {
		t.Skip("400 MB take the race detector too long")
	}
	const line = "TMPDIR=/dev/null; export TMPDIR; head -c 400M /dev/zero | grep -B3 zz"
	want := result{status: 1}
	if ours := runShell(t, t.TempDir(), "C", underTest(way{"-j2"}), line); !sameResult(want, ours) {
		t.Errorf("%s\ngave %v\nnot  %v", line, ours, want)
	}
}
