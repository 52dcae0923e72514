//go:build !noasm

package multi

import "golang.org/x/sys/cpu"

// useAVX2 selects the assembly. Tests clear it to reach the portable code.
var useAVX2 = cpu.X86.HasAVX2
