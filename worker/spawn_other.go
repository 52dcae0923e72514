//go:build !linux

package worker

import "os/exec"

// setDeathSignal does nothing: without such a signal a child leaves when its
// task pipe closes; see onHangUp.
func setDeathSignal(*exec.Cmd) {}
