//go:build !unix

package command

import "time"

// ownCPU is the processor time that this process has used: not known on this platform.
func ownCPU() time.Duration { return 0 }
