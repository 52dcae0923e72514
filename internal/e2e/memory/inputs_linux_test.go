package memory

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/linefork/linefork/bench/taxi"
)

// write makes a file of what write writes, and returns its path.
func write(t *testing.T, name string, write func(w *bufio.Writer) error) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	w := bufio.NewWriterSize(f, 1<<20)
	if err := write(w); err != nil {
		t.Fatal(err)
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	return path
}

// taxis is a file of so many bytes of rows.
func taxis(t *testing.T, bytes int64) string {
	return write(t, "rows", func(w *bufio.Writer) error {
		_, err := taxi.Write(w, taxi.Options{Size: bytes, Seed: 1, Header: true})
		return err
	})
}

// line is a file with one line of so many bytes, which is also one CSV record: its first field is k,
// and in the second each piece of 100 bytes ends in a needle.
func line(t *testing.T, bytes int64) string {
	piece := strings.Repeat("a", 94) + "needle"
	return write(t, "line", func(w *bufio.Writer) error {
		w.WriteString("k,")
		for n := int64(0); n < bytes; n += int64(len(piece)) {
			w.WriteString(piece)
		}
		return w.WriteByte('\n')
	})
}

// sparse is a file of so many NULs, which take no disk, with a text at its start and at each step.
func sparse(t *testing.T, size, step int64, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "sparse")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := f.Truncate(size); err != nil {
		t.Fatal(err)
	}
	for at := int64(0); at < size; at += step {
		if _, err := f.WriteAt([]byte(text), at); err != nil {
			t.Fatal(err)
		}
		if step == 0 {
			break
		}
	}
	return path
}

// list is a file with n lines, each of a number.
func list(t *testing.T, n int, format string) string {
	return write(t, "list", func(w *bufio.Writer) error {
		for i := range n {
			fmt.Fprintf(w, format, i)
		}
		return nil
	})
}

// folder is a folder with n small files.
func folder(t *testing.T, n int) string {
	t.Helper()
	dir := t.TempDir()
	for i := range n {
		sub := filepath.Join(dir, fmt.Sprint(i/1000))
		if i%1000 == 0 {
			if err := os.Mkdir(sub, 0o700); err != nil {
				t.Fatal(err)
			}
		}
		content := fmt.Appendf(nil, "11865,%d\nother,%d\n", i, i)
		if err := os.WriteFile(filepath.Join(sub, fmt.Sprint(i)), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// pack is an archive of what another file holds, made by a program that filters; the test is skipped
// without it.
func pack(t *testing.T, path, program string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath(program); err != nil {
		t.Skip(err)
	}
	in, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	return write(t, "archive."+program, func(w *bufio.Writer) error {
		cmd := exec.Command(program, args...)
		cmd.Stdin, cmd.Stdout = in, w
		return cmd.Run()
	})
}
