//go:build unix

package e2e

import (
	"bytes"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// rewrite copies pieces of a file over others, all the time until the test ends. Its size stays, but
// if it truncates, the file is also cut off and written anew.
func rewrite(t *testing.T, path string, truncates bool) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	stop, stopped := make(chan struct{}), make(chan struct{})
	t.Cleanup(func() {
		close(stop)
		<-stopped
		f.Close()
	})
	go func() {
		defer close(stopped)
		r := rand.New(rand.NewPCG(1, 2))
		for {
			select {
			case <-stop:
				return
			default:
			}
			if truncates && r.IntN(20) == 0 {
				err := f.Truncate(int64(r.IntN(len(data))))
				if _, werr := f.WriteAt(data, 0); err != nil || werr != nil {
					t.Error(err, werr)
					return
				}
				continue
			}
			n := []int{1, 3, 50, 5000, 100_000}[r.IntN(5)]
			from, to := r.IntN(len(data)-n), r.IntN(len(data)-n)
			if _, err := f.WriteAt(data[from:from+n], int64(to)); err != nil {
				t.Error(err)
				return
			}
		}
	}()
}

// mixed is rows of all kinds, about 500 KiB.
func mixed() []byte {
	var b bytes.Buffer
	r := rand.New(rand.NewPCG(3, 4))
	rows := []string{
		"1,2,x\n", "11865,\"a\"\"b\",7\n", "\"q\n1\",1\n", "\n", "\n\n\n", "é1,ü\r\n", "zz\n",
		"x" + strings.Repeat("z", 60) + "1\n", "1\n",
	}
	for range 60_000 {
		b.WriteString(rows[r.IntN(len(rows))])
	}
	return b.Bytes()
}

// TestRewritten has a file rewritten while it is read. What the answer is depends on when; but no
// command breaks, and what is printed is whole lines.
func TestRewritten(t *testing.T) { testRewritten(t, false) }

// TestTruncatedAndRewritten is the same for one that is cut off in between. What is printed before
// an error of reading may end anywhere.
func TestTruncatedAndRewritten(t *testing.T) { testRewritten(t, true) }

func testRewritten(t *testing.T, truncates bool) {
	path := filepath.Join(t.TempDir(), "rewritten")
	if err := os.WriteFile(path, mixed(), 0o666); err != nil {
		t.Fatal(err)
	}
	rewrite(t, path, truncates)
	for _, args := range [][]string{
		{"grep", "-nw", "1"}, {"grep", "-c", "1,"}, {"grep", "-vc", "z"}, {"grep", "-v", "1"},
		{"grep", "-x", "z*"}, {"grep", "-C1", "1186"}, {"grep", "-oE", "[0-9]+,"}, {"grep", "-m9", "q"},
		{"grep", "-nE", `([0-9])\1`}, {"grep", "-nP", "(?<=1)1"}, {"grep", "--json", "1"},
		{"grep", "--color=always", "-bE", "8|1"}, {"grep", "-e11", "-ezz", "-eé"},
		{"grep", "--crlf", "-n", "ü$"}, {"grep", "-nw", "--encoding=gb18030", "1"},
		{"filter", "-k11865"}, {"filter", "-vn", "-k1"}, {"filter", "--lax", "-nk1", "--column=2"},
		{"filter", "--encoding=gb18030", "--output-encoding=utf-8", "--lax", "-k1"},
		{"count", "-wmL"}, {"count", "--csv", "--lax"}, {"count", "--by=1", "--lax"},
	} {
		for _, mode := range [][]string{
			nil, {"--mode=serial"}, {"--mode=threads", "-j2", "--range-size=64K"},
			{"--mode=processes", "-j2", "--range-size=64K"},
		} {
			r := program{}.run(t, "linefork", slices.Concat(args, mode, []string{path})...)
			whole := r.stdout == "" || strings.HasSuffix(r.stdout, "\n") || truncates && r.stderr != ""
			if r.status < 0 || r.status > 2 || !whole ||
				strings.Contains(r.stderr, "panic") || strings.Contains(r.stderr, "broke") {
				t.Errorf("linefork %q %q: status %d, %d bytes, and %s", args, mode, r.status,
					len(r.stdout), r.stderr)
			}
		}
	}
}

// TestTruncatedWhileWritten has a file cut off while its rows are being written: that is reported of
// the input, with the offset, however they were about to be read.
func TestTruncatedWhileWritten(t *testing.T) {
	path := filepath.Join(t.TempDir(), "truncated")
	data := bytes.Repeat([]byte("1,2,abcdefgh\n2,z\n"), 1<<20)
	for _, args := range [][]string{
		{"filter", "-v", "-kq"},                    // in long pieces, right from the mapping
		{"filter", "-n", "-k1"},                    // row by row
		{"grep", "-C1", "1,2"},                     // with what is around them
		{"grep", "-A2000000", "-m1", "1,2"},        // what is around them alone
		{"grep", "--json", "--mode=serial", "1,2"}, // as part of something else
	} {
		if err := os.WriteFile(path, data, 0o666); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command("linefork", append(args, "--range-size=8M", path)...)
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		if _, err := io.CopyN(io.Discard, out, 100<<10); err != nil {
			t.Error(err)
		}
		if err := os.Truncate(path, 5000); err != nil {
			t.Error(err)
		}
		if _, err := io.Copy(io.Discard, out); err != nil {
			t.Error(err)
		}
		_ = cmd.Wait() // its status follows
		want := regexp.MustCompile("^linefork: " + regexp.QuoteMeta(path) +
			`: file shrank to 5000 bytes while it was read, at byte \d+\n$`)
		if status := exitStatus(cmd.ProcessState); status != 2 || !want.Match(stderr.Bytes()) {
			t.Errorf("linefork %q: status %d, %s", args, status, stderr.Bytes())
		}
	}
}
