//go:build unix

package walk

import (
	"io/fs"
	"os"
	"syscall"
	"testing"
)

// TestSwapped replaces a file by something else between finding and opening it.
func TestSwapped(t *testing.T) {
	fifo := func(name string) error { return syscall.Mkfifo(name, 0o666) }
	link := func(name string) error { return os.Symlink("../outside", name) }
	file := func(name string) error { return os.WriteFile(name, []byte("line\n"), 0o666) }
	recurse := Options{Directories: Recurse}
	follow := Options{Directories: Recurse, FollowLinks: true}
	list := Options{Directories: List}
	for _, test := range []struct {
		name string
		o    Options
		put  func(string) error
		err  error
		typ  fs.FileMode // of what is opened if there is no error
	}{
		{"file", recurse, file, nil, 0},
		{"link", recurse, link, ErrLeftOut, 0},
		{"link followed", follow, link, nil, 0},
		{"link listed", list, link, nil, 0},
		{"fifo", recurse, fifo, ErrLeftOut, 0},
		{"fifo followed", follow, fifo, nil, fs.ModeNamedPipe},
		{"fifo listed", list, fifo, ErrLeftOut, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			plant(t, "d/f", "outside")
			opener := test.o.Opener()
			defer opener.Close()
			found := 0
			for f, err := range Files(Paths("d"), test.o) {
				if err != nil {
					t.Fatal(err)
				}
				if err := os.Remove("d/f"); err != nil {
					t.Fatal(err)
				}
				if err := test.put("d/f"); err != nil {
					t.Fatal(err)
				}
				in, err := f.Open(opener)
				if err != test.err {
					t.Errorf("error %v; want %v", err, test.err)
				}
				if err == nil {
					if typ := in.Info().Mode().Type(); typ != test.typ {
						t.Errorf("opened %v; want %v", typ, test.typ)
					}
					in.Close()
				}
				found++
			}
			if found != 1 {
				t.Errorf("%d files", found)
			}
		})
	}
}
