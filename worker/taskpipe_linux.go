package worker

import (
	"fmt"
	"io"
	"os"

	"golang.org/x/sys/unix"

	"github.com/linefork/linefork/worker/wire"
)

// newTaskPipe returns both ends of what a child is sent its tasks through: a pair of sockets, since
// these carry open files, too. A path in /proc would need /proc, and permission to look into the
// coordinator, which one that may not be read (mode 0711) does not give.
func newTaskPipe() (ours *taskWriter, childs *os.File, err error) {
	fds, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return nil, nil, os.NewSyscallError("socketpair", err)
	}
	if err := unix.SetNonblock(fds[0], true); err != nil { // a write shall not block a thread
		unix.Close(fds[0])
		unix.Close(fds[1])
		return nil, nil, os.NewSyscallError("fcntl", err)
	}
	return &taskWriter{os.NewFile(uintptr(fds[0]), "tasks")},
		os.NewFile(uintptr(fds[1]), "tasks"), nil
}

// taskWriter is the coordinator's end.
type taskWriter struct{ *os.File }

// send writes b, and hands over f with it. If f is closed, it writes nothing, and the error is
// fs.ErrClosed.
func (w *taskWriter) send(b []byte, f *os.File) error {
	file, err := f.SyscallConn()
	if err != nil {
		return err
	}
	socket, err := w.SyscallConn()
	if err != nil {
		return err
	}
	n, sent := 0, error(nil)
	handing := file.Control(func(fd uintptr) { // which f cannot be closed during
		rights := unix.UnixRights(int(fd))
		err = socket.Write(func(to uintptr) bool {
			for {
				n, sent = unix.SendmsgN(int(to), b, rights, nil, unix.MSG_NOSIGNAL)
				if sent != unix.EINTR {
					return sent != unix.EAGAIN
				}
			}
		})
	})
	switch {
	case handing != nil:
		return os.ErrClosed
	case err != nil:
		return err
	case sent != nil:
		return os.NewSyscallError("sendmsg", sent)
	}
	_, err = w.Write(b[n:])
	return err
}

// greeted reports whether what a child reads first is the token of its coordinator. It does not wait
// for that: the token was there before the child.
func greeted(f *os.File, token string) bool {
	got := make([]byte, len(token))
	n, _, err := unix.Recvfrom(int(f.Fd()), got, unix.MSG_DONTWAIT)
	return err == nil && string(got[:n]) == token
}

// taskReader is the child's end.
type taskReader struct {
	fd     int
	handed []*os.File // not taken yet
	rights []byte
}

func newTaskReader(f *os.File) *taskReader {
	// A message may carry 253 files; the coordinator sends one at most.
	return &taskReader{fd: int(f.Fd()), rights: make([]byte, unix.CmsgSpace(4*4))}
}

// Read implements io.Reader.
func (r *taskReader) Read(b []byte) (int, error) {
	for {
		n, rights, _, _, err := unix.Recvmsg(r.fd, b, r.rights, unix.MSG_CMSG_CLOEXEC)
		switch {
		case err == unix.EINTR:
			continue
		case err == unix.ECONNRESET: // ended without having read all that was sent
			return 0, io.EOF
		case err != nil:
			return 0, os.NewSyscallError("recvmsg", err)
		case n == 0 && len(b) > 0:
			return 0, io.EOF
		}
		return n, r.keep(r.rights[:rights])
	}
}

// keep keeps the files that came with a message.
func (r *taskReader) keep(rights []byte) error {
	messages, err := unix.ParseSocketControlMessage(rights)
	if err != nil {
		return err
	}
	for i := range messages {
		fds, err := unix.ParseUnixRights(&messages[i])
		if err != nil {
			return err
		}
		for _, fd := range fds {
			r.handed = append(r.handed, os.NewFile(uintptr(fd), "input"))
		}
	}
	return nil
}

func (r *taskReader) take() (*os.File, error) {
	if len(r.handed) == 0 {
		return nil, fmt.Errorf("%w: a task without its file", wire.ErrProtocol)
	}
	f := r.handed[0]
	r.handed = r.handed[1:]
	return f, nil
}
