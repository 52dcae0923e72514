package run_test

import (
	"os"
	"testing"

	"github.com/linefork/linefork/worker"
)

// TestMain makes this binary the workers of its own runs.
func TestMain(m *testing.M) {
	worker.Serve()
	os.Setenv("GORACE", "atexit_sleep_ms=0") // for children with the race detector
	os.Exit(m.Run())
}
