//go:build !linux

package worker

import (
	"io"
	"os/exec"
)

// setDeathSignal does nothing: without such a signal a child leaves when its
// task pipe closes; see onHangUp.
func setDeathSignal(*exec.Cmd) {}

// enlargePipe does nothing: the size is the system's.
func enlargePipe(io.Reader) {}
