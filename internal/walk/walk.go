// Package walk finds the files that grep reads: its operands and, with -r or
// -R, what is below those that are directories.
//
//	for file, err := range walk.Files(operands, walk.Options{Directories: walk.Recurse}) {
//		...
//	}
//
// Files come in the order of the operands, below a directory depth first and in
// byte order of the names, where grep has the order of the file system. Names
// are those that grep shows. A directory is read when the walk gets there.
//
// # What is left out
//
// A rule (--include, --exclude, --exclude-dir) is a pattern as in a shell. Below
// a directory it must match the last part of a name, of which * and ? may match
// a leading dot. An operand is matched as it was given, or from after any of its
// slashes. Of several rules the last that matches decides; where none does, a
// file is left out if the first rule is an --include. So
//
//	--include=*.c --exclude=x*   reads the .c files but those in x
//	--exclude=x* --include=*.c   reads all but what begins with x and is no .c file
//
// Symbolic links below a directory are left out by -r and followed by -R, which
// notices where they lead in a circle. Devices, pipes and sockets below a
// directory are left out by -r and read by -R, unless Devices says otherwise.
//
// The rules here were taken from what GNU grep 3.8 does; the tests run it where
// it is installed and compare.
package walk

import (
	"io/fs"
	"iter"
	"os"
	"strings"
	"syscall"
)

// Action is what to do with directories, as -d has it.
type Action uint8

// The actions.
const (
	Read    Action = iota // which cannot be done, and is an error
	Skip                  // pass over in silence
	Recurse               // read the files below
)

// Devices says whether to read devices, FIFOs and sockets, as -D has it.
type Devices uint8

// The choices.
const (
	ReadOperands Devices = iota // those that are operands, and all with FollowLinks
	ReadAll
	SkipAll
)

// Options are those of grep that select files.
type Options struct {
	Directories Action
	FollowLinks bool // -R: symbolic links below a directory, too
	Devices     Devices
	Rules       []Rule // in the order given
	UTF8        bool   // the locale's encoding is UTF-8
}

// File is a file to be read.
type File struct {
	Name    string      // to be shown, and to be opened
	Stdin   bool        // standard input; Name is "-"
	Operand bool        // named on the command line
	Type    fs.FileMode // the type bits, of what a link leads to; 0 for standard input
}

// Loop is the error of a link that leads back to a directory that the walk is
// in. For grep it is a warning, which does not change the exit status.
type Loop struct{ Name string }

func (l *Loop) Error() string {
	return l.Name + ": warning: recursive directory loop"
}

// Files yields the files to read or, in between, errors: a *Loop, or an
// *fs.PathError with the name as it is to be shown, after which the walk goes on.
// Without operands, it is the files below the working directory, with
// Recurse, and else standard input.
func Files(operands []string, o Options) iter.Seq2[File, error] {
	return func(yield func(File, error) bool) {
		w := &walker{Options: o, operands: o.matchers(o.Rules, false), below: o.matchers(o.Rules, true), yield: yield}
		switch {
		case len(operands) > 0:
			for _, name := range operands {
				if !w.operand(name) {
					return
				}
			}
		case o.Directories == Recurse:
			w.top(".", "")
		default:
			w.operand("-")
		}
	}
}

type walker struct {
	Options
	operands filters
	below    filters
	yield    func(File, error) bool
	active   []fs.FileInfo // with FollowLinks, the directories that the walk is in
}

// operand and the other methods below tell whether to go on.
func (w *walker) operand(name string) bool {
	if name == "-" {
		return w.yield(File{Name: name, Stdin: true, Operand: true}, nil)
	}
	info, err := os.Stat(name)
	if err != nil {
		return w.fail(name, err)
	}
	typ := info.Mode().Type()
	switch {
	case isDevice(typ) && w.Devices == SkipAll:
		return true
	case w.operands.exclude(name, typ.IsDir()), typ.IsDir() && w.Directories == Skip:
		return w.probe(name, typ, nil)
	case typ.IsDir() && w.Directories == Recurse:
		return w.top(name, trimSlashes(name))
	case typ.IsDir():
		return w.probe(name, typ, syscall.EISDIR)
	}
	return w.yield(File{Name: name, Operand: true, Type: typ}, nil)
}

// probe yields the error of opening a file that is not to be read, as grep
// opens it first, or else the error given.
func (w *walker) probe(name string, typ fs.FileMode, otherwise error) bool {
	if !isDevice(typ) {
		file, err := os.Open(name)
		if err != nil {
			return w.fail(name, err)
		}
		file.Close()
	}
	if otherwise != nil {
		return w.fail(name, otherwise)
	}
	return true
}

// fail yields an error with the name as it is shown.
func (w *walker) fail(name string, err error) bool {
	if e, ok := err.(*fs.PathError); ok {
		err = e.Err
	}
	return w.yield(File{}, &fs.PathError{Op: "read", Path: name, Err: err})
}

// top walks through a directory that is an operand, or the working directory.
// What is below is named after prefix.
func (w *walker) top(name, prefix string) bool {
	if w.FollowLinks {
		info, err := os.Stat(name)
		if err != nil {
			return w.fail(name, err)
		}
		w.active = append(w.active[:0], info)
	}
	return w.directory(name, prefix)
}

func (w *walker) directory(name, prefix string) bool {
	entries, err := os.ReadDir(name)
	if err != nil && !w.fail(name, err) {
		return false
	}
	if prefix != "" && !strings.HasSuffix(prefix, "/") {
		prefix += "/"
	}
	for _, e := range entries {
		if !w.entry(prefix, e) {
			return false
		}
	}
	return true
}

func (w *walker) entry(prefix string, e fs.DirEntry) bool {
	typ, base := e.Type(), e.Name()
	isLink := typ&fs.ModeSymlink != 0
	if isLink && !w.FollowLinks {
		return true
	}
	var info fs.FileInfo
	if w.FollowLinks && (isLink || typ.IsDir()) {
		var err error
		if info, err = os.Stat(prefix + base); err != nil {
			if w.below.exclude(base, false) {
				return true
			}
			return w.fail(prefix+base, err)
		}
		typ = info.Mode().Type()
	}
	switch {
	case w.below.exclude(base, typ.IsDir()):
		return true
	case typ.IsDir():
		return w.enter(prefix+base, info)
	case isDevice(typ) && (w.Devices == SkipAll || w.Devices == ReadOperands && !w.FollowLinks):
		return true
	}
	return w.yield(File{Name: prefix + base, Type: typ}, nil)
}

// enter walks through a directory below another. It is in no loop unless links
// are followed.
func (w *walker) enter(name string, info fs.FileInfo) bool {
	if !w.FollowLinks {
		return w.directory(name, name)
	}
	for _, outer := range w.active {
		if os.SameFile(outer, info) {
			return w.yield(File{}, &Loop{Name: name})
		}
	}
	w.active = append(w.active, info)
	defer func() { w.active = w.active[:len(w.active)-1] }()
	return w.directory(name, name)
}

func isDevice(typ fs.FileMode) bool {
	return typ&(fs.ModeDevice|fs.ModeCharDevice|fs.ModeNamedPipe|fs.ModeSocket) != 0
}

// trimSlashes leaves one slash of those at the end of a name.
func trimSlashes(name string) string {
	if len(name) <= 2 {
		return name
	}
	for len(name) > 1 && name[len(name)-1] == '/' && name[len(name)-2] == '/' {
		name = name[:len(name)-1]
	}
	return name
}
