//go:build unix

package grep

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	// The program is built by a command of which go test knows nothing. This
	// makes its results stale when a package of it changes.
	_ "github.com/linefork/linefork/internal/command"
)

var (
	programFlag = flag.String("grep.program", "linefork grep", "the `program` under test")
	allWays     = flag.Bool("grep.all", false, "run each case in all locales and in all ways to do the work")
	fuzzTime    = flag.Duration("grep.fuzz", 5*time.Second, "how long all fuzz tests take together")
	fuzzCases   = flag.Uint64("grep.cases", 0, "how many `trials` a fuzz test makes, however long it takes")
	fuzzSeed    = flag.Uint64("grep.seed", 1, "the `seed` to draw from; 0 for one by the clock")
	fuzzFirst   = flag.Uint64("grep.first", 0, "the `number` of the first trial")
	fuzzFaults  = flag.Int("grep.faults", 5, "after how many `faults` a fuzz test ends")
)

// workers is how many cases run at a time.
const workers = 2

// root is the top of the checkout.
var root = filepath.Join("..", "..", "..")

func TestMain(m *testing.M) {
	flag.Parse()
	os.Exit(buildAndRun(m))
}

// buildAndRun builds linefork, with the race detector if the tests have it, and
// puts it first on the PATH.
func buildAndRun(m *testing.M) int {
	if !ofLinefork() {
		return m.Run()
	}
	bin, err := os.MkdirTemp("", "linefork-grep-*")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(bin)
	// TestUnreadable runs it as another user.
	if err := os.Chmod(bin, 0o755); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	args := []string{"build", "-o", bin + string(os.PathSeparator)}
	if raceEnabled {
		args = append(args, "-race")
	}
	build := exec.Command("go", append(args, ".")...)
	build.Dir = root
	if out, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "go build: %v\n%s", err, out)
		return 1
	}
	os.Setenv("PATH", bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	return m.Run()
}

// ofLinefork tells whether linefork is the program under test, or another one,
// which has no options for how the work is done.
func ofLinefork() bool { return strings.HasPrefix(*programFlag, "linefork") }

// needGNU skips a test where grep is not the one that is compared with.
func needGNU(t testing.TB) {
	t.Helper()
	out, err := exec.Command("grep", "--version").Output()
	line, _, _ := strings.Cut(string(out), "\n")
	if err != nil || line != "grep (GNU grep) 3.8" {
		t.Skipf("grep is not GNU grep 3.8 but %q (%v)", line, err)
	}
	// go test knows what files a test opens.
	if _, err := os.ReadFile(filepath.Join(root, "main.go")); err != nil {
		t.Fatal(err)
	}
}

// locales are those that grep has here.
func locales() []string {
	cmd := exec.Command("sh", "-c", `printf '\303\251' | grep -x .`)
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8")
	if cmd.Run() == nil {
		return []string{"C", "C.UTF-8"}
	}
	return []string{"C"}
}
