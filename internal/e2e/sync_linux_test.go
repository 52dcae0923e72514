package e2e

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/linefork/linefork/internal/peer"
)

// outputTrace runs linefork in dir under strace, with options of that, and returns what it has done
// to the file out, its journal, its temporary file and the folder, as "fsync rows".
func outputTrace(t *testing.T, dir string, options []string, args ...string) (calls []string, r result) {
	t.Helper()
	peer.Named("strace").Need(t)
	trace := filepath.Join(t.TempDir(), "trace")
	options = append([]string{"-f", "-y", "-qq", "-o", trace,
		"-e", "trace=fsync,fdatasync,linkat,rename,renameat,renameat2,unlink,unlinkat,ftruncate"}, options...)
	r = program{dir: dir}.run(t, "strace", slices.Concat(options, []string{"linefork"}, args)...)
	if strings.Contains(r.stderr, "ptrace") || strings.Contains(r.stderr, "invalid") {
		t.Skip("strace may trace nothing here, or is too old: ", r.stderr)
	}
	for line := range strings.Lines(readFile(t, trace)) {
		call := regexp.MustCompile(`^\d+ +([a-z]+)[a-z0-9]*\((.*)\) += `).FindStringSubmatch(line)
		if call == nil {
			continue
		}
		what := "rows"
		switch {
		case strings.Contains(call[2], "linefork-journal"):
			what = "journal"
		case call[1] == "fsync" && strings.HasSuffix(call[2], "<"+dir+">"):
			what = "folder"
		case strings.HasSuffix(call[2], dir+"/out>") || strings.Contains(call[2], dir+"/out>,"):
			what = "out"
		}
		calls = append(calls, strings.TrimSuffix(call[1], "at")+" "+what)
	}
	return calls, r
}

// syncFolder returns a folder with rows, and a file out that has old content.
func syncFolder(t *testing.T) string {
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(dir, "rows"), []byte("1,a\n2,b\n"))
	writeFile(t, filepath.Join(dir, "out"), []byte("old\n"))
	return dir
}

// TestSync expects data on the disk before the name, and names before the end. Without the option
// only a journal is synced.
func TestSync(t *testing.T) {
	replace, add := []string{"rename rows"}, []string{"fsync journal", "unlink journal", "unlink rows"}
	for _, test := range []struct {
		options []string
		content string
		calls   []string
	}{
		{nil, "1,a\n", replace},
		{[]string{"--sync"}, "1,a\n", []string{"fsync rows", "rename rows", "fsync folder"}},
		{[]string{"--append"}, "old\n1,a\n", add},
		{[]string{"--append", "--sync"}, "old\n1,a\n", []string{
			"fsync rows", "fsync journal", "fsync folder", "fsync out", "unlink journal",
			"fsync folder", "unlink rows",
		}},
	} {
		dir := syncFolder(t)
		args := append([]string{"filter", "-k1", "-o", "out", "rows"}, test.options...)
		calls, r := outputTrace(t, dir, nil, args...)
		if r.status != 0 || r.stderr != "" {
			t.Errorf("%q: %+v", test.options, r)
		}
		// A file system without unnamed files links nothing.
		calls = slices.DeleteFunc(calls, func(s string) bool { return s == "link rows" })
		if !slices.Equal(calls, test.calls) {
			t.Errorf("%q: %q, want %q", test.options, calls, test.calls)
		}
		if got := readFile(t, filepath.Join(dir, "out")); got != test.content {
			t.Errorf("%q: out holds %q", test.options, got)
		}
	}
}

// TestSyncFails has a disk fail. The status is 2, and the message says whether the output is there.
func TestSyncFails(t *testing.T) {
	const unchanged = "linefork: out: cannot sync its new content: Input/output error\n"
	const written = "linefork: out: written, but cannot sync: Input/output error\n"
	for _, test := range []struct {
		append  bool
		what    string // whose sync fails; any if empty
		content string
		stderr  string
	}{
		{false, "", "old\n", unchanged},
		{false, ".", "1,a\n", written},
		{true, "", "old\n", unchanged},
		{true, ".out.linefork-journal", "old\n", unchanged},
		{true, ".", "old\n", unchanged},
		{true, "out", "old\n", unchanged},
	} {
		dir := syncFolder(t)
		options := []string{"-e", "inject=fsync:error=EIO:when=1"}
		if test.what != "" {
			options = append(options, "-P", filepath.Join(dir, test.what))
		}
		args := []string{"filter", "-k1", "--sync", "-o", "out", "rows"}
		if test.append {
			args = append(args, "--append")
		}
		if _, r := outputTrace(t, dir, options, args...); r.status != 2 || r.stderr != test.stderr {
			t.Errorf("%q: %+v", options, r)
		}
		if got := readFile(t, filepath.Join(dir, "out")); got != test.content {
			t.Errorf("%q: out holds %q", options, got)
		}
		if got := names(t, dir); !slices.Equal(got, []string{"out", "rows"}) {
			t.Errorf("%q: the folder holds %q", options, got)
		}
	}
}

// TestCutBackFails leaves what can be neither kept nor taken back to the next run.
func TestCutBackFails(t *testing.T) {
	dir := syncFolder(t)
	options := []string{"-P", filepath.Join(dir, "out"),
		"-e", "inject=fsync:error=EIO", "-e", "inject=ftruncate:error=EPERM"}
	const want = "linefork: out: cannot sync its new content: Input/output error; " +
		"it is cut back by the next run that appends: Operation not permitted\n"
	args := []string{"filter", "-k1", "--sync", "--append", "-o", "out", "rows"}
	if _, r := outputTrace(t, dir, options, args...); r.status != 2 || r.stderr != want {
		t.Errorf("%+v", r)
	}
	if got := readFile(t, filepath.Join(dir, "out")); got != "old\n1,a\n" {
		t.Errorf("out holds %q, so nothing was left to be cut back", got)
	}
	r := program{dir: dir}.run(t, "linefork", "filter", "-k2", "--append", "-o", "out", "rows")
	if r.status != 0 || r.stderr != "" {
		t.Errorf("%+v", r)
	}
	if got := readFile(t, filepath.Join(dir, "out")); got != "old\n2,b\n" {
		t.Errorf("out holds %q", got)
	}
	if got := names(t, dir); !slices.Equal(got, []string{"out", "rows"}) {
		t.Errorf("the folder holds %q", got)
	}
}
