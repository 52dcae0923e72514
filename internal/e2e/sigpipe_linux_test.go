package e2e

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
)

// TestBrokenPipe compares what becomes of a run whose output nobody reads with wc and grep: they die
// of SIGPIPE or, where that is ignored as systemd does it, say so.
func TestBrokenPipe(t *testing.T) {
	if runtime.GOARCH != "amd64" && runtime.GOARCH != "arm64" {
		t.Skip("not known on ", runtime.GOARCH)
	}
	path := filepath.Join(t.TempDir(), "file")
	writeFile(t, path, bytes.Repeat([]byte("row\n"), 100_000))
	for _, x := range []struct{ tool, args string }{
		{`wc -l "$F"`, `count -l --mode=serial "$F"`},
		{`wc -l "$F"`, `count -l --mode=processes -j2 "$F"`},
		{`grep row "$F"`, `grep --mode=processes -j2 row "$F"`},
		{`grep row "$F"`, `grep row "$F"`},
		{`grep row <"$F"`, `grep row <"$F"`},
	} {
		for _, trap := range []string{"", "trap '' PIPE; "} {
			run := func(command string) (*os.ProcessState, string) {
				read, out, err := os.Pipe()
				if err != nil {
					t.Fatal(err)
				}
				read.Close()
				defer out.Close()
				cmd := exec.Command("sh", "-c", trap+"exec "+command)
				var messages bytes.Buffer
				cmd.Env, cmd.Stdout, cmd.Stderr = append(os.Environ(), "F="+path), out, &messages
				_ = cmd.Run()
				return cmd.ProcessState, messages.String()
			}
			want, says := run(x.tool)
			got, message := run("linefork " + x.args)
			tool, _, _ := strings.Cut(x.tool, " ")
			says = strings.Replace(says, tool+":", "linefork:", 1)
			if says == "linefork: write error\n" { // of wc, before it gave a reason
				says = "linefork: write error: Broken pipe\n"
			}
			says = strings.Replace(says, "'standard output': ", "", 1) // of newer versions
			if status(got) != status(want) || message != says {
				t.Errorf("%slinefork %s: %v, %q; want %v, %q", trap, x.args, got, message, want, says)
			}
		}
	}
}

func status(s *os.ProcessState) syscall.WaitStatus { return s.Sys().(syscall.WaitStatus) }
