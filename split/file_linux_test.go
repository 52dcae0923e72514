package split

import (
	"bytes"
	"os"
	"testing"

	"golang.org/x/sys/unix"
)

// TestFileNotMappedAgain has a file that can be mapped when it is opened and not later, where there
// are no more file descriptors: it is read otherwise.
func TestFileNotMappedAgain(t *testing.T) {
	data := lines(3000)
	src, is := openPath(t, save(t, data)).(*file)
	if !is || src.mapped == nil {
		t.Fatal("the file is not mapped")
	}
	src.touched = residentLimit
	got := make([]byte, 1000)
	var err error
	withoutDescriptors(t, func() { err = src.read(got, 500) })
	if err != nil || !bytes.Equal(got, data[500:1500]) || src.mapped != nil {
		t.Errorf("error %v, still mapped %v", err, src.mapped != nil)
	}
}

// withoutDescriptors calls f while no file can be opened.
func withoutDescriptors(t *testing.T, f func()) {
	t.Helper()
	var limit unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_NOFILE, &limit); err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := unix.Setrlimit(unix.RLIMIT_NOFILE, &limit); err != nil {
			t.Fatal(err)
		}
	}()
	none := limit
	none.Cur = 0
	if err := unix.Setrlimit(unix.RLIMIT_NOFILE, &none); err != nil {
		t.Fatal(err)
	}
	if f, err := os.Open("/"); err == nil {
		f.Close()
		t.Fatal("a file can be opened")
	}
	f()
}
