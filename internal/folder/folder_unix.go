//go:build unix

package folder

import (
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"sync"
	"syscall"

	"golang.org/x/sys/unix"

	"github.com/linefork/linefork/internal/descriptors"
)

// mostOpen is how many folders stay open, besides one that is just being opened. Going back up, one
// that was closed is opened again as the parent of the one below it.
var mostOpen = sync.OnceValue(func() int {
	if descriptors.Few(descriptors.Limit()) {
		return 1
	}
	return 6
})

// Opener opens files. The zero Opener is ready for use, by any number of goroutines. It is fast if
// successive places are in the same folder, or in one near it.
type Opener struct {
	Follow bool // follow links also below folders that were named

	mu     sync.Mutex
	path   string  // of the last of chain
	named  int     // bytes of it
	chain  []level // from the folder that was named down to the current one
	closed int     // how many of chain are closed: those at its start
}

// level is a folder on the way to the current one.
type level struct {
	length int // of its path
	fd     int
	list   *os.File // with that descriptor, if the folder was listed
	id     identity // once it is closed
}

func (l *level) close() {
	if l.list != nil {
		l.list.Close()
	} else {
		unix.Close(l.fd)
	}
	l.list, l.fd = nil, -1
}

type identity struct{ device, inode uint64 }

func (i identity) same(o identity) bool { return i == o }

func identify(st *unix.Stat_t) identity { return identity{uint64(st.Dev), uint64(st.Ino)} }

// Describe returns what info says.
func Describe(info fs.FileInfo) Info {
	i := Info{Type: info.Mode().Type()}
	if st, ok := info.Sys().(*syscall.Stat_t); ok {
		i.id = identity{uint64(st.Dev), uint64(st.Ino)}
	}
	return i
}

// Close closes the folders that are open. The Opener may be used again.
func (o *Opener) Close() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.cut(0)
}

// Open opens a file for reading. The error is a *fs.PathError: for a link, ELOOP or what
// else [IsLink] knows.
func (o *Opener) Open(p Place) (*os.File, error) {
	fd, err := o.OpenFD(p)
	if err != nil {
		return nil, err
	}
	// A read may wait, and can be stopped.
	if err := unix.SetNonblock(fd, false); err != nil {
		unix.Close(fd)
		return nil, os.NewSyscallError("fcntl", err)
	}
	return os.NewFile(uintptr(fd), p.Path), nil
}

// OpenFD is Open for callers that need no more than a descriptor, in non-blocking mode: an os.File
// costs half as much again as the system calls for a small file.
func (o *Opener) OpenFD(p Place) (fd int, err error) {
	const flags = unix.O_RDONLY | unix.O_CLOEXEC | unix.O_NOCTTY | unix.O_NONBLOCK
	err = o.at(p, func(dir int, base string, below int) (err error) {
		fd, err = openat(dir, base, flags|below)
		return err
	})
	if err != nil {
		return -1, &fs.PathError{Op: "open", Path: p.Path, Err: err}
	}
	return fd, nil
}

// IsLink reports whether Open failed because there is a link, which it does not follow.
func IsLink(err error) bool {
	e, ok := err.(*fs.PathError)
	return ok && (e.Err == unix.ELOOP || e.Err == unix.EMLINK) // EMLINK on FreeBSD
}

// Stat describes a file, or the target of a link if links are followed there.
func (o *Opener) Stat(p Place) (Info, error) {
	var st unix.Stat_t
	err := o.at(p, func(dir int, base string, below int) error {
		flags := 0
		if below != 0 {
			flags = unix.AT_SYMLINK_NOFOLLOW
		}
		_, err := again(func() (int, error) { return 0, unix.Fstatat(dir, base, &st, flags) })
		return err
	})
	if err != nil {
		return Info{}, &fs.PathError{Op: "stat", Path: p.Path, Err: err}
	}
	return Info{fileType(uint32(st.Mode)), identify(&st)}, nil
}

// List returns the entries of a folder, sorted by name.
func (o *Opener) List(p Place) ([]fs.DirEntry, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if err := o.enter(p.Path, p.Named); err != nil {
		return nil, &fs.PathError{Op: "open", Path: p.Path, Err: err}
	}
	last := &o.chain[len(o.chain)-1]
	if last.list == nil {
		last.list = os.NewFile(uintptr(last.fd), p.Path)
	} else {
		_, _ = last.list.Seek(0, io.SeekStart)
	}
	entries, err := last.list.ReadDir(-1)
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, err
}

// at calls use with the folder that holds the file and its name there. What was named is relative
// to the working directory. Otherwise below is the flag not to follow links, unless they
// are to be followed.
func (o *Opener) at(p Place, use func(dir int, base string, below int) error) error {
	if p.Named >= len(p.Path) {
		return use(unix.AT_FDCWD, p.Path, 0)
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	slash := strings.LastIndexByte(p.Path, '/')
	if err := o.enter(p.Path[:max(slash, p.Named)], p.Named); err != nil {
		return err
	}
	return use(o.chain[len(o.chain)-1].fd, p.Path[slash+1:], o.noFollow())
}

func (o *Opener) noFollow() int {
	if o.Follow {
		return 0
	}
	return unix.O_NOFOLLOW
}

// enter makes the folder with this path the current one.
func (o *Opener) enter(path string, named int) error {
	o.up(path, named)
	o.path, o.named = path, named
	if len(o.chain) == 0 {
		if err := o.down(unix.AT_FDCWD, path[:named], named, 0); err != nil {
			return err
		}
	}
	for {
		last := &o.chain[len(o.chain)-1]
		rest := path[last.length:]
		if rest == "" {
			return nil
		}
		name, _, _ := strings.Cut(strings.TrimPrefix(rest, "/"), "/")
		length := last.length + len(name) + len(rest) - len(strings.TrimPrefix(rest, "/"))
		if err := o.down(last.fd, name, length, o.noFollow()); err != nil {
			return err
		}
	}
}

// up cuts the chain to the folders on the way to path, the last of which is open then.
func (o *Opener) up(path string, named int) {
	keep := len(o.chain)
	if named != o.named {
		keep = 0
	}
	for keep > 0 && !o.leads(o.chain[keep-1].length, path) {
		keep--
	}
	for keep > 0 && keep <= o.closed {
		o.cut(o.closed + 1)
		if !o.parent() { // it was moved, or the one below was reached by a link
			keep = 0
		}
	}
	o.cut(keep)
}

// leads reports whether the folder whose path is so many bytes of that of the current one is on the
// way to path.
func (o *Opener) leads(length int, path string) bool {
	return strings.HasPrefix(path, o.path[:length]) &&
		(length == len(path) || length == o.named || path[length] == '/')
}

// parent opens the folder above the only one that is open, if it still is the one that was closed.
func (o *Opener) parent() bool {
	above, below := &o.chain[o.closed-1], &o.chain[o.closed]
	fd, err := openat(below.fd, "..", folderFlags)
	if err != nil {
		return false
	}
	var st unix.Stat_t
	if err := unix.Fstat(fd, &st); err != nil || identify(&st) != above.id {
		unix.Close(fd)
		return false
	}
	above.fd = fd
	o.closed--
	return true
}

const folderFlags = unix.O_RDONLY | unix.O_DIRECTORY | unix.O_CLOEXEC

// down opens a folder and adds it to the chain.
func (o *Opener) down(dir int, name string, length, noFollow int) error {
	fd, err := openat(dir, name, folderFlags|noFollow)
	if err != nil {
		return err
	}
	o.chain = append(o.chain, level{length: length, fd: fd})
	if len(o.chain)-o.closed > mostOpen() {
		o.closeFirst()
	}
	return nil
}

// closeFirst closes the first folder that is open.
func (o *Opener) closeFirst() {
	first := &o.chain[o.closed]
	var st unix.Stat_t
	if err := unix.Fstat(first.fd, &st); err == nil {
		first.id = identify(&st)
	}
	first.close()
	o.closed++
}

// cut leaves n levels.
func (o *Opener) cut(n int) {
	for i := max(n, o.closed); i < len(o.chain); i++ {
		o.chain[i].close()
	}
	clear(o.chain[n:])
	o.chain = o.chain[:n]
	o.closed = min(o.closed, n)
}

func openat(dir int, name string, flags int) (fd int, err error) {
	return again(func() (int, error) { return unix.Openat(dir, name, flags, 0) })
}

// again repeats a system call while signals interrupt it.
func again(call func() (int, error)) (n int, err error) {
	for {
		if n, err = call(); err != unix.EINTR {
			return n, err
		}
	}
}

func fileType(mode uint32) fs.FileMode {
	switch mode & unix.S_IFMT {
	case unix.S_IFREG:
		return 0
	case unix.S_IFDIR:
		return fs.ModeDir
	case unix.S_IFLNK:
		return fs.ModeSymlink
	case unix.S_IFIFO:
		return fs.ModeNamedPipe
	case unix.S_IFSOCK:
		return fs.ModeSocket
	case unix.S_IFCHR:
		return fs.ModeDevice | fs.ModeCharDevice
	case unix.S_IFBLK:
		return fs.ModeDevice
	}
	return fs.ModeIrregular
}
