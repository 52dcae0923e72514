//go:build unix

package e2e

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// unreadWays are ways to do the work, which must not show where an input cannot be
// read.
var unreadWays = [][]string{
	nil,
	{"--mode=serial", "--range-size=1"},
	{"--mode=threads", "-j3", "--range-size=3"},
	{"--mode=processes", "-j2"},
}

// unreadCommand is a command, and what it gives for the file good.
type unreadCommand struct {
	args   []string
	good   string // what it prints of the input, but for the total
	total  string // below, if several were named
	status int    // if an input could not be read
}

var unreadCommands = []unreadCommand{
	{args: []string{"count"}, good: "3 good\n", total: "3 total\n", status: 1},
	{args: []string{"count", "--csv"}, good: "3 good\n", total: "3 total\n", status: 1},
	{args: []string{"count", "--by=1"}, good: "1,2\n2,1\n", status: 1},
	{args: []string{"count", "--by-name=1"}, good: "1,count\n1,1\n2,1\n", status: 1},
	{args: []string{"filter", "--key=1"}, good: "1,a\n1,c\n", status: 2},
	{args: []string{"filter", "--key=1", "--header"}, good: "1,a\n1,c\n", status: 2},
	{args: []string{"filter", "--key=1", "--count"}, good: "2\n", status: 2},
	{args: []string{"grep", "^1"}, good: "good:1,a\ngood:1,c\n", status: 2},
	{args: []string{"grep", "-c", "^1"}, good: "good:2\n", status: 2},
}

// TestTableUnread gives each command an input that cannot be read before one that
// can: the reason is reported, and the status is that of the command.
func TestTableUnread(t *testing.T) {
	dir := t.TempDir()
	for _, path := range []string{filepath.Dir(dir), dir} { // both are the test's own
		if err := os.Chmod(path, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	writeFile(t, filepath.Join(dir, "good"), []byte("1,a\n2,b\n1,c\n"))
	cut := compress([]byte("1,a\n2,b\n"))[:12] // before the first line
	writeFile(t, filepath.Join(dir, "cut.gz"), cut)
	writeFile(t, filepath.Join(dir, "closed"), []byte("1,a\n"))
	if err := os.Chmod(filepath.Join(dir, "closed"), 0); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "folder"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, c := range unreadCommands {
		for name, message := range map[string]string{
			"missing": "missing: No such file or directory",
			"closed":  "closed: Permission denied",
			"folder":  "folder: Is a directory",
			"cut.gz":  "cut.gz: gzip data cut off at byte 12",
			"":        ": No such file or directory",
		} {
			want := result{status: c.status, stdout: c.good + c.total, stderr: "linefork: " + message + "\n"}
			isCount, isGrep := c.args[0] == "count", c.args[0] == "grep"
			switch {
			case name == "" && isCount: // as wc
				want.stderr = "linefork: invalid zero-length file name\n"
			case name == "" && !isGrep:
				want.stderr = "linefork: ''" + message + "\n"
			case name == "folder" && isCount && c.total != "": // wc has a row for it
				want.stdout = "0 folder\n" + want.stdout
			case name == "folder" && isGrep && slices.Contains(c.args, "-c"): // and grep
				want.stdout = "folder:0\n" + want.stdout
			case name == "folder" && c.args[0] == "filter": // the files in it
				want.stderr, want.status = "", 0
			case name == "cut.gz" && isGrep && slices.Contains(c.args, "-c"):
				want.stdout = "cut.gz:0\n" + want.stdout
			case name == "cut.gz" && isCount && c.total != "":
				want.stdout = "0 cut.gz\n" + want.stdout
			}
			for _, way := range unreadWays {
				args := slices.Concat(c.args, way, []string{"--decompress", name, "good"})
				got := runAsNobody(t, dir, args)
				got.stdout = unaligned(got.stdout)
				if got != want {
					t.Errorf("linefork %q gave\n%+v\nwant\n%+v", args, got, want)
				}
			}
		}
	}
}

// runAsNobody runs linefork as a user whom permissions bind, also where the tests are
// root's.
func runAsNobody(t *testing.T, dir string, args []string) result {
	t.Helper()
	cmd := exec.Command("linefork", args...)
	cmd.Dir = dir
	if os.Geteuid() == 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	}
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return result{exitStatus(cmd.ProcessState), stdout.String(), stderr.String()}
}

// TestTableOutput gives each command an input that is also the output.
func TestTableOutput(t *testing.T) {
	const text, refused = "1,a\n2,b\n1,c\n", ": input file is also the output\n"
	for _, c := range []struct {
		args    string
		file    string // what the file holds afterwards
		refused bool
	}{
		// What rows are written to as they are found may not be read, unless it is in
		// a folder, which means the other files in it.
		{args: "filter -k 1 in/a >>in/a", file: text, refused: true},
		{args: "filter -k 1 in/b in/a >>in/a", file: text + "1,x\n", refused: true},
		{args: "filter -k 1 in >>in/a", file: text + "1,x\n"},
		{args: "filter -rk 1 in >>in/a", file: text + "1,x\n"},
		{args: "grep 1 in/b in/a >>in/a", file: text + "in/b:1,x\n", refused: true},
		{args: "grep -rh 1 in >>in/a", file: text + "1,x\n", refused: true},
		// A count is one line, at the end.
		{args: "grep -c 1 in/a >>in/a", file: text + "2\n"},
		{args: "filter -ck 1 in >>in/a", file: text + "1\n"},
		{args: "count -r in >>in/a", file: text + "1 in/b\n"},
		{args: "count --csv -r in >>in/a", file: text + "1 in/b\n"},
		{args: "count --by 1 in/a >>in/a", file: text + "1,2\n2,1\n"},
		{args: "count --by 1 -r in >>in/a", file: text + "1,1\n"},
		// An output that appears when it is whole may be an input, but in a folder.
		{args: "filter -k 1 -o in/a in/a", file: "1,a\n1,c\n"},
		{args: "filter -rk 1 -o in/a in", file: "1,x\n"},
		{args: "count --by 1 -o in/a in/a", file: "1,2\n2,1\n"},
		{args: "count --by 1 -r -o in/a in", file: "1,1\n"},
		{args: "count --by 1 -r --append -o in/a in", file: text + "1,1\n"},
	} {
		for _, way := range unreadWays {
			dir := t.TempDir()
			if err := os.Mkdir(filepath.Join(dir, "in"), 0o777); err != nil {
				t.Fatal(err)
			}
			writeFile(t, filepath.Join(dir, "in", "a"), []byte(text))
			writeFile(t, filepath.Join(dir, "in", "b"), []byte("1,x\n"))
			want := result{}
			if c.refused {
				want = result{status: 2, stderr: "linefork: in/a" + refused}
			}
			command, rest, _ := strings.Cut(c.args, " ")
			line := strings.Join(append(append([]string{"linefork", command}, way...), rest), " ")
			got := program{dir: dir}.run(t, "sh", "-c", line)
			if file := readFile(t, filepath.Join(dir, "in", "a")); got != want || file != c.file {
				t.Errorf("%s gave\n%+v and %q\nwant\n%+v and %q", line, got, file, want, c.file)
			}
		}
	}
}
