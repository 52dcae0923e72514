//go:build unix

package grep

import (
	"bufio"
	"context"
	"io"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// stream is a running program whose standard input stays open.
type stream struct {
	*testing.T
	cmd    *exec.Cmd
	stdin  io.WriteCloser
	stdout *bufio.Reader
}

func openStream(t *testing.T, w way, args ...string) *stream {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	program := append(underTest(w), args...)
	s := &stream{T: t, cmd: command(ctx, t.TempDir(), "C", program...)}
	stdin, err := s.cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := s.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	s.stdin, s.stdout = stdin, bufio.NewReader(stdout)
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cancel()
		_ = s.cmd.Wait()
	})
	return s
}

func (s *stream) write(text string) {
	s.Helper()
	if _, err := io.WriteString(s.stdin, text); err != nil {
		s.Fatal(err)
	}
}

func (s *stream) read(line string) {
	s.Helper()
	if got, err := s.stdout.ReadString('\n'); got != line {
		s.Fatalf("read %q (%v), want %q", got, err, line)
	}
}

func (s *stream) end(rest string, status int) {
	s.Helper()
	got, err := io.ReadAll(s.stdout)
	_ = s.cmd.Wait()
	if string(got) != rest || exitStatus(s.cmd.ProcessState) != status {
		s.Fatalf("ended with %q, status %d (%v); want %q, status %d", got,
			exitStatus(s.cmd.ProcessState), err, rest, status)
	}
}

// streamWays runs a test in each way to read a pipe.
func streamWays(t *testing.T, rangeSize string, test func(*testing.T, way)) {
	ways := []way{nil}
	if ofLinefork() {
		ways = append(ways,
			way{"--mode=serial"},
			way{"--mode=threads", "-j3", "--range-size=" + rangeSize},
			way{"--mode=processes", "-j2"},
			way{"--mode=processes", "-j3", "--range-size=" + rangeSize},
		)
	}
	for _, w := range ways {
		t.Run(w.String(), func(t *testing.T) { test(t, w) })
	}
}

// sameInStreamWays compares a shell line that reads a pipe.
func sameInStreamWays(t *testing.T, dir, line string) {
	gnu := runShell(t, dir, "C", []string{"grep"}, line)
	streamWays(t, "30K", func(t *testing.T, w way) {
		if ours := runShell(t, dir, "C", underTest(w), line); !sameResult(gnu, ours) {
			t.Errorf("%s\ngave %v\nnot  %v", line, ours, gnu)
		}
	})
}

// A selected line is printed when it is complete, even if the pipe stays open.
func TestLineBuffered(t *testing.T) {
	streamWays(t, "1", func(t *testing.T, w way) {
		s := openStream(t, w, "--line-buffered", "-n", "a")
		s.write("a 1\nb\n")
		s.read("1:a 1\n")
		s.write("a 3")
		s.write(" more\nb\na 5\n")
		s.read("3:a 3 more\n")
		s.read("5:a 5\n")
		s.write("b\na 7")
		s.stdin.Close()
		s.end("7:a 7\n", 0)
	})
}

// Context after a match is printed when its line is complete; context before a match is printed
// with the match.
func TestLineBufferedContext(t *testing.T) {
	streamWays(t, "7", func(t *testing.T, w way) {
		s := openStream(t, w, "--line-buffered", "-n", "-C1", "a")
		s.write("x\ny\na\n")
		s.read("2-y\n")
		s.read("3:a\n")
		s.write("z\n")
		s.read("4-z\n")
		s.write("x\nx\na\n")
		s.read("--\n")
		s.read("6-x\n")
		s.read("7:a\n")
		s.stdin.Close()
		s.end("", 0)
	})
}

// An input that has been read far enough leaves the rest of the pipe to the next input.
func TestStreamTwice(t *testing.T) {
	streamWays(t, "1", func(t *testing.T, w way) {
		s := openStream(t, w, "-m1", "-hn", "a", "-", "-", "-")
		s.write("a 1\n")
		s.read("1:a 1\n")
		s.write("b\na 2\n")
		s.read("2:a 2\n")
		s.stdin.Close()
		s.end("", 0)
	})
}

// A run on an endless input ends as soon as its result is known.
func TestEndsEarly(t *testing.T) {
	for _, c := range []struct {
		args   string
		stdout string
		status int
	}{
		{"-q a", "", 0},
		{"-l a", "(standard input)\n", 0},
		{"-L a", "", 0},
		{"-m1 a", "a\n", 0},
		{"-m1 -n a", "1:a\n", 0},
		{"-m1 -c a", "1\n", 0},
		{"-m1 -A1 a", "a\nb\n", 0},
		{"-m2 -n a", "1:a\n3:a\n", 0},
		{"-m1 -v a", "b\n", 0},
		{"-m1 -o a", "a\n", 0},
		{"-m0 a", "", 1},
	} {
		t.Run(c.args, func(t *testing.T) {
			streamWays(t, "1", func(t *testing.T, w way) {
				s := openStream(t, w, strings.Fields(c.args)...)
				// The program may close the pipe before it has been written to.
				_, _ = io.WriteString(s.stdin, "a\nb\na\nb\n")
				s.end(c.stdout, c.status)
			})
		})
	}
}

// The same for a pipe that never ends.
func TestEndless(t *testing.T) {
	needGNU(t)
	dir := t.TempDir()
	for _, line := range []string{
		"yes | grep -q y; echo $?",
		"yes | grep -m3 y",
		"yes | grep -c -m3 y",
		"yes | grep -l y",
		"yes | grep -m3 -n -A1 y",
		"yes | grep -m100000 y | tail -n 1",
		"yes | grep -v -m2 x",
		"yes | grep -n y | head -n 2",
		"yes | grep y | head -n 1",
		"yes | grep -o y | head -n 1",
		"yes | grep -A1 y | head -n 1",
		"yes | grep --line-buffered y | head -n 1",
		"grep -z -m1 '' /dev/zero | wc -c",
		"grep -c -z -m1000000 '' /dev/zero",
		"(grep y; echo $? >&2) < /dev/null | head -n 1",
	} {
		sameInStreamWays(t, dir, line)
	}
}

// If the reader of its output goes away, the run ends without a message.
func TestClosedOutput(t *testing.T) {
	needGNU(t)
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "big"), lines(1, 100_000, "line %d\n"))
	for _, line := range []string{
		"grep line big | head -n 1", "grep -n line big - big < big | head -n 1",
		"grep -c x big | :",
	} {
		sameInStreamWays(t, dir, line)
	}
}
