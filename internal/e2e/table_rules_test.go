//go:build unix

package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/linefork/linefork/internal/peer"
)

// TestTableRules finds files below folders: each command reads those that GNU grep
// reads, and all in the same order.
func TestTableRules(t *testing.T) {
	peer.Grep.Need(t)
	top := t.TempDir()
	dir := filepath.Join(top, "in")
	for _, name := range []string{
		"t/a.csv", "t/b.txt", "t/sub/c.csv", "t/sub/deep/d.csv", "t/sub.csv", "t/.hidden.csv",
		"t/skip/e.csv", "u/f.csv",
	} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		writeFile(t, path, []byte("1,x\n"))
	}
	writeFile(t, filepath.Join(top, "globs"), []byte("*.txt\nsub.csv\n\n"))
	for _, rules := range []string{
		"", "--include=*.csv", "--include=*.txt --include=c*", "--exclude=*.csv", "--exclude=sub",
		"--exclude-dir=skip", "--exclude-dir=t", "--exclude-dir=deep --exclude=a*",
		"--exclude-from=../globs", "--include=*.csv --exclude=c.csv",
		"--exclude=c.csv --include=*.csv", "--include=none", "--exclude=f.csv --exclude-dir=u",
	} {
		for _, operands := range []string{"t", "t u", "t/", "u/f.csv t", ".", ""} {
			t.Run(rules+" "+operands, func(t *testing.T) {
				t.Parallel()
				testRules(t, dir, strings.Fields(rules), strings.Fields(operands))
			})
		}
	}
}

// testRules runs all commands with these rules, on files of one line.
func testRules(t *testing.T, dir string, rules, operands []string) {
	args := slices.Concat(rules, []string{"-r"}, operands)
	p := program{dir: dir, env: []string{"LC_ALL=C.UTF-8"}}
	run := func(status int, command ...string) []string {
		t.Helper()
		r := p.run(t, "linefork", slices.Concat(command, args)...)
		if r.status != status || r.stderr != "" {
			t.Errorf("%q %q gave %+v, not status %d", command, args, r, status)
		}
		return slices.Collect(strings.Lines(unaligned(r.stdout)))
	}
	found := p.run(t, "grep", slices.Concat([]string{"-c", "1"}, args)...)
	read := slices.Sorted(strings.Lines(found.stdout))
	files, none := len(read), found.status // 1 if there is no file

	names := run(none, "grep", "-c", "1")
	if !slices.Equal(slices.Sorted(slices.Values(names)), read) {
		t.Errorf("%q: grep read %q, GNU grep %q", args, names, read)
	}
	same := func(want []string, status int, command ...string) {
		t.Helper()
		if got := run(status, command...); !slices.Equal(got, want) {
			t.Errorf("%q: %q printed %q, not %q", args, command, got, want)
		}
	}
	same(names, none, "filter", "-cHk", "1")
	same([]string{fmt.Sprintln(files)}, none, "filter", "-ck", "1")
	var table, rows []string
	for _, name := range names {
		table = []string{fmt.Sprintf("1,%d\n", files)}
		rows = append(rows, "1 "+strings.TrimSuffix(name, ":1\n")+"\n")
	}
	if files > 1 || len(operands) > 1 {
		rows = append(rows, fmt.Sprintln(files, "total"))
	}
	same(table, 0, "count", "--by=1")
	same(rows, 0, "count")
	same(rows, 0, "count", "--csv")
	same(rows, 0, "count", "--mode=serial", "--range-size=1")
}
