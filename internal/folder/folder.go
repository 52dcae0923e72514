// Package folder opens what is below a folder, each folder relative to the one above it, as GNU
// grep does. So a tree may be deeper than a path may be long, and nothing that takes the place of a
// file or folder while the tree is read leads out of it: links are not followed, and opening a FIFO
// does not wait for a writer.
//
//	var opener folder.Opener
//	defer opener.Close()
//	f, err := opener.Open(folder.Below("logs", "logs/2024/01.csv"))
//
// The folders that were opened last stay open, but few of them. Where folders cannot be opened
// relative to others, as on Windows, all are opened by their paths.
package folder

import (
	"io/fs"
	"os"
)

// Place says where a file is.
type Place struct {
	Path string
	// Named is how many bytes of Path were named by the user. Links are followed there, but not
	// below, where components are separated by single slashes.
	Named int
}

// Named is the place of a file that the user named.
func Named(path string) Place { return Place{path, len(path)} }

// Below is the place of a file whose path starts with that of a folder that was named.
func Below(folder, path string) Place { return Place{path, len(folder)} }

// Join is the place of an entry of the folder p.
func (p Place) Join(name string) Place {
	if n := len(p.Path); n > 0 && os.IsPathSeparator(p.Path[n-1]) {
		return Place{p.Path + name, p.Named}
	}
	return Place{p.Path + "/" + name, p.Named}
}

// Info is what is known of a file without opening it.
type Info struct {
	Type fs.FileMode // type bits
	id   identity
}

// Same reports whether i and o are about the same file.
func (i Info) Same(o Info) bool { return i.id.same(o.id) }
