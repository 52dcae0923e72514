//go:build !unix

package signals

import "os"

// Asking are the signals that ask; none on Windows.
var Asking []os.Signal
