package wire

import (
	"errors"
	"io"
	"io/fs"
	"syscall"
)

// Error is an error of the other end whose type is not known here. It has the same
// text, and [errors.Is] and [errors.As] find in it what they found there, as far as
// that travels.
type Error struct {
	Text   string
	Causes []error // what it wraps
}

func (e *Error) Error() string   { return e.Text }
func (e *Error) Unwrap() []error { return e.Causes }

// ErrorKinds are the errors, besides those that all programs have, that arrive as
// what they were. An error number of the system travels by its symbolic name, and a
// [*fs.PathError] as its fields; of other errors the text travels, and what they
// wrap.
type ErrorKinds []ErrorKind

// ErrorKind is an error, or a type of errors, that both ends know by a name.
type ErrorKind struct {
	name string
	is   func(error) bool
	code func(*Codec, error) error // codes the fields
	err  error                     // of a Sentinel
}

// Sentinel is the kind that is err alone.
func Sentinel(name string, err error) ErrorKind {
	return ErrorKind{
		name: name,
		is:   func(e error) bool { return e == err },
		code: func(*Codec, error) error { return err },
		err:  err,
	}
}

// ErrorType is the kind of all errors of type *T, whose fields code codes.
func ErrorType[T any, E interface {
	*T
	error
}](name string, code func(*Codec, E)) ErrorKind {
	return ErrorKind{
		name: name,
		is:   func(e error) bool { _, ok := e.(E); return ok },
		code: func(c *Codec, err error) error {
			e, _ := err.(E)
			if c.reading {
				e = new(T)
			}
			code(c, e)
			return e
		},
	}
}

// general are the errors that all programs have.
var general = ErrorKinds{
	Sentinel("not exist", fs.ErrNotExist),
	Sentinel("exist", fs.ErrExist),
	Sentinel("permission", fs.ErrPermission),
	Sentinel("closed", fs.ErrClosed),
	Sentinel("unexpected EOF", io.ErrUnexpectedEOF),
	Sentinel("unsupported", errors.ErrUnsupported),
}

// form is how an error is coded.
type form uint8

const (
	formNone  form = iota // nil
	formText              // an Error: text, and a list of causes
	formErrno             // an error number: its symbolic name, and its text
	formPath              // a *fs.PathError: its fields
	formKind              // an ErrorKind: its name, and its fields
)

// mostDeep is how many errors may wrap each other: few do, and reading must end.
const mostDeep = 16

// Code codes an error, which may be nil.
func (known ErrorKinds) Code(c *Codec, v *error) { known.code(c, v, 0) }

func (known ErrorKinds) code(c *Codec, v *error, depth int) {
	f := known.formOf(*v, depth)
	Enum(c, &f, formKind)
	if depth > mostDeep {
		c.Fail("errors within errors")
	}
	if c.err != nil {
		return
	}
	switch f {
	case formNone:
		*v = nil
	case formText:
		known.text(c, v, depth)
	case formErrno:
		errno(c, v)
	case formPath:
		p, _ := (*v).(*fs.PathError)
		if c.reading {
			p = new(fs.PathError)
			*v = p
		}
		c.String(&p.Op)
		c.String(&p.Path)
		known.code(c, &p.Err, depth+1)
	case formKind:
		known.kind(c, v)
	}
}

func (known ErrorKinds) formOf(err error, depth int) form {
	switch e := err.(type) {
	case nil:
		return formNone
	case syscall.Errno:
		if errnoName(e) != "" {
			return formErrno
		}
	case *fs.PathError:
		if depth < mostDeep {
			return formPath
		}
	}
	if known.find(func(k *ErrorKind) bool { return k.is(err) }) != nil {
		return formKind
	}
	return formText
}

func (known ErrorKinds) find(is func(*ErrorKind) bool) *ErrorKind {
	for _, kinds := range []ErrorKinds{known, general} {
		for i := range kinds {
			if is(&kinds[i]) {
				return &kinds[i]
			}
		}
	}
	return nil
}

func (known ErrorKinds) kind(c *Codec, v *error) {
	var name string
	k := known.find(func(k *ErrorKind) bool { return *v != nil && k.is(*v) })
	if k != nil {
		name = k.name
	}
	if c.String(&name); c.reading {
		k = known.find(func(k *ErrorKind) bool { return k.name == name })
	}
	if k == nil {
		c.Fail("unknown kind of error %q", name)
		return
	}
	if err := k.code(c, *v); c.reading {
		*v = err
	}
}

func (known ErrorKinds) text(c *Codec, v *error, depth int) {
	e := new(Error)
	if !c.reading {
		e.Text = (*v).Error()
		if depth < mostDeep {
			e.Causes = known.causes(*v)
		}
	}
	c.String(&e.Text)
	List(c, &e.Causes, func(c *Codec, cause *error) { known.code(c, cause, depth+1) })
	if c.reading {
		*v = e
	}
}

// causes is what an error wraps, and what it says that it is.
func (known ErrorKinds) causes(err error) (all []error) {
	switch e := err.(type) {
	case interface{ Unwrap() []error }:
		all = e.Unwrap()
	case interface{ Unwrap() error }:
		if cause := e.Unwrap(); cause != nil {
			all = []error{cause}
		}
	}
	if e, ok := err.(interface{ Is(error) bool }); ok {
		known.find(func(k *ErrorKind) bool {
			if k.err != nil && e.Is(k.err) {
				all = append(all[:len(all):len(all)], k.err)
			}
			return false
		})
	}
	return all
}

// errno codes an error number. One that this platform lacks arrives as its text.
func errno(c *Codec, v *error) {
	var name, text string
	if n, ok := (*v).(syscall.Errno); ok {
		name, text = errnoName(n), n.Error()
	}
	c.String(&name)
	c.String(&text)
	if !c.reading {
		return
	}
	if n, ok := errnoNamed(name); ok {
		*v = n
	} else {
		*v = &Error{Text: text}
	}
}
