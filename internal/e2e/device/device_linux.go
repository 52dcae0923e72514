// Package device gives tests files of which some bytes cannot be read, as on a failing disk: reads of
// them fail, and so does the touch of a mapped page. It is a file system in user space, which the
// kernel asks over /dev/fuse.
//
// Another process answers: between fork and exec, a child of the test that looks for a file of the
// folder keeps Go's runtime from stopping its parent's threads, and so nobody there could.
package device

import (
	"encoding/binary"
	"encoding/gob"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// File is a file of a Folder.
type File struct {
	Data []byte
	// Bad is the offset of the first byte that cannot be read, the start of a page; 0 is the first
	// one, and with -1 all can be read.
	Bad int64
}

// Folder mounts a folder that holds these files until the end of the test. It skips the test where
// that is not to be had.
func Folder(t *testing.T, files map[string]File) string {
	t.Helper()
	fd, err := unix.Open("/dev/fuse", unix.O_RDWR|unix.O_CLOEXEC, 0)
	if err != nil {
		t.Skipf("no file system in user space: /dev/fuse: %v", err)
	}
	dir := t.TempDir()
	options := fmt.Sprintf("fd=%d,rootmode=40000,user_id=%d,group_id=%d,allow_other", fd,
		os.Getuid(), os.Getgid())
	if err := unix.Mount("fuse", dir, "fuse", unix.MS_NODEV|unix.MS_NOSUID, options); err != nil {
		unix.Close(fd)
		t.Skipf("no file system in user space: mount: %v", err)
	}
	err = start(t, fd, files)
	t.Cleanup(func() { _ = unix.Unmount(dir, unix.MNT_DETACH) })
	if err != nil {
		t.Fatal(err)
	}
	for name := range files { // it is there
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			t.Skipf("no file system in user space: %v", err)
		}
	}
	return dir
}

// variable is set in the environment of a process that answers.
const variable = "LINEFORK_TEST_DEVICE"

// start starts a process that answers, and closes fd.
func start(t *testing.T, fd int, files map[string]File) error {
	device := os.NewFile(uintptr(fd), "/dev/fuse")
	defer device.Close()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), variable+"=1")
	cmd.ExtraFiles, cmd.Stderr = []*os.File{device}, os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	t.Cleanup(func() {
		in.Close()
		_ = cmd.Wait()
	})
	return gob.NewEncoder(in).Encode(files)
}

// Serve answers, and does not return, in a process that Folder has started. An init
// of the test must call it.
func Serve() {
	if os.Getenv(variable) == "" {
		return
	}
	s := &server{fd: 3}
	if err := gob.NewDecoder(os.Stdin).Decode(&s.files); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	s.names = slices.Sorted(maps.Keys(s.files))
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin) // until the test is over
		os.Exit(0)
	}()
	s.serve()
	os.Exit(0)
}

// The requests that are answered: see <linux/fuse.h>.
const (
	opLookup     = 1
	opForget     = 2
	opGetattr    = 3
	opOpen       = 14
	opRead       = 15
	opRelease    = 18
	opFlush      = 25
	opInit       = 26
	opOpendir    = 27
	opReaddir    = 28
	opReleasedir = 29
	opInterrupt  = 36
	opDestroy    = 38
	opForgetMany = 42
)

// server answers the kernel's requests. The files have the numbers 2, 3, … in the order of their
// names; 1 is the folder.
type server struct {
	fd    int
	files map[string]File
	names []string
}

const headerSize = 40 // of a request, in bytes

func (s *server) serve() {
	b := make([]byte, 1<<20)
	for {
		n, err := unix.Read(s.fd, b)
		switch {
		case err == unix.EINTR || err == unix.EAGAIN || err == unix.ENOENT:
			continue
		case err != nil || n < headerSize:
			return // unmounted
		}
		op, id := binary.NativeEndian.Uint32(b[4:]), binary.NativeEndian.Uint64(b[8:])
		node := binary.NativeEndian.Uint64(b[16:])
		if op == opForget || op == opForgetMany || op == opInterrupt {
			continue // no answer is wanted
		}
		body, errno := s.answer(op, node, b[headerSize:n])
		head := binary.NativeEndian.AppendUint32(nil, uint32(16+len(body)))
		head = binary.NativeEndian.AppendUint32(head, uint32(-int32(errno)))
		head = binary.NativeEndian.AppendUint64(head, id)
		_, _ = unix.Write(s.fd, append(head, body...))
	}
}

func (s *server) answer(op uint32, node uint64, in []byte) (out []byte, errno unix.Errno) {
	e := binary.NativeEndian
	switch op {
	case opInit:
		out = make([]byte, 64)
		e.PutUint32(out, 7)           // the version of the protocol, with what follows
		e.PutUint32(out[4:], 31)      //
		e.PutUint32(out[20:], 64<<10) // the longest write
		e.PutUint32(out[24:], 1)      // granularity of times
		return out, 0                 // and nothing is read ahead
	case opLookup:
		name := strings.TrimRight(string(in), "\x00")
		i := slices.Index(s.names, name)
		if i < 0 {
			return nil, unix.ENOENT
		}
		out = make([]byte, 40)
		e.PutUint64(out, uint64(i+2))
		e.PutUint64(out[16:], 3600) // how long the name and
		e.PutUint64(out[24:], 3600) // what follows are true, in seconds
		return append(out, s.attributes(uint64(i+2))...), 0
	case opGetattr:
		out = make([]byte, 16)
		e.PutUint64(out, 3600)
		return append(out, s.attributes(node)...), 0
	case opOpen, opOpendir:
		return make([]byte, 16), 0
	case opRead:
		return s.read(node, int64(e.Uint64(in[8:])), int64(e.Uint32(in[16:])))
	case opReaddir:
		return s.list(int(e.Uint64(in[8:]))), 0
	case opRelease, opReleasedir, opFlush, opDestroy:
		return nil, 0
	}
	return nil, unix.ENOSYS
}

func (s *server) file(node uint64) File { return s.files[s.names[node-2]] }

func (s *server) attributes(node uint64) []byte {
	size, mode := 0, uint32(unix.S_IFDIR|0o755)
	if node > 1 {
		size, mode = len(s.file(node).Data), unix.S_IFREG|0o444
	}
	e := binary.NativeEndian
	b := make([]byte, 88)
	e.PutUint64(b, node)
	e.PutUint64(b[8:], uint64(size))
	e.PutUint64(b[16:], uint64(size+511)/512)
	e.PutUint64(b[32:], 1) // times
	e.PutUint32(b[60:], mode)
	e.PutUint32(b[64:], 1) // links
	e.PutUint32(b[80:], 4096)
	return b
}

func (s *server) read(node uint64, at, n int64) ([]byte, unix.Errno) {
	f := s.file(node)
	end := min(at+n, int64(len(f.Data)))
	switch {
	case at >= end:
		return nil, 0
	case f.Bad >= 0 && end > f.Bad:
		return nil, unix.EIO
	}
	return f.Data[at:end], 0
}

// list returns the entries of the folder from number from on, all at once.
func (s *server) list(from int) (b []byte) {
	e := binary.NativeEndian
	for i := from; i < len(s.names); i++ {
		name := s.names[i]
		b = e.AppendUint64(b, uint64(i+2))
		b = e.AppendUint64(b, uint64(i+1))
		b = e.AppendUint32(b, uint32(len(name)))
		b = e.AppendUint32(b, unix.DT_REG)
		b = append(b, name...)
		b = append(b, make([]byte, -len(name)&7)...)
	}
	return b
}
