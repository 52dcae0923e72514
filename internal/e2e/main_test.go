package e2e

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/linefork/linefork/bench/taxi"
	"github.com/linefork/linefork/internal/e2e/setup"
	"github.com/linefork/linefork/internal/peer"
)

func TestMain(m *testing.M) {
	// What nohup, or a shell without job control, has let the tests ignore would be ignored by
	// what they start, too; what is caught would not.
	for _, s := range []os.Signal{syscall.SIGHUP, syscall.SIGINT} {
		if signal.Ignored(s) {
			signal.Notify(make(chan os.Signal, 1), s)
		}
	}
	os.Exit(setup.Run(m))
}

func TestScript(t *testing.T) {
	setup.Watch(t)
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join(setup.Root, "testdata", "script"),
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Condition:           condition,
		Setup: func(env *testscript.Env) error {
			env.Setenv("GORACE", setup.QuickExit)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"status": scriptStatus,
			"ways":   scriptWays,
			"wcdiff": scriptWCDiff,
			"write":  scriptWrite,
			"gen":    scriptGen,
			"out":    scriptOut,
			"err":    scriptErr,
			"ls":     scriptLs,
		},
	})
}

// condition adds these conditions for scripts:
//
//	[gnuwc]    wc is GNU wc 9.1 or later
//	[wctotal]  wc has --total, as from 9.2 on
//	[full]     /dev/full exists
//	[proc]     /proc exists
func condition(name string) (bool, error) {
	wc, err := peer.WC.Find()
	switch name {
	case "gnuwc":
		return err == nil, nil
	case "wctotal":
		return err == nil && exec.Command(wc, "--total=always", os.DevNull).Run() == nil, nil
	case "full":
		return exists("/dev/full"), nil
	case "proc":
		return exists("/proc/self/status"), nil
	}
	return false, fmt.Errorf("unknown condition %q", name)
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// runProgram runs a program for a script and returns its exit status. The argument "<FILE" makes
// the file its standard input, "|FILE" a pipe with the content of the file.
func runProgram(ts *testscript.TestScript, args []string) int {
	for i, arg := range args {
		if len(arg) < 2 || arg[0] != '<' && arg[0] != '|' {
			continue
		}
		args = slices.Delete(slices.Clone(args), i, i+1)
		shell := `exec "$@" <"$IN"`
		if arg[0] == '|' {
			shell = `cat "$IN" | "$@"`
		}
		args = append([]string{"sh", "-c", shell, "sh"}, args...)
		ts.Setenv("IN", ts.MkAbs(arg[1:]))
		break
	}
	err := ts.Exec(args[0], args[1:]...)
	var exit *exec.ExitError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &exit):
		return exit.ExitCode()
	}
	ts.Fatalf("%v", err)
	return -1
}

// scriptStatus is
//
//	status N PROGRAM [ARG]... [<FILE | |FILE]
//
// It runs a program, which must end with that exit status.
func scriptStatus(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status N PROGRAM [ARG]... [<FILE | |FILE]")
	}
	if got := runProgram(ts, args[1:]); strconv.Itoa(got) != args[0] {
		ts.Fatalf("exit status %d, want %s", got, args[0])
	}
}

// ways are options that say how the work is done, which must not affect the result.
var ways = [][]string{
	nil,
	{"--mode=serial", "--range-size=1"},
	{"--mode=threads", "-j3", "--range-size=3"},
	{"--mode=processes", "-j2", "--range-size=7"},
	{"--mode=processes", "-j3", "--range-size=1"},
}

// scriptWays is
//
//	ways N COMMAND [ARG]... [<FILE | |FILE]
//
// It runs that command of linefork once in each way. Each time it must end with that exit status
// and with the same output and messages.
func scriptWays(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: ways N COMMAND [ARG]... [<FILE | |FILE]")
	}
	var first string
	for i, way := range ways {
		scriptStatus(ts, false,
			slices.Concat([]string{args[0], "linefork", args[1]}, way, args[2:]))
		// Messages of the log contain a time.
		messages := regexp.MustCompile(`(?m)^time=\S+ `).ReplaceAllString(ts.ReadFile("stderr"), "")
		this := "stdout:\n" + ts.ReadFile("stdout") + "stderr:\n" + messages
		if i == 0 {
			first = this
		} else if this != first {
			ts.Fatalf("with %q the result differs from that without:\n%s--- but ---\n%s", way, this, first)
		}
	}
}

// scriptWCDiff is
//
//	wcdiff [ARG]... [<FILE | |FILE]
//
// It runs wc and, in each way, linefork count. Outputs, messages and exit statuses must be the
// same, apart from the programs' names.
func scriptWCDiff(ts *testscript.TestScript, neg bool, args []string) {
	if neg {
		ts.Fatalf("unsupported: ! wcdiff")
	}
	status := runProgram(ts, append([]string{"sh", "-c", `exec wc "$@"`, "sh"}, args...))
	wantOut := ts.ReadFile("stdout")
	wantErr := strings.ReplaceAll(ts.ReadFile("stderr"), "wc: ", "linefork: ")
	wantErr = strings.ReplaceAll(wantErr, "'wc --help'", "'linefork count --help'")
	for _, way := range ways {
		scriptStatus(ts, false,
			slices.Concat([]string{strconv.Itoa(status), "linefork", "count"}, way, args))
		if got := ts.ReadFile("stdout"); got != wantOut {
			ts.Fatalf("with %q stdout is\n%sbut that of wc\n%s", way, got, wantOut)
		}
		if got := ts.ReadFile("stderr"); got != wantErr {
			ts.Fatalf("with %q stderr is\n%sbut that of wc\n%s", way, got, wantErr)
		}
	}
}

// unescape interprets the escapes of a Go string.
func unescape(ts *testscript.TestScript, s string) string {
	text, err := strconv.Unquote(`"` + strings.ReplaceAll(s, `"`, `\"`) + `"`)
	if err != nil {
		ts.Fatalf("%q is not the inside of a Go string", s)
	}
	return text
}

// scriptWrite is
//
//	write FILE 'TEXT'
//
// It writes a file of text, given with the escapes of a Go string: a txtar archive cannot hold all
// bytes.
func scriptWrite(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: write FILE TEXT")
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(unescape(ts, args[1])), 0o666))
}

// scriptGen is
//
//	gen FILE ROWS [header]
//
// It writes a file of taxi rows.
func scriptGen(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: gen FILE ROWS [header]")
	}
	rows, err := strconv.ParseInt(args[1], 10, 64)
	ts.Check(err)
	var b bytes.Buffer
	_, err = taxi.Write(&b, taxi.Options{Rows: rows, Seed: 1, Header: len(args) > 2})
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b.Bytes(), 0o666))
}

// scriptOut is
//
//	out 'TEXT'
//
// The whole output of the last program must be this text, given with the escapes of a Go string,
// including any final \n.
func scriptOut(ts *testscript.TestScript, neg bool, args []string) {
	is(ts, neg, "stdout", args)
}

// scriptErr is like scriptOut, for standard error.
func scriptErr(ts *testscript.TestScript, neg bool, args []string) {
	is(ts, neg, "stderr", args)
}

func is(ts *testscript.TestScript, neg bool, stream string, args []string) {
	if len(args) != 1 {
		ts.Fatalf("usage: out TEXT or err TEXT")
	}
	want := unescape(ts, args[0])
	if got := ts.ReadFile(stream); (got == want) == neg {
		ts.Fatalf("%s is\n%q, not\n%q", stream, got, want)
	}
}

// scriptLs is
//
//	ls DIR [NAME]...
//
// The folder must contain exactly these names, including hidden ones.
func scriptLs(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: ls DIR [NAME]...")
	}
	var names []string
	entries, err := os.ReadDir(ts.MkAbs(args[0]))
	ts.Check(err)
	for _, e := range entries {
		names = append(names, e.Name())
	}
	want := slices.Sorted(slices.Values(args[1:]))
	if !slices.Equal(names, want) {
		ts.Fatalf("%s holds %q, want %q", args[0], names, want)
	}
}
