package run

import "github.com/linefork/linefork/internal/walk"

// Find says what is read where an input is a folder, and which files are left out, as
// options of grep do. With the zero value a folder is an input that cannot be read,
// and every other input is read.
type Find struct {
	Directories Directories
	FollowLinks bool // below a folder, too; otherwise only those that are named
	Devices     Devices
	Rules       []Rule // which files are left out; without any, none is
}

// Directories is what is done with a folder that is named.
type Directories = walk.Action

const (
	Read    = walk.Read    // it is an error, as for any file that cannot be read
	Skip    = walk.Skip    // it is passed over
	Recurse = walk.Recurse // it stands for the files in it, at any depth
	List    = walk.List    // it stands for the regular files in it, not deeper
)

// Devices is which devices, FIFOs and sockets are read.
type Devices = walk.Devices

const (
	ReadNamed = walk.ReadOperands // those that are named, and with FollowLinks all
	ReadAll   = walk.ReadAll
	SkipAll   = walk.SkipAll
)

// Rule is a shell pattern, its field Pattern, for the names of files or folders. Of the
// rules that match a name the last one decides; if none does, a file is left out where
// the first rule for files has the Kind Include.
type Rule = walk.Rule

// The kinds of rules.
const (
	Include    = walk.Include    // files that are read
	Exclude    = walk.Exclude    // files that are left out
	ExcludeDir = walk.ExcludeDir // folders that are left out
)

// LinkLoop is a warning: a symbolic link leads back to a folder that it is below.
type LinkLoop = walk.Loop

// options are those of the walk; without utf8, characters of names are bytes.
func (f *Find) options(utf8 bool) walk.Options {
	return walk.Options{
		Directories: f.Directories, FollowLinks: f.FollowLinks, Devices: f.Devices,
		Rules: f.Rules, UTF8: utf8,
	}
}
