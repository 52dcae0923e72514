package split

import (
	"io/fs"
	"os"
	"sync/atomic"
)

// Identity tells a file from other files, and from an earlier state of itself.
type Identity struct {
	// Device and Inode are the numbers of the file system; 0 on platforms without them.
	Device, Inode uint64
	Size          int64 // bytes
	ModTime       int64 // nanoseconds since 1970
	ChangeTime    int64 // of the inode, nanoseconds since 1970; 0 on platforms without it
}

// Same reports whether i and o belong to the same file, even if its content has changed. On
// platforms without inodes all files count as the same.
func (i Identity) Same(o Identity) bool { return i.Device == o.Device && i.Inode == o.Inode }

// Identify returns the identity of the file that info describes.
func Identify(info fs.FileInfo) Identity {
	i := Identity{
		Size: info.Size(), ModTime: info.ModTime().UnixNano(), ChangeTime: changeTime(info),
	}
	i.Device, i.Inode = inode(info)
	return i
}

// LocatorKind is the way in which a worker opens an input.
type LocatorKind uint8

const (
	// Path is a name in the file system. It may name another file by the time it is opened.
	Path LocatorKind = iota
	// Descriptor is a file that the coordinator holds open, whatever has become of its name. It works
	// on this machine only: a child is handed the descriptor.
	Descriptor
)

// Locator says where a worker finds the bytes of an input, and how to recognize it.
type Locator struct {
	Kind LocatorKind
	Path string // of Kind Path
	// Number tells a Descriptor from all others of the coordinator.
	Number uint64
	Identity

	// File is what a Descriptor stands for. A child sets it to what it was handed.
	File *os.File `wire:"-"`
}

// described is how many locators of Kind Descriptor there were.
var described atomic.Uint64

// describe returns a locator of a file, which must stay open as long as the locator is used.
func describe(f *os.File, info fs.FileInfo) Locator {
	return Locator{
		Kind: Descriptor, Number: described.Add(1), File: f, Identity: Identify(info),
	}
}

// Open opens the input. The error is a *fs.PathError, or [ErrReplaced] if what was opened is
// another file.
func (l Locator) Open() (*os.File, error) {
	open := func() (*os.File, error) { return os.Open(l.Path) }
	if l.Kind == Descriptor {
		open = func() (*os.File, error) { return reopen(l.File) }
	}
	f, err := open()
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

// Changed returns [ErrChanged] if f, which Open returned, is no longer in the state that Identity
// describes. A spool, which is described as it was when it was empty, never is reported.
func (l Locator) Changed(f *os.File) error {
	if l.Size == 0 {
		return nil
	}
	info, err := f.Stat()
	if err == nil && Identify(info) != l.Identity {
		err = ErrChanged
	}
	return err
}
