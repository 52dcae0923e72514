//go:build !unix

package worker

import "os"

// endingSignal returns "": no process is ended by a signal here.
func endingSignal(*os.ProcessState) string { return "" }
