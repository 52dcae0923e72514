package run

import (
	"io/fs"
	"iter"
	"os"

	"github.com/linefork/linefork/internal/unpack"
	"github.com/linefork/linefork/internal/walk"
	"github.com/linefork/linefork/split"
)

// named is an input that was named.
type named struct {
	Input
	in   *split.Input // opened, until it is taken
	err  error        // why it could not be opened
	info fs.FileInfo  // nil if nothing is known
}

// openAhead is how many named inputs are opened before their turn, to learn what
// they are. Of others the name is looked up once more for that.
const openAhead = 16

// look learns what is known of an input; open says to keep it open.
func (n *named) look(open bool) {
	switch {
	case n.Err != nil:
		n.err = n.Err
	case n.File != nil: // where it begins is known when its turn comes
		n.info, _ = n.File.Stat()
	case open:
		if n.in, n.err = split.Open(n.Path); n.err == nil {
			n.info = n.in.Info()
			break
		}
		fallthrough // what cannot be read still has a size
	default:
		n.info, _ = os.Stat(n.Path)
	}
}

// take returns the input opened.
func (n *named) take() (*split.Input, error) {
	in, err := n.in, n.err
	switch n.in, n.err = nil, nil; {
	case in != nil || err != nil:
		return in, err
	case n.File != nil:
		return split.Shared(n.File)
	}
	return split.Open(n.Path)
}

// inputs are those of a run.
type inputs struct {
	list    []*named
	known   int64 // bytes of the regular files among them
	unknown bool  // some are not regular
	folders bool  // some are folders
}

// lookUp learns what is known of the inputs before they are read. So many are kept open.
func lookUp(list []Input, ahead int) *inputs {
	all := &inputs{list: make([]*named, len(list))}
	for i, in := range list {
		n := &named{Input: in}
		n.look(i < ahead)
		all.list[i] = n
		switch {
		case n.info == nil:
		case n.info.IsDir():
			all.folders = true
		case n.info.Mode().IsRegular():
			all.known += n.info.Size()
		default:
			all.unknown = true
		}
	}
	return all
}

// single reports whether there is one input, and that a regular file.
func (all *inputs) single() bool {
	return len(all.list) == 1 && all.list[0].info != nil && all.list[0].info.Mode().IsRegular()
}

// total is the number of bytes of all inputs, -1 if it is not known.
func (all *inputs) total() int64 {
	if all.unknown || len(all.list) == 0 {
		return -1
	}
	return all.known
}

// infos describe the inputs, archives as pipes if they are decompressed.
func (all *inputs) infos(decompress bool) []fs.FileInfo {
	infos := make([]fs.FileInfo, len(all.list))
	for i, n := range all.list {
		infos[i] = n.info
		if decompress && n.info != nil && n.info.Mode().IsRegular() && n.isArchive() {
			infos[i] = unsized{n.info}
		}
	}
	return infos
}

// unsized describes a file whose size is not that of what it holds.
type unsized struct{ fs.FileInfo }

func (unsized) Mode() fs.FileMode { return fs.ModeNamedPipe }

// isArchive reports whether the input is an archive.
func (n *named) isArchive() bool {
	in := n.in
	if in == nil {
		var err error
		if in, err = n.take(); err != nil {
			return false
		}
		defer in.Close()
	}
	return isArchive(in)
}

// A search is fitted to a sample of the data: so many pieces of so many bytes,
// spread over the first long input.
const (
	samplePieces = 16
	samplePiece  = 2 << 10
)

func (all *inputs) sample() []byte {
	for _, n := range all.list {
		if n.in == nil {
			continue
		}
		if b := n.in.Sample(samplePieces, samplePiece); b != nil && !isArchive(n.in) {
			return b
		}
	}
	return nil
}

func isArchive(in *split.Input) bool {
	header, err := in.Header()
	if err != nil {
		return false // and an error again when it is opened, or not
	}
	format, _ := unpack.Detect(header)
	return format != unpack.Plain
}

// files yields what the inputs stand for.
func (all *inputs) files(find walk.Options) iter.Seq2[walk.File, error] {
	operands := make([]walk.Operand, len(all.list))
	for i, n := range all.list {
		operands[i] = walk.Operand{Name: n.Name, Path: n.Path, Shared: n.File, Open: n.take}
	}
	return walk.Files(operands, find)
}

// close closes the inputs that were not taken.
func (all *inputs) close() {
	for _, n := range all.list {
		if n.in != nil {
			n.in.Close()
			n.in = nil
		}
	}
}
