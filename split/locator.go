package split

import (
	"io/fs"
	"os"
)

// Identity is what tells a file from others, and from what it was before.
type Identity struct {
	// Device and Inode are those of the file system; 0 on platforms without them.
	Device, Inode uint64
	Size          int64 // bytes
	ModTime       int64 // nanoseconds since 1970
}

// Same reports whether i and o are of the same file, whatever it holds by now. On
// platforms without inodes all files are the same.
func (i Identity) Same(o Identity) bool { return i.Device == o.Device && i.Inode == o.Inode }

// Identify returns the identity of the file that info describes.
func Identify(info fs.FileInfo) Identity {
	i := Identity{Size: info.Size(), ModTime: info.ModTime().UnixNano()}
	i.Device, i.Inode = inode(info)
	return i
}

// LocatorKind is how a worker finds an input.
type LocatorKind uint8

const (
	// Path is a name in the file system, which may lead to another file by now.
	Path LocatorKind = iota
	// Descriptor is a link below /proc to what the coordinator holds open,
	// whatever became of its name. It is good on this machine only, and as long as
	// the coordinator keeps it open.
	Descriptor
)

// Locator says where a worker finds the bytes of an input, and how to know it
// again.
type Locator struct {
	Kind LocatorKind
	Path string
	Identity
}

// Open opens the input. The error is a *fs.PathError, or [ErrReplaced] if it is
// another file than the one that was found before.
func (l Locator) Open() (*os.File, error) {
	f, err := os.Open(l.Path)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil && !Identify(info).Same(l.Identity) {
		err = ErrReplaced
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}
