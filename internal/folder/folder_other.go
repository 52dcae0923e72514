//go:build !unix

package folder

import (
	"io/fs"
	"os"
)

// Opener opens files by their paths. The zero Opener is ready for use, by any number of goroutines.
type Opener struct {
	Follow bool // follow links also below folders that were named; Open always does
}

type identity struct{ info fs.FileInfo }

func (i identity) same(o identity) bool { return os.SameFile(i.info, o.info) }

// Describe returns what info says.
func Describe(info fs.FileInfo) Info { return Info{info.Mode().Type(), identity{info}} }

// Close does nothing.
func (o *Opener) Close() {}

// Open opens a file for reading. The error is a *fs.PathError.
func (o *Opener) Open(p Place) (*os.File, error) { return os.Open(p.Path) }

// IsLink returns false: links are followed.
func IsLink(error) bool { return false }

// Stat describes a file, or the target of a link if links are followed there.
func (o *Opener) Stat(p Place) (Info, error) {
	stat := os.Lstat
	if o.Follow || p.Named >= len(p.Path) {
		stat = os.Stat
	}
	info, err := stat(p.Path)
	if err != nil {
		return Info{}, err
	}
	return Describe(info), nil
}

// List returns the entries of a folder, sorted by name.
func (o *Opener) List(p Place) ([]fs.DirEntry, error) { return os.ReadDir(p.Path) }
