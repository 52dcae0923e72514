//go:build !linux

package worker

import (
	"os"
	"os/exec"
)

// setDeathSignal does nothing: without such a signal, a child exits when its task pipe closes; see
// onHangUp.
func setDeathSignal(*exec.Cmd) {}

func currentThread() int { return 0 }

// killUnborn does nothing: the number of such a child is not known.
func (s *spawner) killUnborn() {}

// enlargePipe does nothing: the size is fixed.
func enlargePipe(*os.File) {}
