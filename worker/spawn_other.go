//go:build !linux

package worker

import "os/exec"

// setDeathSignal does nothing: without such a signal a child leaves when its
// task pipe closes, which it notices also in the middle of a task.
func setDeathSignal(*exec.Cmd) {}
