//go:build !linux

package worker

import (
	"io"
	"os/exec"
)

// setDeathSignal does nothing: without such a signal, a child exits when its task pipe closes; see
// onHangUp.
func setDeathSignal(*exec.Cmd) {}

// enlargePipe does nothing: the size is fixed.
func enlargePipe(io.Reader) {}
