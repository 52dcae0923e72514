package signals

import (
	"bytes"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
	"testing"
)

const childVariable = "LINEFORK_TEST_CHILD"

func TestMain(m *testing.M) {
	if what := os.Getenv(childVariable); what != "" {
		child(what)
	}
	os.Exit(m.Run())
}

// child sends itself SIGQUIT.
func child(what string) {
	restore := Default(syscall.SIGQUIT)
	caught := make(chan os.Signal, 1)
	if what == "restored" {
		signal.Notify(caught, syscall.SIGQUIT)
		restore()
	}
	if err := syscall.Kill(os.Getpid(), syscall.SIGQUIT); err != nil {
		panic(err)
	}
	<-caught
	os.Exit(7)
}

// TestDefault expects no stacks, and a signal that can be caught again.
func TestDefault(t *testing.T) {
	for _, what := range []string{"default", "restored"} {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), childVariable+"="+what)
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		cmd.Dir = t.TempDir() // for a core
		_ = cmd.Run()         // its status follows
		status := cmd.ProcessState.Sys().(syscall.WaitStatus)
		good := status.Signaled() && status.Signal() == syscall.SIGQUIT
		if what == "restored" {
			good = status.ExitStatus() == 7
		}
		if !good || stderr.Len() > 0 {
			t.Errorf("%s: %v, %s", what, cmd.ProcessState, stderr.Bytes())
		}
	}
}
