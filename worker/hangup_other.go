//go:build !unix

package worker

import "os"

// onHangUp does nothing: the child notices the end of its pipe when it reads the next task.
func onHangUp(*os.File, func()) {}
