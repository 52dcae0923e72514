// Package walk finds the files that grep reads: its operands and, with -r or
// -R, what is below those that are directories.
//
//	for file, err := range walk.Files(walk.Paths("a", "b"), walk.Options{Directories: walk.Recurse}) {
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

	"github.com/linefork/linefork/split"
)

// Action is what to do with directories, as -d has it.
type Action uint8

// The actions.
const (
	Read    Action = iota // which cannot be done, and is an error
	Skip                  // pass over silently
	Recurse               // read the files below
	List                  // read the regular files in it, also through links
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

// Operand is what was named.
type Operand struct {
	Name string // to be shown, and matched with rules
	Path string
	// Shared, if set, is what is open already, as standard input: it is read, whatever
	// it is.
	Shared *os.File
	// Open opens it. It is called once, when its turn comes.
	Open func() (*split.Input, error)
}

// Paths returns operands that are called by their paths.
func Paths(paths ...string) []Operand {
	operands := make([]Operand, len(paths))
	for i, path := range paths {
		operands[i] = Operand{Name: path, Path: path, Open: func() (*split.Input, error) { return split.Open(path) }}
	}
	return operands
}

// File is a file to be read.
type File struct {
	Name    string       // to be shown
	Path    string       // to be opened
	Shared  *os.File     // of the operand
	Operand bool         // it was named
	Type    fs.FileMode  // the type bits, of what a link leads to; 0 where Shared is set
	Input   *split.Input // an operand that was opened, to be closed by whoever reads it

	operand *Operand // where Shared is set
}

// Open returns the file opened.
func (f *File) Open() (*split.Input, error) {
	switch {
	case f.Input != nil:
		return f.Input, nil
	case f.operand != nil:
		return f.operand.Open()
	}
	return split.Open(f.Path)
}

// Loop is the error of a link that leads back to a directory that the walk is
// in. For grep it is a warning, which does not change the exit status.
type Loop struct{ Name string }

func (l *Loop) Error() string {
	return l.Name + ": warning: recursive directory loop"
}

// Files yields the files to read or, in between, errors: a *Loop, or an
// *fs.PathError with the name as it is to be shown, after which the walk goes on.
// A directory that is an operand under Read is the error EISDIR; to grep it is
// a file with no lines all the same, which -c and -L list. Without operands, it
// is the files below the working directory, with Recurse.
//
// As grep does, Files opens operands also where it leaves them out, and yields the
// error if it cannot.
func Files(operands []Operand, o Options) iter.Seq2[File, error] {
	return func(yield func(File, error) bool) {
		w := &walker{Options: o, filters: newFilters(o.Rules, o.UTF8), yield: yield}
		for i := range operands {
			if !w.operand(&operands[i]) {
				return
			}
		}
		if len(operands) == 0 && o.Directories == Recurse {
			w.here()
		}
	}
}

type walker struct {
	Options
	filters filters
	yield   func(File, error) bool
	bare    bool          // nothing is shown of the "./" that paths begin with
	active  []fs.FileInfo // the directories that the walk is in
}

// operand and the other methods below report whether to go on.
func (w *walker) operand(o *Operand) bool {
	f := File{Name: o.Name, Path: o.Path, Operand: true}
	if o.Shared != nil {
		f.Shared, f.operand = o.Shared, o
		return w.yield(f, nil)
	}
	in, err := o.Open()
	if err != nil {
		return w.fail(o.Name, err)
	}
	f.Type = in.Info().Mode().Type()
	if f.Type.IsDir() {
		in.Close()
		return w.filters.excludeOperand(o.Name, true) || w.folder(o, in.Info())
	}
	if w.filters.excludeOperand(o.Name, false) || isDevice(f.Type) && w.Devices == SkipAll {
		in.Close()
		return true
	}
	f.Input = in
	return w.yield(f, nil)
}

// folder takes a directory that is an operand.
func (w *walker) folder(o *Operand, info fs.FileInfo) bool {
	switch w.Directories {
	case Skip:
		return true
	case Recurse:
		return w.directory(trimSlashes(o.Path), info)
	case List:
		return w.list(o.Path)
	}
	return w.fail(o.Name, syscall.EISDIR)
}

// list yields the regular files in a directory.
func (w *walker) list(path string) bool {
	entries, err := os.ReadDir(path)
	if err != nil {
		return w.fail(path, err)
	}
	dir := strings.TrimRight(path, "/") + "/"
	for _, e := range entries {
		info, err := os.Stat(dir + e.Name())
		if err != nil || !info.Mode().IsRegular() || w.filters.exclude(e.Name(), false) {
			continue
		}
		if !w.yield(File{Name: dir + e.Name(), Path: dir + e.Name()}, nil) {
			return false
		}
	}
	return true
}

// fail yields an error with the name as it is shown.
func (w *walker) fail(path string, err error) bool {
	if e, ok := err.(*fs.PathError); ok {
		err = e.Err
	}
	return w.yield(File{}, &fs.PathError{Op: "read", Path: w.shown(path), Err: err})
}

// shown returns the name of what is at path.
func (w *walker) shown(path string) string {
	if w.bare && len(path) > 1 {
		return path[len("./"):]
	}
	return path
}

// here walks through the working directory, which nobody named and no rule
// leaves out.
func (w *walker) here() bool {
	w.bare = true
	info, err := os.Stat(".")
	if err != nil {
		return w.fail(".", err)
	}
	return w.directory(".", info)
}

// directory walks through a directory, unless the walk is in it.
func (w *walker) directory(path string, info fs.FileInfo) bool {
	for _, outer := range w.active {
		if os.SameFile(outer, info) {
			return w.yield(File{}, &Loop{Name: w.shown(path)})
		}
	}
	w.active = append(w.active, info)
	defer func() { w.active = w.active[:len(w.active)-1] }()

	entries, err := os.ReadDir(path)
	if err != nil && !w.fail(path, err) {
		return false
	}
	if !strings.HasSuffix(path, "/") {
		path += "/"
	}
	for _, e := range entries {
		if !w.entry(path, e) {
			return false
		}
	}
	return true
}

// entry takes what has been found in the directory whose path is dir. Only
// links, and directories, need a look at more than the directory.
func (w *walker) entry(dir string, e fs.DirEntry) bool {
	typ, base := e.Type(), e.Name()
	isLink := typ&fs.ModeSymlink != 0
	var info fs.FileInfo
	if typ.IsDir() || isLink && w.FollowLinks {
		var err error
		if info, err = w.stat(dir + base); err != nil {
			// grep takes it for a file.
			return w.filters.exclude(base, false) || w.fail(dir+base, err)
		}
		typ = info.Mode().Type()
	}
	if w.filters.exclude(base, typ.IsDir()) {
		return true
	}
	path := dir + base
	switch {
	case typ&fs.ModeSymlink != 0:
		// grep opens links so that it fails, and says so if that is for
		// another reason than that they are links.
		if _, err := os.Lstat(path); err != nil {
			return w.fail(path, err)
		}
		return true
	case typ.IsDir():
		return w.directory(path, info)
	case isDevice(typ) && (w.Devices == SkipAll || w.Devices == ReadOperands && !w.FollowLinks):
		return true
	}
	return w.yield(File{Name: w.shown(path), Path: path, Type: typ}, nil)
}

func (w *walker) stat(path string) (fs.FileInfo, error) {
	if w.FollowLinks {
		return os.Stat(path)
	}
	return os.Lstat(path)
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
