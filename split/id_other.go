//go:build !unix

package split

import "io/fs"

// inode returns zeros: on this platform the numbers are not cheap to get.
func inode(fs.FileInfo) (device, inode uint64) { return 0, 0 }

// links returns 0: on this platform the number of names is not cheap to get.
func links(fs.FileInfo) uint64 { return 0 }
