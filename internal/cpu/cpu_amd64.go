//go:build !noasm

package cpu

import "golang.org/x/sys/cpu"

var avx2 = cpu.X86.HasAVX2 && cpu.X86.HasBMI1 && cpu.X86.HasPOPCNT

func disable() (restore func()) {
	old := avx2
	avx2 = false
	return func() { avx2 = old }
}
