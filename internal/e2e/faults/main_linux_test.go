package faults

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/linefork/linefork/internal/e2e/setup"
)

var (
	count    = flag.Int("faults.count", 500, "how many random `trials` there are")
	seed     = flag.Uint64("faults.seed", 0, "the `seed` to draw them from; 0 for one by the clock")
	first    = flag.Int("faults.first", 0, "the `number` of the first trial")
	group    = flag.String("faults.only", "", "only trials of faults whose kind is matched by this `expression`")
	most     = flag.Duration("faults.time", 0, "the `time` after which no trial is started any more; 0: none")
	parallel = flag.Int("faults.parallel", 12, "how many trials run at a time; most of them wait")
	stop     = flag.Bool("faults.stop", false, "end with the first trial that fails")
	every    = flag.Bool("faults.every", false,
		"also make each system call fail, each time that a thread makes it")
)

// isSet reports whether a flag was given.
func isSet(name string) (given bool) {
	flag.Visit(func(f *flag.Flag) { given = given || f.Name == name })
	return given
}

func TestMain(m *testing.M) {
	os.Exit(setup.Run(m, filepath.Join("testdata", "middle.go")))
}
