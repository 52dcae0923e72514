//go:build unix

package e2e

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/linefork/linefork/internal/e2e/setup"
)

// changing writes a file in which there is nothing to find at first, then much, and then nothing
// again. It returns the path.
func changing(t *testing.T, before, much, after int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "changing")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w := bufio.NewWriterSize(f, 1<<20)
	few := "11865,2013-10-08 04:14:18,114.97201,30.75123,45,359,1,some more of it\n"
	many := "z,1\ny\n"
	for _, part := range []struct {
		text string
		size int
	}{{few, before}, {many, much}, {few, after}} {
		for range part.size / len(part.text) {
			w.WriteString(part.text)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	f.Close()
	return path
}

var loggedTask = regexp.MustCompile(`msg=task .*start=(\d+) end=(\d+)`)

// TestPace has ranges that become longer and then hold too much, so that they are cut again. The
// output is the same as with ranges of a fixed length.
func TestPace(t *testing.T) {
	switch {
	case testing.Short():
		t.Skip("takes several seconds")
	case setup.Race:
		t.Skip("takes a minute with the race detector")
	}
	long := changing(t, 200<<20, 8<<20, 400<<20)
	recut := false
	short := changing(t, 24<<20, 8<<20, 40<<20)
	for _, test := range []struct {
		file  string
		args  []string
		first int64
	}{
		{long, []string{"filter", "--key=z"}, 32 << 20},
		{long, []string{"grep", "-n", "z"}, 32 << 20},
		{short, []string{"grep", "-o", "z"}, 2 << 20},
		{short, []string{"grep", "--color=always", "-C1", "z"}, 2 << 20},
	} {
		output := func(options ...string) (sum [32]byte, log string) {
			args := append(append([]string{"--log-level=debug"}, options...),
				append(test.args[1:], test.file)...)
			cmd := exec.Command("linefork", append(test.args[:1:1], args...)...)
			var stderr bytes.Buffer
			hash := sha256.New()
			cmd.Stdout, cmd.Stderr = hash, &stderr
			if err := cmd.Run(); err != nil {
				t.Fatalf("%v: %v\n%s", args, err, stderr.Bytes())
			}
			return [32]byte(hash.Sum(nil)), stderr.String()
		}
		want, _ := output("--range-size=3M", "--mode=threads")
		for _, options := range [][]string{{"--mode=threads", "-j2"}, {"--mode=processes", "-j2"}} {
			got, log := output(options...)
			if got != want {
				t.Errorf("%v %v: the output differs from that with ranges of a fixed length",
					test.args, options)
			}
			recut = recut || cutAgain(log, 2*test.first)
		}
	}
	if !recut {
		t.Error("no range became longer and was cut again") // one run alone may not be enough
	}
}

// cutAgain reports whether a range of about this length was cut again.
func cutAgain(log string, length int64) bool {
	long := map[string]bool{}
	for line := range strings.Lines(log) {
		m := loggedTask.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		if long[m[1]] {
			return true
		}
		start, _ := strconv.ParseInt(m[1], 10, 64)
		end, _ := strconv.ParseInt(m[2], 10, 64)
		long[m[1]] = end-start > length-1000
	}
	return false
}
