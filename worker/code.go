package worker

import (
	"github.com/linefork/linefork/internal/folder"
	"github.com/linefork/linefork/internal/locale"
	"github.com/linefork/linefork/internal/unpack"
	"github.com/linefork/linefork/split"
	"github.com/linefork/linefork/worker/wc"
	"github.com/linefork/linefork/worker/wire"
)

// The coordinator sends one job frame, then task frames. The child answers each task with a result
// frame or a failure frame. Before that, from the job on, it may send signs of life. Tasks are
// numbered, and so is what answers them: an answer that came twice, or belongs to another task, would
// otherwise be taken for that to the next one.
const (
	kindJob     wire.Kind = 'J'
	kindTask    wire.Kind = 'T'
	kindResult  wire.Kind = 'R'
	kindFailure wire.Kind = 'F' // an InputError of the task
	kindLife    wire.Kind = 'L'
)

// errorKinds are the errors that errors.Is and errors.As still find after they were sent.
var errorKinds = wire.ErrorKinds{
	wire.Sentinel("replaced", split.ErrReplaced),
	wire.Sentinel("truncated", split.ErrTruncated),
	wire.Sentinel("changed", split.ErrChanged),
	wire.Sentinel("damaged", unpack.ErrDamaged),
	wire.ErrorType("truncated at", func(c *wire.Codec, e *split.TruncatedError) {
		wire.Int(c, &e.Size)
		wire.Int(c, &e.Offset)
	}),
	wire.ErrorType("unreadable at", func(c *wire.Codec, e *split.ReadError) {
		wire.Int(c, &e.Offset)
		causes.Code(c, &e.Err)
	}),
}

// causes are the errors that a [split.ReadError] has as its reason: those of the system.
var causes wire.ErrorKinds

// Code implements [wire.Message].
func (j *Job) Code(c *wire.Codec) {
	switch c.OneOf(j.Count != nil, j.Rows != nil, j.Grep != nil) {
	case 1:
		wire.Value(c, &j.Count)
	case 2:
		wire.Value(c, &j.Rows)
	case 3:
		wire.Value(c, &j.Grep)
	default:
		c.Fail("a job without work")
	}
}

// Code implements [wire.Message].
func (n *Count) Code(c *wire.Codec) {
	wire.Enum(c, &n.Want, wc.Lines|wc.Words|wc.Chars|wc.Bytes|wc.MaxWidth)
	wire.Enum(c, &n.Locale, locale.UTF8)
	c.Bool(&n.PosixlyCorrect)
	c.Bool(&n.Final)
}

// Code implements [wire.Message].
func (t *Task) Code(c *wire.Codec) {
	c.String(&t.Name)
	switch c.OneOf(t.Rows != nil, t.Grep != nil) {
	case 1:
		wire.Value(c, &t.Rows)
	case 2:
		wire.Value(c, &t.Grep)
	}
	if wire.Optional(c, &t.Batch); t.Batch == nil {
		codeLocator(c, &t.Input)
		wire.Int(c, &t.Range.Start)
		wire.Int(c, &t.Range.End)
	}
	c.Bool(&t.Incomplete)
}

func codeLocator(c *wire.Codec, l *split.Locator) {
	wire.Enum(c, &l.Kind, split.Descriptor)
	c.String(&l.Path)
	wire.Int(c, &l.Number)
	wire.Int(c, &l.Device)
	wire.Int(c, &l.Inode)
	wire.Int(c, &l.Size)
	wire.Int(c, &l.ModTime)
	wire.Int(c, &l.ChangeTime)
}

// Code implements [wire.Message].
func (b *Batch) Code(c *wire.Codec) {
	wire.List(c, &b.Files, codePlace)
	c.Bool(&b.FollowLinks)
	c.Bool(&b.Unpack)
	c.Bool(&b.UTF16Apart)
	wire.Bytes(c, &b.Header)
}

func codePlace(c *wire.Codec, p *folder.Place) {
	c.String(&p.Path)
	wire.Int(c, &p.Named)
}

// Code implements [wire.Message].
func (r *Result) Code(c *wire.Codec) {
	switch c.OneOf(r.Count != nil, r.Rows != nil, r.Grep != nil, r.Batch != nil) {
	case 1:
		wire.Value(c, &r.Count)
	case 2:
		wire.Value(c, &r.Rows)
	case 3:
		wire.Value(c, &r.Grep)
	case 4:
		wire.List(c, &r.Batch, codeFile)
	default:
		c.Fail("a result of nothing")
	}
}

func codeFile(c *wire.Codec, f *FileResult) {
	c.Bool(&f.Apart)
	errorKinds.Code(c, &f.Err)
	c.Bool(&f.Opened)
	wire.Int(c, &f.Size)
	switch c.OneOf(f.Count != nil, f.Rows != nil, f.Grep != nil) {
	case 1:
		wire.Value(c, &f.Count)
	case 2:
		wire.Value(c, &f.Rows)
	case 3:
		wire.Value(c, &f.Grep)
	}
	wire.Bytes(c, &f.Data)
}

// life is a sign of life.
type life struct {
	at   int64 // the rangeOffset up to which the current task was scanned
	hits int64 // what was found there
}

// Code implements [wire.Message].
func (l *life) Code(c *wire.Codec) {
	wire.Int(c, &l.at)
	wire.Int(c, &l.hits)
}

// numbered is a task, or what answers it.
type numbered[M wire.Message] struct {
	number  uint64 // of the task
	message M
}

// Code implements [wire.Message].
func (n *numbered[M]) Code(c *wire.Codec) {
	wire.Int(c, &n.number)
	n.message.Code(c)
}

// failure says why an input cannot be read or searched.
type failure struct{ err error }

// Code implements [wire.Message].
func (f *failure) Code(c *wire.Codec) {
	if errorKinds.Code(c, &f.err); f.err == nil {
		c.Fail("a failure without a reason")
	}
}
