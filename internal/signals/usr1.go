//go:build unix && !(darwin || freebsd || netbsd || openbsd || dragonfly)

package signals

import (
	"os"
	"syscall"
)

// Asking are the signals that ask; none on Windows.
var Asking = []os.Signal{syscall.SIGUSR1}
