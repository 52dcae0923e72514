package gnu

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/linefork/linefork/internal/peer"
)

// TestColumnsWC compares with everything that wc prints.
func TestColumnsWC(t *testing.T) {
	wc := peer.WC.Need(t)
	totals := []string{""}
	if help, err := exec.Command(wc, "--help").Output(); err != nil {
		t.Fatal(err)
	} else if bytes.Contains(help, []byte("--total")) {
		totals = append(totals, "auto", "always", "never", "only")
	}

	w := newWorld(t)
	listPath := filepath.Join(t.TempDir(), "list")
	stdinPath := filepath.Join(t.TempDir(), "stdin")
	for l, localeName := range localeNames {
		t.Run(localeName, func(t *testing.T) {
			skipWithout(t, l)
			rapid.Check(t, func(t *rapid.T) {
				names := rapid.SliceOfN(rapid.SampledFrom(w.operands), 0, 6).Draw(t, "names")
				option := rapid.SampledFrom(countOptions[:])
				options := rapid.SliceOfDistinct(option, rapid.ID).Draw(t, "options")
				total := rapid.SampledFrom(totals).Draw(t, "total")
				source := rapid.SampledFrom([]string{
					"operands", "list", "list on standard input",
				}).Draw(t, "source")
				stdinKind := rapid.SampledFrom([]string{"file", "pipe", "null"}).Draw(t, "stdin")
				stdinText := rapid.SampledFrom([]string{
					"", "a b\n", strings.Repeat("words of\n", 1234),
				}).Draw(t, "text")

				cmd := wcCommand(wc, w.dir, l, options...)
				if total != "" {
					cmd.Args = append(cmd.Args, "--total="+total)
				}
				if source == "list on standard input" {
					names = slices.DeleteFunc(names, func(name string) bool { return name == "-" })
				}
				isOther := func(o string) bool { return o != "-c" && o != "-m" }
				if len(options) > 0 && !slices.ContainsFunc(options, isOther) {
					// If asked only for sizes, wc may take them without reading, and so count
					// standard input again.
					seen := false
					names = slices.DeleteFunc(names, func(name string) bool {
						again := seen && name == "-"
						seen = seen || name == "-"
						return again
					})
				}
				var list string
				for _, name := range names {
					list += name + "\x00"
				}
				switch source {
				case "operands":
					cmd.Args = append(append(cmd.Args, "--"), names...)
				case "list":
					writeFile(t, listPath, list)
					cmd.Args = append(cmd.Args, "--files0-from="+listPath)
				case "list on standard input":
					stdinText = list
					cmd.Args = append(cmd.Args, "--files0-from=-")
				}
				stdin := openStdin(t, stdinKind, stdinPath, stdinText)
				defer stdin.Close()
				cmd.Stdin = stdin
				if stdinKind == "null" {
					stdinText = ""
					if source == "list on standard input" {
						names = nil
					}
				}
				named := true
				if source == "operands" && len(names) == 0 {
					names, named = []string{"-"}, false
				}

				// wc examines the files before it reads any.
				var files []fs.FileInfo
				if source != "list on standard input" || stdinKind == "file" {
					for _, name := range names {
						files = append(files, w.stat(t, name, stdin))
					}
				}
				got, err := cmd.Output()
				var exit *exec.ExitError
				if err != nil && !errors.As(err, &exit) {
					t.Fatal(err)
				}

				var fields []int
				for i, option := range countOptions {
					if slices.Contains(options, option) ||
						len(options) == 0 && slices.Contains([]string{"-l", "-w", "-c"}, option) {
						fields = append(fields, i)
					}
				}
				columns := Columns{Width: Width(files, len(fields)), Locale: l}
				if total == "only" {
					columns.Width = 1
				}
				var want []byte
				row := func(c counts, name string, named bool) {
					var numbers []int64
					for _, i := range fields {
						numbers = append(numbers, c[i])
					}
					want = columns.AppendRow(want, numbers, name, named)
				}
				var sum counts
				for _, name := range names {
					text, ok := w.contents[name]
					if name == "-" {
						text, stdinText, ok = stdinText, "", true
					}
					if ok {
						sum.add(count(text))
						if total != "only" {
							row(count(text), name, named)
						}
					}
				}
				switch total {
				case "", "auto":
					if len(names) > 1 {
						row(sum, "total", true)
					}
				case "always":
					row(sum, "total", true)
				case "only":
					row(sum, "", false)
				}
				if !bytes.Equal(got, want) {
					t.Fatalf("%q with %s as standard input:\ngot\n%sfrom wc\n%s",
						cmd.Args, stdinKind, want, got)
				}
			})
		})
	}
}

// counts are lines, words, characters, bytes and the longest line, in wc's order.
type counts [5]int64

var countOptions = [len(counts{})]string{"-l", "-w", "-m", "-c", "-L"}

// count counts text that consists of letters, blanks and newlines.
func count(text string) counts {
	c := counts{
		int64(strings.Count(text, "\n")),
		int64(len(strings.Fields(text))),
		int64(len(text)),
		int64(len(text)),
	}
	for line := range strings.SplitSeq(text, "\n") {
		c[4] = max(c[4], int64(len(line)))
	}
	return c
}

func (c *counts) add(d counts) {
	for i := range 4 {
		c[i] += d[i]
	}
	c[4] = max(c[4], d[4])
}

// world is a directory with files to count.
type world struct {
	dir      string
	contents map[string]string // by operand, if wc prints a row for it
	operands []string
}

func newWorld(t *testing.T) *world {
	w := &world{dir: t.TempDir(), contents: map[string]string{}}
	suffixes := []string{"", " b", "it's\n", "é\n'", "\xff\t"}
	for i, size := range []int{
		0, 1, 4, 9, 10, 50, 90, 99, 100, 500, 999, 5000, 12345, 99999, 100000,
	} {
		name := fmt.Sprint("file", size, suffixes[i%len(suffixes)])
		text := strings.Repeat("ab c\n\nabcdef  a ", size/16+1)[:size]
		writeFile(t, filepath.Join(w.dir, name), text)
		w.contents[name] = text
		w.operands = append(w.operands, name)
	}
	if err := os.Mkdir(filepath.Join(w.dir, "directory"), 0o777); err != nil {
		t.Fatal(err)
	}
	w.contents["directory"] = ""
	w.contents[os.DevNull] = ""
	w.operands = append(w.operands, "directory", os.DevNull, "-", "-", "missing", "mis sing", "")
	return w
}

// stat examines an operand; nil means that this is not possible.
func (w *world) stat(t *rapid.T, name string, stdin *os.File) fs.FileInfo {
	path := name
	switch {
	case name == "":
		return nil
	case name == "-":
		info, err := stdin.Stat()
		if err != nil {
			t.Fatal(err)
		}
		return info
	case !filepath.IsAbs(name):
		path = filepath.Join(w.dir, name)
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil
	}
	return info
}

// openStdin opens a file of the given kind that holds text.
func openStdin(t *rapid.T, kind, path, text string) *os.File {
	switch kind {
	case "pipe":
		r, w, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		go func() {
			defer w.Close()
			_, _ = w.WriteString(text) // fails if wc does not read it
		}()
		return r
	case "null":
		path = os.DevNull
	default:
		writeFile(t, path, text)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func writeFile(t interface{ Fatal(...any) }, path, text string) {
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}
