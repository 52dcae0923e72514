//go:build unix

package multi

import (
	"math/rand/v2"
	"os"
	"runtime/debug"
	"slices"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/linefork/linefork/internal/cpu/cputest"
)

// guarded returns a page between two that cannot be read, and all three.
func guarded(t *testing.T) (data, all []byte) {
	t.Helper()
	page := os.Getpagesize()
	all, err := unix.Mmap(-1, 0, 3*page,
		unix.PROT_READ|unix.PROT_WRITE, unix.MAP_ANON|unix.MAP_PRIVATE)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = unix.Munmap(all) })
	for _, guard := range [][]byte{all[:page], all[2*page:]} {
		if err := unix.Mprotect(guard, unix.PROT_NONE); err != nil {
			t.Fatal(err)
		}
	}
	return all[page : 2*page], all
}

// TestBoundary searches slices of each length with an unreadable page right after or before them.
func TestBoundary(t *testing.T) {
	data, _ := guarded(t)
	r := rand.New(rand.NewPCG(1, 2))
	cputest.Run(t, func(t *testing.T) {
		for _, least := range []int{1, 2, 3, 5, 9, 33} {
			for _, count := range []int{1, 10, 500} {
				n := naive{randomNeedles(r, "abcdefghijkl", nil, count, least, least+5), count == 10}
				s := New(n.needles, Options{FoldASCII: n.fold}, nil)
				for size := range 300 {
					for _, b := range [][]byte{data[:size:size], data[len(data)-size:]} {
						for i := range b {
							b[i] = '.'
						}
						needle := n.needles[size%len(n.needles)]
						copy(b[max(size-len(needle), 0):], needle)
						start, end := -1, -1
						ends := n.ends(b)
						if k := slices.IndexFunc(ends, func(e []int) bool { return e != nil }); k >= 0 {
							start, end = k, slices.Max(ends[k])
						}
						if gotStart, gotEnd := s.Next(b, 0); gotStart != start || gotEnd != end {
							t.Fatalf("Next in %d bytes = %d, %d, want %d, %d", size, gotStart, gotEnd, start, end)
						}
						s.Ends(b, max(start, 0), nil)
					}
				}
			}
		}
	})
}

// TestFault expects a fault to become a panic that can be recovered from.
func TestFault(t *testing.T) {
	data, all := guarded(t)
	r := rand.New(rand.NewPCG(3, 4))
	cputest.Run(t, func(t *testing.T) {
		defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
		for _, count := range []int{1, 500} {
			s := New(randomNeedles(r, "abcdefghijkl", nil, count, 9, 12), Options{}, nil)
			func() {
				defer func() {
					if _, ok := recover().(interface{ Addr() uintptr }); !ok {
						t.Errorf("%d needles: no fault", count)
					}
				}()
				s.Next(all[len(data):], 0)
			}()
		}
	})
}
