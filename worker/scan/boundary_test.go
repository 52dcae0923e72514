//go:build unix

package scan

import (
	"os"
	"path/filepath"
	"runtime/debug"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/linefork/linefork/internal/cpu/cputest"
)

// guarded returns size bytes, which are whole pages, between two pages that cannot be read, and the
// mapping that holds them all.
func guarded(t *testing.T, size int) (data, all []byte) {
	t.Helper()
	page := os.Getpagesize()
	all, err := unix.Mmap(-1, 0, size+2*page,
		unix.PROT_READ|unix.PROT_WRITE, unix.MAP_ANON|unix.MAP_PRIVATE)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = unix.Munmap(all) })
	for _, guard := range [][]byte{all[:page], all[page+size:]} {
		if err := unix.Mprotect(guard, unix.PROT_NONE); err != nil {
			t.Fatal(err)
		}
	}
	return all[page : page+size], all
}

// TestBoundary searches slices of each length with an unreadable page right before or after them.
func TestBoundary(t *testing.T) {
	cputest.Run(t, func(t *testing.T) {
		data, _ := guarded(t, os.Getpagesize())
		for n := range sweepLen + 1 {
			for _, b := range [][]byte{data[:n:n], data[len(data)-n:]} {
				boundaryOne(t, b)
			}
		}
		for _, b := range [][]byte{data, data[1:], data[:len(data)-1]} {
			boundaryOne(t, b)
		}
	})
}

func boundaryOne(t *testing.T, b []byte) {
	t.Helper()
	for i := range b {
		b[i] = '.'
	}
	for _, needle := range []string{"a", "ab", "a b", "needle with words"} {
		for _, p := range []Triple{
			{B1: 'a', B2: 'b', B3: 'b', Off1: 0, Off2: 1, Off3: 1, Len: 2},
			{B1: 'a', B2: 'b', B3: 'c', Off1: 3, Off2: 20, Off3: 40, Len: 41},
			{B1: 'a', B2: 'b', B3: 'c', Off1: 3, Off2: 40, Off3: 60, Len: 90},
		} {
			checkAll(t, b, 'a', 'b', p, []byte(needle), nil)
		}
		checkFold(t, NewFoldFinder([]byte(needle), nil), []byte(needle), b, 0)
		if len(b) >= len(needle) {
			copy(b[len(b)-len(needle):], needle)
			checkFinder(t, NewFinder([]byte(needle), nil), b, 0, '"')
			checkFold(t, NewFoldFinder([]byte(needle), nil), []byte(needle), b, 0)
			for i := range b {
				b[i] = '.'
			}
		}
	}
	if len(b) > 0 {
		b[len(b)-1] = '"'
		if got := Count(b, '"'); got != 1 {
			t.Fatalf("Count of one hit at the end of %d bytes = %d", len(b), got)
		}
		checkFinder(t, NewFinder([]byte("ab"), nil), b, 0, '"')
	}
}

// TestFault expects a fault to become a panic that can be recovered from: on an unreadable page,
// and on a page of a file that was truncated.
func TestFault(t *testing.T) {
	cputest.Run(t, func(t *testing.T) {
		defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
		size := 8 * os.Getpagesize()
		_, all := guarded(t, size)
		expectFaults(t, all[os.Getpagesize():])
		expectFaults(t, truncated(t, size))
	})
}

// truncated maps a file of twice size bytes and then cuts off half.
func truncated(t *testing.T, size int) []byte {
	t.Helper()
	file, err := os.Create(filepath.Join(t.TempDir(), "file"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if err := file.Truncate(2 * int64(size)); err != nil {
		t.Fatal(err)
	}
	b, err := unix.Mmap(int(file.Fd()), 0, 2*size, unix.PROT_READ, unix.MAP_SHARED)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = unix.Munmap(b) })
	if err := file.Truncate(int64(size)); err != nil {
		t.Fatal(err)
	}
	return b
}

func expectFaults(t *testing.T, b []byte) {
	t.Helper()
	triple := Triple{B1: 'a', B2: 'b', B3: 'c', Off1: 0, Off2: 1, Off3: 2, Len: 3}
	finder, fold := NewFinder([]byte("abc"), nil), NewFoldFinder([]byte("abc"), nil)
	for name, f := range map[string]func(){
		"Count":         func() { Count(b, 'a') },
		"IndexByteOr":   func() { IndexByteOr(b, 'a', 'b') },
		"IndexTriple":   func() { IndexTriple(b, triple) },
		"IndexTripleOr": func() { IndexTripleOr(b, triple, 'c') },
		"Classify":      func() { Classify(make([]Masks, len(b)/MaskLen+1), b, 'a', 'b', 'c') },
		"Next":          func() { finder.Next(b, 0) },
		"FoldNext":      func() { fold.Next(b, 0) },
		"NextOr":        func() { finder.NextOr(b, 0, 'c') },
	} {
		func() {
			defer func() {
				fault, ok := recover().(interface{ Addr() uintptr })
				if !ok {
					t.Errorf("%s: no fault", name)
				} else if fault.Addr() == 0 {
					t.Errorf("%s: fault without address", name)
				}
			}()
			f()
		}()
	}
}
