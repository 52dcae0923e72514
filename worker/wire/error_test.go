package wire

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime"
	"syscall"
	"testing"

	"pgregory.net/rapid"
)

var (
	errOne = errors.New("one")
	errTwo = errors.New("two")
)

// numbered is a type of errors with a field.
type numbered struct{ n int }

func (e *numbered) Error() string        { return fmt.Sprintf("number %d", e.n) }
func (e *numbered) Is(target error) bool { return target == errTwo }

// claims says that it is another error, and has no kind.
type claims struct{}

func (claims) Error() string        { return "claims to be one" }
func (claims) Is(target error) bool { return target == errOne }

var kinds = ErrorKinds{
	Sentinel("one", errOne),
	Sentinel("two", errTwo),
	ErrorType("numbered", func(c *Codec, e *numbered) { Int(c, &e.n) }),
}

// coded is a message that is an error.
func coded(err *error) Message { return messageFunc(func(c *Codec) { kinds.Code(c, err) }) }

// sent is err as it arrives.
func sent(t testing.TB, err error) (got error) {
	t.Helper()
	payload := AppendFrame(nil, 'F', coded(&err))[5:]
	if e := Decode(payload, coded(&got)); e != nil {
		t.Fatalf("%v: %v", err, e)
	}
	return got
}

func TestErrorKeepsItsKind(t *testing.T) {
	targets := []error{
		fs.ErrNotExist, fs.ErrPermission, fs.ErrExist, io.ErrUnexpectedEOF, errors.ErrUnsupported,
		syscall.ENOENT, syscall.EACCES, syscall.EISDIR, syscall.EIO, syscall.EAGAIN, errOne, errTwo,
	}
	_, missing := os.Open(t.TempDir() + "/missing")
	for _, err := range []error{
		nil, errOne, errTwo, &numbered{7}, claims{}, missing, errors.New("other"),
		syscall.EISDIR, syscall.ENOENT, syscall.EACCES, syscall.ENOSYS, syscall.Errno(9999),
		&fs.PathError{Op: "read", Path: "a\x00b", Err: syscall.EIO},
		&fs.PathError{Op: "open", Path: "", Err: errOne},
		os.NewSyscallError("read", syscall.EAGAIN),
		fmt.Errorf("at byte %d: %w", 5, &fs.PathError{Op: "read", Path: "x", Err: syscall.EISDIR}),
		fmt.Errorf("%w and %w", &numbered{-1}, io.ErrUnexpectedEOF),
		errors.Join(errOne, errors.New("other"), syscall.EACCES),
	} {
		got := sent(t, err)
		if (got == nil) != (err == nil) || err != nil && got.Error() != err.Error() {
			t.Errorf("%v became %v", err, got)
		}
		for _, target := range targets {
			if runtime.GOOS == "windows" && errors.As(target, new(syscall.Errno)) {
				continue // these have no names there
			}
			if errors.Is(got, target) != errors.Is(err, target) {
				t.Errorf("%v: that it is %v has changed", err, target)
			}
		}
		var a, b *fs.PathError
		if errors.As(got, &a) != errors.As(err, &b) || a != nil && (a.Op != b.Op || a.Path != b.Path) {
			t.Errorf("%#v has %#v in it, want %#v", got, a, b)
		}
		var m, n *numbered
		if errors.As(got, &m) != errors.As(err, &n) || m != nil && *m != *n {
			t.Errorf("%#v has %v in it, want %v", got, m, n)
		}
		if again := sent(t, got); err != nil && again.Error() != err.Error() {
			t.Errorf("%v, sent on, became %v", err, again)
		}
	}
}

// All numbers with a name come back by it.
func TestErrnoNames(t *testing.T) {
	named := 0
	for n := syscall.Errno(1); n < 200; n++ {
		if errnoName(n) == "" {
			continue
		}
		named++
		if got := sent(t, n); got != n {
			t.Errorf("%v became %v", n, got)
		}
	}
	if named < 50 && runtime.GOOS != "windows" {
		t.Errorf("%d names", named)
	}
}

// Errors of another system, or of another version, are read or refused.
func TestErrorOfOthers(t *testing.T) {
	b := []byte{byte(formErrno)}
	b = append(b, "\x05EALSO\x04also"...)
	var got error
	read := coded(&got)
	if err := Decode(b, read); err != nil || got.Error() != "also" {
		t.Errorf("an unknown error number gave %v, %v", got, err)
	}
	for name, b := range map[string][]byte{
		"unknown form":       {byte(formKind) + 1},
		"unknown kind":       append([]byte{byte(formKind)}, "\x05three"...),
		"nothing":            {},
		"errors in errors":   bytes.Repeat([]byte{byte(formText), 0, 1}, 1000),
		"a path in a path":   bytes.Repeat([]byte{byte(formPath), 0, 0}, 1000),
		"more than there is": {byte(formText), 0, 100, 0},
	} {
		if err := Decode(b, read); !errors.Is(err, ErrProtocol) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// However deep errors are, the text arrives.
func TestErrorDeep(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		err := errOne
		for range rapid.IntRange(0, 40).Draw(t, "depth") {
			if rapid.Bool().Draw(t, "path") {
				err = &fs.PathError{Op: "o", Path: "p", Err: err}
			} else {
				err = fmt.Errorf("wrapped: %w", err)
			}
		}
		var got error
		payload := AppendFrame(nil, 'F', coded(&err))[5:]
		if e := Decode(payload, coded(&got)); e != nil || got.Error() != err.Error() {
			t.Fatalf("%v became %v, %v", err, got, e)
		}
	})
}

// Whatever a payload holds, reading ends with an error or without one.
func TestErrorAnything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var got error
		b := rapid.SliceOfN(rapid.Byte(), 0, 300).Draw(t, "payload")
		if err := Decode(b, coded(&got)); err == nil && got != nil {
			_ = got.Error()
		}
	})
}
