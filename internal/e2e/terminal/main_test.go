package terminal

import (
	"flag"
	"os"
	"testing"

	"github.com/linefork/linefork/internal/e2e/setup"
)

var (
	commands = flag.Int("terminal.commands", 60, "how many random `commands` are compared")
	seed     = flag.Uint64("terminal.seed", 0, "the `seed` to draw them from; 0 for one by the clock")
	first    = flag.Int("terminal.first", 0, "the `number` of the first command")
	rates    = flag.Bool("terminal.rates", false, "compare the rate that the bar shows with the true one, "+
		"for which the machine must have nothing else to do")
)

func TestMain(m *testing.M) {
	// These tests wait more than they work.
	if err := flag.Set("test.parallel", "16"); err != nil {
		panic(err)
	}
	os.Exit(setup.Run(m))
}

// begin is called first by tests of the program.
func begin(t *testing.T) {
	t.Helper()
	setup.Watch(t)
	t.Parallel()
}
