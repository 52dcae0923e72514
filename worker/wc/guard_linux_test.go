package wc

import (
	"math/rand/v2"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/linefork/linefork/internal/cpu/cputest"
	"github.com/linefork/linefork/internal/locale"
)

// Input that ends, and input that starts, next to memory that must not be touched.
func TestStaysInside(t *testing.T) {
	page := unix.Getpagesize()
	mem, err := unix.Mmap(-1, 0, 6*page,
		unix.PROT_READ|unix.PROT_WRITE, unix.MAP_ANON|unix.MAP_PRIVATE)
	if err != nil {
		t.Skip("mmap:", err)
	}
	defer unix.Munmap(mem)
	for _, edge := range [][]byte{mem[:page], mem[5*page:]} {
		if err := unix.Mprotect(edge, unix.PROT_NONE); err != nil {
			t.Skip("mprotect:", err)
		}
	}
	inside := mem[page : 5*page : 5*page]
	cputest.Run(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(5, 6))
		for n := range 2200 {
			b := soup(r, n)[:n]
			ref := reference(b, locale.UTF8, false)
			first, last := inside[:n], inside[len(inside)-n:]
			for _, place := range [][]byte{first, last} {
				copy(place, b)
				for _, want := range wants {
					if got := count(place, want, modes[1], whole); got != only(ref, want) {
						t.Fatalf("got %+v, want %+v for %q", got, only(ref, want), b)
					}
				}
			}
		}
	})
}
