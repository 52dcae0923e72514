// Package walk finds the files that grep reads: its operands and, with -r or -R, the files below
// those that are directories.
//
//	options := walk.Options{Directories: walk.Recurse}
//	for file, err := range walk.Files(walk.Paths("a", "b"), options) {
//		...
//	}
//
// Files come in the order of the operands; below a directory, depth first and in byte order of the
// names (GNU grep uses the order of the file system). Names are those that grep prints. A directory
// is read when the walk gets there.
//
// # What is left out
//
// A rule (--include, --exclude, --exclude-dir) is a pattern as in a shell, except that * and ?
// match a leading dot. Below a directory it must match the last component of a name. An operand is
// matched as a whole, or from after any of its slashes. Of several rules, the last one that matches
// decides. If none does, a file is left out if the first rule is an --include. So
//
//	--include=*.c --exclude=x*   reads .c files, except those that start with x
//	--exclude=x* --include=*.c   reads all, except what starts with x and is not a .c file
//
// Symbolic links below a directory are left out by -r and followed by -R, which detects loops.
// Devices, pipes and sockets below a directory are left out by -r and read by -R, unless Devices
// says otherwise.
//
// All this was derived from the behaviour of GNU grep 3.8; the tests compare with it where it is
// installed.
package walk

import (
	"cmp"
	"errors"
	"io/fs"
	"iter"
	"os"
	"strings"
	"syscall"

	"github.com/linefork/linefork/internal/folder"
	"github.com/linefork/linefork/split"
)

// Action says what to do with directories, like the option -d.
type Action uint8

// The actions.
const (
	Read    Action = iota // try to read them, which is an error
	Skip                  // skip them silently
	Recurse               // read the files below them
	List                  // read the regular files in them, also by links
)

// Devices says whether to read devices, FIFOs and sockets, like the option -D.
type Devices uint8

// The choices.
const (
	ReadOperands Devices = iota // only operands, or all with FollowLinks
	ReadAll
	SkipAll
)

// Options are the options of grep that select files.
type Options struct {
	Directories Action
	FollowLinks bool // -R: also symbolic links below a directory
	Devices     Devices
	Rules       []Rule // in the order given
	UTF8        bool   // the locale's encoding is UTF-8
}

// Operand is a file or directory that was named.
type Operand struct {
	Name string // to print, and to match with rules
	Path string
	// Shared, if set, is a file that is open already, such as standard input. It is read, whatever
	// its type.
	Shared *os.File
	// Open opens the operand. It is called once, when its turn comes.
	Open func() (*split.Input, error)
}

// Paths returns operands that are named by their paths.
func Paths(paths ...string) []Operand {
	operands := make([]Operand, len(paths))
	for i, path := range paths {
		operands[i] = Operand{
			Name: path, Path: path,
			Open: func() (*split.Input, error) { return split.Open(path) },
		}
	}
	return operands
}

// File is a file to be read.
type File struct {
	Name    string       // to print
	Place   folder.Place // where to open it
	Shared  *os.File     // that of the operand
	Operand bool         // it was named
	Type    fs.FileMode  // type bits, of the target of a link; 0 if Shared is set
	Input   *split.Input // set if an operand was opened; its reader closes it

	operand *Operand // if Shared is set
	devices bool     // it may be a device, FIFO or socket
}

// ErrLeftOut means that what was found as a file is by now a link, a device or the like, which
// would not have been found.
var ErrLeftOut = errors.New("no longer a file to be read")

// Opener returns what opens files that were found.
func (o *Options) Opener() *folder.Opener {
	return &folder.Opener{Follow: o.FollowLinks || o.Directories == List}
}

// Open opens the file, if it is not open yet, by the Opener of the options. The error is that of
// opening it, or ErrLeftOut.
func (f *File) Open(opener *folder.Opener) (*split.Input, error) {
	switch {
	case f.Input != nil:
		return f.Input, nil
	case f.operand != nil:
		return f.operand.Open()
	case f.Operand:
		return split.Open(f.Place.Path)
	}
	opened, err := opener.Open(f.Place)
	if folder.IsLink(err) && !opener.Follow {
		return nil, ErrLeftOut
	}
	if err != nil {
		return nil, err
	}
	in, err := split.Opened(opened, f.Place.Path)
	if err == nil && isDevice(in.Info().Mode().Type()) && !f.devices {
		in.Close()
		return nil, ErrLeftOut
	}
	return in, err
}

// Loop is the error for a link to a directory that the walk is in. For grep it is a warning, which
// does not change the exit status.
type Loop struct{ Name string }

func (l *Loop) Error() string {
	return l.Name + ": warning: recursive directory loop"
}

// Files yields the files to read and, between them, errors, after which the walk continues: a
// *Loop, or an *fs.PathError with the name as it is to be printed. Under Read, a directory that is
// an operand is the error EISDIR; grep still counts it as a file without lines, which -c and -L
// list. Under Recurse, without operands, Files yields the files below the working directory.
//
// Like grep, Files opens even operands that it then leaves out, and yields an error if it cannot.
func Files(operands []Operand, o Options) iter.Seq2[File, error] {
	return func(yield func(File, error) bool) {
		w := &walker{
			Options: o, filters: newFilters(o.Rules, o.UTF8), opener: o.Opener(), yield: yield,
		}
		defer w.opener.Close()
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
	opener  *folder.Opener
	yield   func(File, error) bool
	bare    bool          // the "./" that paths start with is not printed
	active  []folder.Info // the directories that the walk is in
}

// operand, like the other methods below, reports whether to continue.
func (w *walker) operand(o *Operand) bool {
	f := File{Name: o.Name, Place: folder.Named(o.Path), Operand: true}
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

// folder handles a directory that is an operand.
func (w *walker) folder(o *Operand, info fs.FileInfo) bool {
	switch w.Directories {
	case Skip:
		return true
	case Recurse:
		return w.directory(folder.Named(trimSlashes(o.Path)), folder.Describe(info))
	case List:
		return w.list(o.Path)
	}
	return w.fail(o.Name, syscall.EISDIR)
}

// list yields the regular files in a directory.
func (w *walker) list(path string) bool {
	dir := folder.Named(cmp.Or(strings.TrimRight(path, "/"), "/"))
	entries, err := w.opener.List(dir)
	if err != nil {
		return w.fail(path, err)
	}
	for _, e := range entries {
		place := dir.Join(e.Name())
		info, err := w.opener.Stat(place)
		if err != nil || !info.Type.IsRegular() || w.filters.exclude(e.Name(), false) {
			continue
		}
		if !w.yield(File{Name: place.Path, Place: place}, nil) {
			return false
		}
	}
	return true
}

// fail yields an error with the name as it is printed.
func (w *walker) fail(path string, err error) bool {
	if e, ok := err.(*fs.PathError); ok {
		err = e.Err
	}
	return w.yield(File{}, &fs.PathError{Op: "read", Path: w.shown(path), Err: err})
}

// shown returns the name to print for path.
func (w *walker) shown(path string) string {
	if w.bare && len(path) > 1 {
		return path[len("./"):]
	}
	return path
}

// here walks the working directory, which was not named, so that no rule leaves it out.
func (w *walker) here() bool {
	w.bare = true
	here := folder.Named(".")
	info, err := w.opener.Stat(here)
	if err != nil {
		return w.fail(".", err)
	}
	return w.directory(here, info)
}

// directory walks a directory, unless the walk is in it already.
func (w *walker) directory(dir folder.Place, info folder.Info) bool {
	for _, outer := range w.active {
		if outer.Same(info) {
			return w.yield(File{}, &Loop{Name: w.shown(dir.Path)})
		}
	}
	w.active = append(w.active, info)
	defer func() { w.active = w.active[:len(w.active)-1] }()

	entries, err := w.opener.List(dir)
	if err != nil && !w.fail(dir.Path, err) {
		return false
	}
	for _, e := range entries {
		if !w.entry(dir, e) {
			return false
		}
	}
	return true
}

// entry handles an entry of a directory. Only links and directories need a system call of their
// own.
func (w *walker) entry(dir folder.Place, e fs.DirEntry) bool {
	typ, base := e.Type(), e.Name()
	isLink := typ&fs.ModeSymlink != 0
	var info folder.Info
	if typ.IsDir() || isLink && w.FollowLinks {
		place := dir.Join(base)
		var err error
		if info, err = w.opener.Stat(place); err != nil {
			// grep treats it as a file.
			return w.filters.exclude(base, false) || w.fail(place.Path, err)
		}
		typ = info.Type
	}
	if w.filters.exclude(base, typ.IsDir()) {
		return true
	}
	place := dir.Join(base)
	devices := w.Devices == ReadAll || w.Devices == ReadOperands && w.FollowLinks
	switch {
	case typ&fs.ModeSymlink != 0:
		// grep opens links in a way that fails, and reports it if the reason is another than that
		// they are links.
		if _, err := w.opener.Stat(place); err != nil {
			return w.fail(place.Path, err)
		}
		return true
	case typ.IsDir():
		return w.directory(place, info)
	case isDevice(typ) && !devices:
		return true
	}
	return w.yield(File{Name: w.shown(place.Path), Place: place, Type: typ, devices: devices}, nil)
}

func isDevice(typ fs.FileMode) bool {
	return typ&(fs.ModeDevice|fs.ModeCharDevice|fs.ModeNamedPipe|fs.ModeSocket) != 0
}

// trimSlashes leaves one of the slashes at the end of a name.
func trimSlashes(name string) string {
	if len(name) <= 2 {
		return name
	}
	for len(name) > 1 && name[len(name)-1] == '/' && name[len(name)-2] == '/' {
		name = name[:len(name)-1]
	}
	return name
}
