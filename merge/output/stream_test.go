package output

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func TestTo(t *testing.T) {
	var b bytes.Buffer
	out := To(&b)
	if err := out.Header([]byte("header\n")); err != nil {
		t.Fatal(err)
	}
	write(t, out, "row\n")
	if got := b.String(); got != "header\nrow\n" {
		t.Errorf("%q was written at once", got)
	}
	if err := out.Commit(context.Background()); err != nil {
		t.Error(err)
	}
	if info := out.Info(); info != nil {
		t.Errorf("it is the file %v", info)
	}
}

// TestError expects an error of each output to be an *Error that wraps its cause.
func TestError(t *testing.T) {
	f, err := os.Create(filepath.Join(t.TempDir(), "out"))
	if err != nil {
		t.Fatal(err)
	}
	f.Close()
	outs := []Output{Stream(f), To(f)}
	for maker, open := range makers {
		out, err := open(filepath.Join(t.TempDir(), maker))
		if err != nil {
			t.Fatal(err)
		}
		out.Abort() // which closes the file
		outs = append(outs, out)
	}
	for _, out := range outs {
		_, err := out.Write([]byte("row\n"))
		if !errors.As(err, new(*Error)) || !errors.Is(err, fs.ErrClosed) {
			t.Errorf("%T: %v", out, err)
		}
	}
	if err := outs[0].Header([]byte("header\n")); !errors.As(err, new(*Error)) {
		t.Errorf("Header: %v", err)
	}
}

// TestInfo expects an output to know which file it is, or will change, and when.
func TestInfo(t *testing.T) {
	for maker, open := range makers {
		path := filepath.Join(t.TempDir(), "out")
		for _, there := range []bool{false, true} {
			out, err := open(path)
			if err != nil {
				t.Fatal(err)
			}
			if !out.Deferred() {
				t.Errorf("%s writes at once", maker)
			}
			info := out.Info()
			out.Abort()
			if !there {
				if info != nil {
					t.Errorf("%s of a new file: %v", maker, info)
				}
				save(t, path, "old\n")
				continue
			}
			if want, err := os.Stat(path); err != nil || info == nil || !os.SameFile(info, want) {
				t.Errorf("%s: %v, %v", maker, info, err)
			}
		}
	}
}

// TestStandard expects a path that is another name of an open file to lead to
// that.
func TestStandard(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out")
	for _, create := range []func(string, Options) (Output, error){Create, Append} {
		f, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		write(t, f, "before\n")
		out, err := create(path, Options{Standard: []*os.File{os.Stdin, f}})
		if err != nil {
			t.Fatal(err)
		}
		write(t, out, "row\n")
		expect(t, path, "before\nrow\n")
		want, err := f.Stat()
		if err != nil || out.Info() == nil || !os.SameFile(out.Info(), want) {
			t.Errorf("it is %v, %v", out.Info(), err)
		}
		if out.Deferred() {
			t.Error("it says that nothing was written yet")
		}
		if err := out.Commit(context.Background()); err != nil {
			t.Error(err)
		}
		write(t, f, "after\n") // it is still open
		f.Close()
		expectNames(t, filepath.Dir(path), "out")
	}
}

// TestCalls expects to be called before a temporary file is made, and around the
// moment when a file is being added to.
func TestCalls(t *testing.T) {
	for maker, create := range map[string]func(string, Options) (Output, error){
		"Create": Create, "Append": Append,
	} {
		dir := t.TempDir()
		path := filepath.Join(dir, "out")
		save(t, path, "old\n")
		var calls []string
		out, err := create(path, Options{
			Creating: func() {
				calls = append(calls, "creating")
				expectNames(t, dir, "out")
			},
			Committing: func() func() {
				calls = append(calls, "committing")
				expect(t, path, "old\n")
				return func() {
					calls = append(calls, "done")
					expect(t, path, "old\nrow\n")
				}
			},
		})
		if err != nil {
			t.Fatal(err)
		}
		write(t, out, "row\n")
		if err := out.Commit(context.Background()); err != nil {
			t.Fatal(err)
		}
		want := 1
		if maker == "Append" {
			want = 3
		}
		if len(calls) != want || calls[0] != "creating" || want == 3 && calls[2] != "done" {
			t.Errorf("%s: the calls were %q", maker, calls)
		}
	}
}
