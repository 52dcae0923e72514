package e2e

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/linefork/linefork/bench/taxi"
	"github.com/linefork/linefork/internal/e2e/setup"
)

// peak returns the peak resident memory of a process in bytes, or 0 if it is gone.
func peak(pid int) (bytes int64) {
	b, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	_, rest, _ := strings.Cut(string(b), "VmHWM:")
	line, _, _ := strings.Cut(rest, "\n")
	kilobytes, _ := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(line, "kB")), 10, 64)
	return kilobytes << 10
}

// commandLine returns the command line of a process, joined by spaces.
func commandLine(pid int) string {
	b, _ := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
	return string(bytes.ReplaceAll(bytes.TrimSuffix(b, []byte{0}), []byte{0}, []byte{' '}))
}

// peaks runs linefork, which must end with that status, and returns the peaks of its processes by
// their command lines.
func peaks(t *testing.T, status int, args ...string) map[string]int64 {
	t.Helper()
	peaks := map[string]int64{}
	j := start(t, func(cmd *exec.Cmd) { cmd.Stdout = nil }, args...)
	for !j.over() {
		for _, pid := range append(j.children(), j.cmd.Process.Pid) {
			// Before it calls exec, a child has the memory of its parent.
			if name := commandLine(pid); strings.HasPrefix(name, "linefork ") {
				peaks[name] = max(peaks[name], peak(pid))
			}
		}
		time.Sleep(2 * time.Millisecond)
	}
	if r := j.wait(); r.status != status {
		t.Errorf("%+v", r)
	}
	for name, bytes := range peaks {
		t.Logf("%4d MiB %s", bytes>>20, name)
	}
	return peaks
}

// Archives of pieces with two bytes each, of which many wait for their turn, take no more memory
// than others.
func TestTinyPieces(t *testing.T) {
	if setup.Race {
		t.Skip("the race detector needs memory of its own")
	}
	const size, most = 1 << 20, 128 << 20
	for format, pack := range packers {
		if format == "plain" || format == "bzip2" { // whose blocks take a millisecond each
			continue
		}
		t.Run(format, func(t *testing.T) {
			piece, err := pack([]byte("a\n"))
			if err != nil {
				t.Skip(err)
			}
			path := filepath.Join(t.TempDir(), "tiny."+format)
			writeFile(t, path, bytes.Repeat(piece, size/len(piece)))
			for name, bytes := range peaks(t, 0, "count", "--decompress", "--mode=threads", path) {
				if bytes > most {
					t.Errorf("more than %d MiB: %s", most>>20, name)
				}
			}
		})
	}
}

// What the environment tells Go's garbage collector changes nothing.
func TestRuntimeEnvironment(t *testing.T) {
	if setup.Race {
		t.Skip("the race detector needs memory of its own")
	}
	const size, most = 64 << 20, 128 << 20
	path := filepath.Join(t.TempDir(), "rows")
	var rows bytes.Buffer
	if _, err := taxi.Write(&rows, taxi.Options{Size: size, Seed: 1}); err != nil {
		t.Fatal(err)
	}
	writeFile(t, path, rows.Bytes())
	t.Setenv("GOGC", "off")
	for _, mode := range []string{"--mode=threads", "--mode=processes"} {
		for name, bytes := range peaks(t, 0, "grep", "-n", ",", mode, "-j2", "--range-size=16K", path) {
			if bytes > most {
				t.Errorf("more than %d MiB: %s", most>>20, name)
			}
		}
	}
}

// No process takes more memory for a larger file, nor for a long line.
func TestMemory(t *testing.T) {
	switch {
	case testing.Short():
		t.Skip("takes several seconds")
	case setup.Race:
		t.Skip("the race detector needs memory of its own")
	}
	const size, most = 512 << 20, 128 << 20
	rows := filepath.Join(t.TempDir(), "rows")
	f, err := os.Create(rows)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := taxi.Write(f, taxi.Options{Size: size, Seed: 1}); err != nil {
		t.Fatal(err)
	}
	f.Close()
	line := sparse(t, "line", size, 0, "")
	few := sparse(t, "few", size, size/8, "1,x\n")      // rows among NULs
	quoted := sparse(t, "quoted", size, size, "1,\"\n") // with a quote that is never closed

	for _, test := range []struct {
		input  string
		args   []string
		status int
	}{
		{rows, []string{"count"}, 0},
		{rows, []string{"count", "-lwmcL"}, 0},
		{rows, []string{"count", "-lwmL", "--range-size=1M"}, 0},
		{rows, []string{"count", "--by=1"}, 0},
		{rows, []string{"count", "--by=7", "--range-size=1M"}, 0},
		{rows, []string{"filter", "--key=11865"}, 0},
		{rows, []string{"filter", "--key=11865", "--range-size=1M"}, 0},
		{rows, []string{"filter", "--key=11865", "-nb"}, 0},
		{rows, []string{"filter", "--key=11865", "--invert"}, 0},
		{rows, []string{"grep", "-c", ",1$"}, 0},
		{rows, []string{"grep", ",1$"}, 0},
		{rows, []string{"grep", "-n", ",1$"}, 0},
		{rows, []string{"grep", "-vc", "^1"}, 0},
		{rows, []string{"grep", "-o", ",3[0-9]*"}, 0},
		{rows, []string{"grep", "-B2", "-A3", "^11865,"}, 0},
		{rows, []string{"grep", "--json", ",359,"}, 0},
		{rows, []string{"grep", "-E", "[0-9]{5},.*,359,1"}, 0},
		{line, []string{"count"}, 0},
		{line, []string{"count", "-lwmL"}, 0},
		{line, []string{"count", "--by=1"}, 1}, // the key is too long
		{line, []string{"count", "--by=2"}, 0},
		{line, []string{"filter", "--key=x"}, 1},
		{line, []string{"filter", "--key=x", "--invert"}, 0},
		{line, []string{"filter", "--key=x", "--column=2", "--count"}, 1},
		{few, []string{"count"}, 0},
		{few, []string{"grep", "-c", "1,x"}, 0},
		{few, []string{"grep", "-a", "-c", "1,x"}, 0},
		{few, []string{"filter", "--key=1"}, 0},
		{few, []string{"filter", "--key=x", "--column=2", "--output=" + os.DevNull}, 0},
		{quoted, []string{"filter", "--key=x"}, 2},
		{quoted, []string{"count", "--by=1"}, 1},
		{quoted, []string{"count", "--by=2"}, 1},
	} {
		t.Run(strings.Join(append(test.args, filepath.Base(test.input)), " "), func(t *testing.T) {
			peaks := peaks(t, test.status, append(test.args, "--mode=processes", "-j2", test.input)...)
			for name, bytes := range peaks {
				if bytes > most {
					t.Errorf("more than %d MiB: %s", most>>20, name)
				}
			}
			if len(peaks) < 2 {
				t.Errorf("the workers were not seen: %v", peaks)
			}
		})
	}
}
