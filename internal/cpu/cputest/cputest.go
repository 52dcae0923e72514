// Package cputest runs tests with assembly and with portable Go.
package cputest

import (
	"testing"

	"github.com/linefork/linefork/internal/cpu"
)

// Paths calls f with the assembly selected, if the machine can run it, and then with portable Go
// selected; path is the name of the selection.
func Paths(f func(path string)) {
	if cpu.AVX2() {
		f("avx2")
	}
	defer cpu.DisableAVX2()()
	f("generic")
}

// Run runs f as a subtest for each of [Paths].
func Run(t *testing.T, f func(t *testing.T)) {
	t.Helper()
	Paths(func(path string) { t.Run(path, f) })
}
