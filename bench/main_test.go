package bench_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/linefork/linefork/internal/command"
	"github.com/linefork/linefork/worker"
)

// The test binary plays linefork and, linked under their names, the peers. The variable says how
// they behave; commands inherit it.
const behaviorVariable = "LINEFORK_BENCH_TEST"

func TestMain(m *testing.M) {
	worker.Serve()
	if behavior, ok := os.LookupEnv(behaviorVariable); ok {
		os.Exit(play(behavior))
	}
	os.Exit(m.Run())
}

// play runs linefork itself, or something like a peer. Behavior is empty or one of
//
//	differ NAME   print another line first
//	fail NAME     fail
//	hang FILE     make FILE and then do nothing
//
// where NAME is that of the program, or is among the arguments.
func play(behavior string) int {
	verb, object, _ := strings.Cut(behavior, " ")
	base := strings.TrimSuffix(filepath.Base(os.Args[0]), ".exe")
	about := slices.Contains(os.Args, "--version")
	hit := !about && (base == object || slices.Contains(os.Args, object))
	switch {
	case verb == "hang" && !about:
		if os.WriteFile(object, nil, 0o600) != nil {
			return 4
		}
		time.Sleep(time.Hour)
	case verb == "fail" && hit:
		fmt.Fprintln(os.Stderr, "no such\nworker")
		return 3
	case verb == "differ" && hit:
		fmt.Println("7 of them")
	}
	if base != "linefork" {
		return playPeer(base)
	}
	err := command.Run(context.Background(), &command.System{
		Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, LookupEnv: os.LookupEnv,
		Hold: func() {}, Committing: func() func() { return func() {} },
	}, os.Args)
	var status command.Status
	switch s, ok := err.(command.Status); {
	case err == nil:
		return 0
	case ok:
		status = s
	default:
		command.Explain(os.Stderr, os.Args, err)
		status = 2
	}
	return int(status)
}

// playPeer counts the lines of the last argument, whatever it is asked.
func playPeer(string) int {
	if len(os.Args) < 2 || strings.HasPrefix(os.Args[1], "--v") {
		fmt.Println("peer 1.2.3")
		return 0
	}
	text, err := os.ReadFile(os.Args[len(os.Args)-1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 5
	}
	fmt.Println("  ", strings.Count(string(text), "\n"), "file")
	return 0
}

// programs makes a folder with the test binary under these names, and with links to tools that are
// on PATH. It is the new PATH. The first name must be that of linefork; its path is returned.
func programs(t *testing.T, behavior string, played []string, real ...string) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	bin := t.TempDir()
	for _, name := range append([]string{"linefork"}, played...) {
		if runtime.GOOS == "windows" {
			name += ".exe"
		}
		if err := os.Link(self, filepath.Join(bin, name)); err != nil {
			if err := os.Symlink(self, filepath.Join(bin, name)); err != nil {
				t.Skip("cannot link the test binary:", err)
			}
		}
	}
	for _, name := range real {
		link(t, bin, name)
	}
	t.Setenv(behaviorVariable, behavior)
	t.Setenv("GORACE", "atexit_sleep_ms=0") // or each would end a second later
	t.Setenv("PATH", bin)
	t.Setenv("LC_ALL", "C.UTF-8")
	for _, name := range []string{"TMPDIR", "TMP", "TEMP", "XDG_CACHE_HOME", "LocalAppData", "HOME"} {
		t.Setenv(name, t.TempDir())
	}
	if runtime.GOOS == "windows" {
		return filepath.Join(bin, "linefork.exe")
	}
	return filepath.Join(bin, "linefork")
}

func link(t *testing.T, bin, name string) {
	t.Helper()
	for _, dir := range filepath.SplitList(os.Getenv("PATH")) {
		if path := filepath.Join(dir, name); isFile(path) {
			if err := os.Symlink(path, filepath.Join(bin, name)); err != nil {
				t.Skip("cannot link", err)
			}
			return
		}
	}
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}
