//go:build !unix

package worker

import "time"

// ownCPU is the processor time that this process has taken: not known here.
func ownCPU() time.Duration { return 0 }
