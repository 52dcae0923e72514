package gnu

import (
	"bufio"
	"bytes"
	"os"
	"os/exec"
	"syscall"
	"testing"

	"github.com/linefork/linefork/internal/peer"
)

func TestReasonErrno(t *testing.T) {
	tests := map[syscall.Errno]string{
		0:                    "Success",
		syscall.EISDIR:       "Is a directory",
		syscall.EACCES:       "Permission denied",
		syscall.EIO:          "Input/output error",
		syscall.ENAMETOOLONG: "File name too long",
		syscall.ELOOP:        "Too many levels of symbolic links",
		syscall.EBADF:        "Bad file descriptor",
		9999:                 "Unknown error 9999",
	}
	for errno, want := range tests {
		if got := Reason(&os.PathError{Op: "read", Path: "a", Err: errno}); got != want {
			t.Errorf("Reason(%d) = %q, want %q", errno, got, want)
		}
		if got := Reason(os.NewSyscallError("read", errno)); errno != 0 && got != want {
			t.Errorf("Reason(%d) = %q, want %q", errno, got, want)
		}
	}
}

// TestStrerror compares all texts with those of the C library.
func TestStrerror(t *testing.T) {
	cmd := exec.Command(peer.Python.Need(t), "-c",
		"import os\nfor n in range(200): print(os.strerror(n))")
	cmd.Env = append(os.Environ(), "LC_ALL=C")
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(out, []byte("Unknown error 199\n")) {
		t.Skip("the C library is not glibc")
	}
	lines := bufio.NewScanner(bytes.NewReader(out))
	for errno := syscall.Errno(0); lines.Scan(); errno++ {
		if lines.Text() == "Memory page has hardware error" {
			continue // Go has no text for EHWPOISON
		}
		if got := Reason(errno); got != lines.Text() {
			t.Errorf("Reason(%d) = %q, want %q", int(errno), got, lines.Text())
		}
	}
}
