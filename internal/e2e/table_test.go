//go:build unix

package e2e

import (
	"bytes"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/linefork/linefork/internal/e2e/setup"
)

var wholeTable = flag.Bool("table.whole", false,
	"run each command on each kind of input in all ways, not in two of them")

// tableWay is a way to give a kind of input to a command, and to do the work.
type tableWay struct {
	args   []string // the last are the operands
	stdin  string   // the file that standard input is; behind a "|", that a pipe gives
	fifo   bool     // a FIFO called fifo gives the file f
	inputs []string // what the inputs are called
}

// Standard input among the inputs of a tableWay.
const (
	unnamed = "<stdin>"
	named   = "-"
	nothing = "- again"
)

var tableWays = []tableWay{
	{args: []string{"f"}, inputs: []string{"f"}},
	{args: []string{"--mode=serial", "--range-size=1", "f"}, inputs: []string{"f"}},
	{args: []string{"--mode=threads", "-j3", "--range-size=3", "f"}, inputs: []string{"f"}},
	{args: []string{"--mode=processes", "-j2", "--range-size=7", "f"}, inputs: []string{"f"}},
	{args: []string{"-j2", "f"}, inputs: []string{"f"}},
	{stdin: "f", inputs: []string{unnamed}},
	{stdin: "|f", inputs: []string{unnamed}},
	{args: []string{"-j2", "--range-size=4"}, stdin: "|f", inputs: []string{unnamed}},
	{args: []string{"fifo"}, fifo: true, inputs: []string{"fifo"}},
	{args: []string{"-", "-"}, stdin: "f", inputs: []string{named, nothing}},
	{args: []string{"f", "-", "g"}, stdin: "|f", inputs: []string{"f", named, "g"}},
	{args: []string{"f", "g", "d/a"}, inputs: []string{"f", "g", "d/a"}},
	{args: []string{"--mode=processes", "-j2", "f", "g", "d/a"}, inputs: []string{"f", "g", "d/a"}},
	{args: []string{"--mode=threads", "--range-size=5", "f", "g"}, inputs: []string{"f", "g"}},
	{args: []string{"-r", "d"}, inputs: []string{"d/a", "d/b"}},
	{args: []string{"-r", "--mode=processes", "-j2", "g", "d"}, inputs: []string{"g", "d/a", "d/b"}},
}

// writeKind makes a folder with the files of all ways.
func writeKind(t *testing.T, k *kind) (dir string) {
	t.Helper()
	dir = t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "d"), 0o777); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"f", "g", "d/a", "d/b"} {
		writeFile(t, filepath.Join(dir, name), k.data)
	}
	return dir
}

// run runs a command of linefork on a kind of input.
func (w *tableWay) run(t *testing.T, dir string, args []string) result {
	t.Helper()
	cmd := exec.Command("linefork", slices.Concat(args, w.args)...)
	if w.fifo {
		fifo := filepath.Join(dir, "fifo")
		if err := syscall.Mkfifo(fifo, 0o666); err != nil {
			t.Fatal(err)
		}
		defer os.Remove(fifo)
		defer feed(t, fifo, []byte(readFile(t, filepath.Join(dir, "f"))))()
	}
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "LC_ALL=C.UTF-8")
	name, pipe := strings.CutPrefix(w.stdin, "|")
	switch {
	case name == "":
	case pipe:
		cmd.Stdin = bytes.NewReader([]byte(readFile(t, filepath.Join(dir, name))))
	default:
		f, err := os.Open(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		cmd.Stdin = f
	}
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return result{exitStatus(cmd.ProcessState), stdout.String(), stderr.String()}
}

// feed writes to a FIFO when somebody reads it, and ends that when stop is called.
func feed(t *testing.T, fifo string, data []byte) (stop func()) {
	fed := make(chan struct{})
	go func() {
		defer close(fed)
		if f, err := os.OpenFile(fifo, os.O_WRONLY, 0); err == nil {
			_, _ = f.Write(data) // the reader may not want it
			f.Close()
		}
	}()
	return func() {
		t.Helper()
		reader, err := os.OpenFile(fifo, os.O_RDONLY|syscall.O_NONBLOCK, 0)
		if err != nil {
			t.Fatal(err)
		}
		<-fed
		reader.Close()
	}
}

// given are the inputs of a command, of which all but one are of a kind.
func (w *tableWay) given(k *kind, c *tableCommand) (inputs []given) {
	for _, name := range w.inputs {
		in := given{kind: k, name: name, pipe: w.fifo}
		if name == unnamed || name == named || name == nothing {
			in.name, in.pipe = c.stdinName(name != unnamed), strings.HasPrefix(w.stdin, "|")
		}
		if name == nothing {
			in.kind = &kind{options: k.options}
		}
		inputs = append(inputs, in)
	}
	return inputs
}

// TestTable runs each command on each kind of input, and compares with what a plain
// reader makes of the text.
func TestTable(t *testing.T) {
	all := kinds()
	for number, c := range tableCommands {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if c.peer != nil {
				c.peer.Need(t)
			}
			for i, k := range all {
				dir := writeKind(t, k)
				for _, w := range chosenWays(i + number) {
					args := slices.Concat(c.args, k.options)
					inputs := w.given(k, &c)
					want := c.want(t, inputs, len(inputs) > 1 || slices.Contains(w.args, "-r"))
					if got := w.run(t, dir, args); !c.same(got, want) {
						t.Errorf("%s: linefork %q %q of %q gave\n%+v\nwant\n%+v",
							k.name, args, w.args, k.text, got, want)
					}
				}
			}
		})
	}
}

// chosenWays are two ways, or all. They come round with the rows and with the columns
// of the table: each kind of input and each command meets each way.
func chosenWays(cell int) []tableWay {
	n := len(tableWays)
	switch {
	case *wholeTable:
		return tableWays
	case setup.Race:
		return tableWays[cell%n:][:1]
	}
	return []tableWay{tableWays[cell%n], tableWays[(cell+n/2)%n]}
}

// same compares what a command gave with what it has to give.
func (c *tableCommand) same(got, want result) bool {
	if c.layout {
		got.stdout, want.stdout = unaligned(got.stdout), unaligned(want.stdout)
	}
	return got.status == want.status && got.stdout == want.stdout &&
		sameMessages(got.stderr, want.stderr)
}

// unaligned is a table of counts without its layout.
func unaligned(s string) string {
	lines := strings.SplitAfter(s, "\n")
	for i, line := range lines {
		if fields := strings.Fields(line); len(fields) > 0 {
			lines[i] = strings.Join(fields, " ") + "\n"
		}
	}
	return strings.Join(lines, "")
}

// sameMessages compares line by line. In want, … stands for anything.
func sameMessages(got, want string) bool {
	same := func(got, want string) bool {
		begin, end, ok := strings.Cut(want, "…")
		return got == want || ok && strings.HasPrefix(got, begin) && strings.HasSuffix(got, end)
	}
	return slices.EqualFunc(strings.SplitAfter(got, "\n"), strings.SplitAfter(want, "\n"), same)
}
