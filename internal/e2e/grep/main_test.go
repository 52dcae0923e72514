//go:build unix

package grep

import (
	"flag"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/linefork/linefork/internal/e2e/setup"
	"github.com/linefork/linefork/internal/peer"
)

var (
	programFlag = flag.String("grep.program", "linefork grep", "the `program` under test")
	allWays     = flag.Bool("grep.all", false,
		"run each case in all locales and in all ways to do the work")
	fuzzTime  = flag.Duration("grep.fuzz", 5*time.Second, "how long all fuzz tests take together")
	fuzzCases = flag.Uint64("grep.cases", 0,
		"how many `trials` a fuzz test makes, however long it takes")
	fuzzSeed   = flag.Uint64("grep.seed", 1, "the `seed` to draw from; 0 for one by the clock")
	fuzzFirst  = flag.Uint64("grep.first", 0, "the `number` of the first trial")
	fuzzFaults = flag.Int("grep.faults", 5, "after how many `faults` a fuzz test ends")
)

// workers is how many cases run at a time.
const workers = 2

func TestMain(m *testing.M) {
	flag.Parse()
	if !ofLinefork() {
		os.Exit(m.Run())
	}
	os.Exit(setup.Run(m))
}

// ofLinefork reports whether linefork is the program under test. Other programs have no options
// that say how the work is done.
func ofLinefork() bool { return strings.HasPrefix(*programFlag, "linefork") }

// needGNU skips a test unless grep is GNU grep 3.8.
func needGNU(t testing.TB) {
	t.Helper()
	peer.Grep.Need(t)
	setup.Watch(t)
}
