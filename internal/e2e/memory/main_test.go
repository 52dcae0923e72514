package memory

import (
	"flag"
	"os"
	"testing"

	"github.com/linefork/linefork/internal/e2e/setup"
)

var full = flag.Bool("memory.full", false,
	"measure at the sizes that docs/memory.md names: takes some minutes and 3 GiB of disk")

func TestMain(m *testing.M) {
	flag.Parse()
	os.Exit(setup.Run(m))
}

// size is for a quick test and for one that is full.
func size[T any](quick, whole T) T {
	if *full {
		return whole
	}
	return quick
}
