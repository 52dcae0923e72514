//go:build unix

package folder

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// deep makes a tree of so many folders, each in the one before, and a file f in each that holds
// its depth. It returns the places of the folders.
func deep(t *testing.T, depth int) (places []Place) {
	t.Helper()
	root := t.TempDir()
	fd, err := unix.Open(root, folderFlags, 0)
	if err != nil {
		t.Fatal(err)
	}
	place := Named(root)
	for i := range depth {
		places = append(places, place)
		name := fmt.Sprintf("folder%05d", i)
		file, err := unix.Openat(fd, "f", unix.O_CREAT|unix.O_WRONLY|unix.O_CLOEXEC, 0o600)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := unix.Write(file, fmt.Append(nil, i)); err != nil {
			t.Fatal(err)
		}
		unix.Close(file)
		if err := unix.Mkdirat(fd, name, 0o700); err != nil {
			t.Fatal(err)
		}
		below, err := unix.Openat(fd, name, folderFlags, 0)
		if err != nil {
			t.Fatal(err)
		}
		unix.Close(fd)
		fd, place = below, place.Join(name)
	}
	unix.Close(fd)
	return places
}

// content opens a file and returns what it holds, or the error.
func content(o *Opener, p Place) string {
	f, err := o.Open(p)
	if err != nil {
		return err.Error()
	}
	defer f.Close()
	b, err := io.ReadAll(f)
	if err != nil {
		return err.Error()
	}
	return string(b)
}

// open returns how many folders are open.
func (o *Opener) open() int { return len(o.chain) - o.closed }

func TestDeep(t *testing.T) {
	const depth = 700 // the paths are longer than PATH_MAX
	places := deep(t, depth)
	var o Opener
	defer o.Close()
	visit := func(i int) {
		t.Helper()
		if got := content(&o, places[i].Join("f")); got != fmt.Sprint(i) {
			t.Fatalf("depth %d: %.100s", i, got)
		}
		if o.open() > mostOpen() {
			t.Fatalf("%d folders are open", o.open())
		}
	}
	for i := range depth {
		visit(i)
	}
	for i := depth - 1; i >= 0; i-- {
		visit(i)
	}
	for range 20 {
		visit(rand.IntN(depth))
	}
	for range 2 { // a second listing starts over
		entries, err := o.List(places[350])
		if err != nil || len(entries) != 2 || entries[0].Name() != "f" {
			t.Errorf("%v, %v", entries, err)
		}
	}
}

// TestRandom compares places in a tree, in random order, with what their paths lead to.
func TestRandom(t *testing.T) {
	root := t.TempDir()
	var dirs []string
	for i := range 60 {
		dir := root
		for j := range 1 + i%20 {
			dir += fmt.Sprintf("/%c", 'a'+(i>>(j%3))%3)
		}
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		dirs = append(dirs, dir)
	}
	for _, dir := range dirs {
		for ; len(dir) >= len(root); dir = filepath.Dir(dir) {
			if err := os.WriteFile(dir+"/f", []byte(dir), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	var o Opener
	defer o.Close()
	for range 3000 {
		dir := dirs[rand.IntN(len(dirs))]
		for range rand.IntN(4) {
			if up := filepath.Dir(dir); len(up) >= len(root) {
				dir = up
			}
		}
		if got := content(&o, Below(root, dir+"/f")); got != dir {
			t.Fatalf("%s: %s", dir, got)
		}
	}
}

// TestMoved moves a folder away from below one that had to be closed.
func TestMoved(t *testing.T) {
	places := deep(t, 3*mostOpen())
	last := len(places) - 1
	var o Opener
	defer o.Close()
	if got := content(&o, places[last].Join("f")); got != fmt.Sprint(last) {
		t.Fatal(got)
	}
	elsewhere := t.TempDir()
	if err := os.Rename(places[mostOpen()].Path, elsewhere+"/moved"); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(elsewhere+"/f", []byte("another"), 0o600); err != nil {
		t.Fatal(err)
	}
	for i := mostOpen() - 1; i >= 0; i-- {
		if got := content(&o, places[i].Join("f")); got != fmt.Sprint(i) {
			t.Errorf("depth %d: %s", i, got)
		}
	}
	if got := content(&o, places[mostOpen()].Join("f")); !strings.Contains(got, "no such file") {
		t.Errorf("the moved folder: %s", got)
	}
}

func TestLinks(t *testing.T) {
	root := t.TempDir()
	for _, err := range []error{
		os.MkdirAll(root+"/real/sub", 0o700),
		os.WriteFile(root+"/real/sub/f", []byte("in sub"), 0o600),
		os.Symlink("real", root+"/named"),
		os.Symlink("sub", root+"/real/folder"),
		os.Symlink("sub/f", root+"/real/file"),
		syscall.Mkfifo(root+"/real/fifo", 0o600),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	place := func(path string) Place { return Below(root+"/named", root+"/named/"+path) }
	for _, follow := range []bool{false, true} {
		o := Opener{Follow: follow}
		if got := content(&o, place("sub/f")); got != "in sub" {
			t.Error(got)
		}
		_, fileErr := o.OpenFD(place("file"))
		if IsLink(fileErr) == follow {
			t.Errorf("a link, follow %v: %v", follow, fileErr)
		}
		_, folderErr := o.Open(place("folder/f"))
		if (folderErr == nil) != follow || !follow && !errors.Is(folderErr, syscall.ENOTDIR) {
			t.Errorf("below a link, follow %v: %v", follow, folderErr)
		}
		info, err := o.Stat(place("file"))
		if err != nil || info.Type.IsRegular() != follow {
			t.Errorf("stat of a link, follow %v: %v, %v", follow, info, err)
		}
		if fifo, err := o.Open(place("fifo")); err != nil { // without a writer
			t.Error(err)
		} else {
			fifo.Close()
		}
		if got := content(&o, Named(root+"/named/file")); got != "in sub" {
			t.Errorf("a link that was named: %s", got)
		}
		o.Close()
	}
}

func TestDescribe(t *testing.T) {
	root := t.TempDir()
	if err := os.WriteFile(root+"/f", nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(root+"/p", 0o600); err != nil {
		t.Fatal(err)
	}
	var all []Info
	var o Opener
	defer o.Close()
	for _, path := range []string{root, root + "/f", root + "/p", os.DevNull} {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		want := Describe(info)
		got, err := o.Stat(Below(root, path))
		if err != nil || got != want || !got.Same(want) {
			t.Errorf("%s: %v, %v; want %v", path, got, err, want)
		}
		if slices.ContainsFunc(all, got.Same) {
			t.Errorf("%s is the same as another", path)
		}
		all = append(all, got)
	}
}
