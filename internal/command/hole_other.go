//go:build !linux

package command

import "github.com/linefork/linefork/split"

// hasHole tells whether a file has a hole behind an offset, where the platform
// can tell.
func hasHole(split.Source, int64) bool { return false }
