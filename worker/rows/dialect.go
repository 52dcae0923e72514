package rows

import (
	"bytes"
	"errors"
	"math"
)

// Dialect says which bytes separate, quote and escape.
type Dialect struct {
	Delimiter byte
	Quote     byte // 0: no byte quotes
	Escape    byte // 0: no byte escapes
}

// CSV is the dialect of RFC 4180.
var CSV = Dialect{Delimiter: ',', Quote: '"'}

// Check returns an error if one of the bytes cannot have its role.
func (d Dialect) Check() error {
	switch {
	case isEnd(d.Delimiter):
		return errors.New("the delimiter cannot be a line feed or a carriage return")
	case isEnd(d.Quote):
		return errors.New("the quote cannot be a line feed or a carriage return")
	case isEnd(d.Escape):
		return errors.New("the escape cannot be a line feed or a carriage return")
	case d.Quote != 0 && d.Quote == d.Delimiter:
		return errors.New("the delimiter and the quote cannot be the same byte")
	case d.Escape != 0 && d.Escape == d.Delimiter:
		return errors.New("the escape and the delimiter cannot be the same byte")
	case d.Escape != 0 && d.Escape == d.Quote:
		return errors.New("the escape and the quote cannot be the same byte; doubled quotes need no escape")
	}
	return nil
}

func isEnd(c byte) bool { return c == '\n' || c == '\r' }

// stop is the byte other than LF that a search for the end of a record has to
// stop at: the quote, or LF again where no byte quotes.
func (d Dialect) stop() byte {
	if d.Quote == 0 {
		return '\n'
	}
	return d.Quote
}

// opens reports whether a quote opens at b[i], where a field begins.
func (d Dialect) opens(b []byte, i int) bool {
	return d.Quote != 0 && i < len(b) && b[i] == d.Quote
}

// Plain is the dialect in which a line is read whose quotes are characters.
func (d Dialect) Plain() Dialect {
	d.Quote = 0
	return d
}

// parser reads single records by the rules of the package comment. It is the
// plain way, right for every record; the loops of the Scanner use it only where
// they have no faster one.
type parser struct {
	Dialect
	passing passing
	// most is how long a value may be for the caller to look at it; of a longer
	// one that is not contiguous only so much is kept that it is longer still.
	most int
	// values are those that parse was asked for, valid until it is called again.
	values [][]byte
	// scratch holds the values that are not contiguous in the input, the last from
	// start on.
	scratch []byte
	start   int
}

// keep appends b to the last value in the scratch.
func (p *parser) keep(b []byte) {
	if len(p.scratch)-p.start <= p.most {
		p.scratch = append(p.scratch, b[:min(len(b), p.most+1)]...)
	}
}

// parse reads the record that begins at b[i], or, with inside, goes on with a
// record that b[i] lies within the quotes of. It returns the offset just past the
// record, and false if the input ends inside quotes. The fields of these columns,
// 1-based and ascending, are in values then, as far as the record has them.
func (p *parser) parse(b []byte, i int, columns []int, inside bool) (end int, ok bool) {
	p.values, p.scratch = p.values[:0], p.scratch[:0]
	told := i
	for number := 1; ; number++ {
		if i-told >= step { // of fields that are short
			p.passing.tell(i)
			told = i
		}
		wanted := len(columns) > 0 && number == columns[0]
		f := p.field(b, i, inside, wanted)
		if f.open {
			return len(b), false
		}
		if wanted && (number > 1 || !f.blank) {
			p.values, columns = append(p.values, f.value), columns[1:]
		}
		if f.last {
			return min(f.end+1, len(b)), true
		}
		i, inside = f.end+1, false
	}
}

// value returns the value of the field that begins at b[i], valid until the next
// is read.
func (p *parser) value(b []byte, i int) []byte {
	p.scratch = p.scratch[:0]
	return p.field(b, i, false, true).value
}

// field is what parser.field finds out about one field.
type field struct {
	value []byte // if wanted; valid as long as the scratch is
	end   int    // offset of the delimiter or LF after the field, or the length of the input
	last  bool   // the record ends with this field
	blank bool   // last and without a byte: as a record's first field, an empty line
	open  bool   // the input ends inside the field's quotes
}

// field reads the field that begins at b[i], or goes on inside its quotes.
func (p *parser) field(b []byte, i int, inside, wanted bool) (f field) {
	p.start = len(p.scratch)
	if p.Escape != 0 {
		return p.escaped(b, i, inside, wanted)
	}
	quoted := inside || p.opens(b, i)
	if quoted {
		if !inside {
			i++
		}
		var ok bool
		if f.value, i, ok = p.unquote(b, i, wanted); !ok {
			return field{open: true}
		}
	}
	// An unquoted field, or what follows a closing quote.
	f.end = p.passing.either(b, i, p.Delimiter, '\n')
	f.last = f.end == len(b) || b[f.end] == '\n'
	tail := b[i:f.end]
	if f.last {
		tail = bytes.TrimSuffix(tail, []byte{'\r'})
	}
	f.blank = f.last && !quoted && len(tail) == 0
	switch {
	case !quoted:
		f.value = tail
	case wanted && len(tail) > 0:
		if len(p.scratch) == p.start {
			p.keep(f.value)
		}
		p.keep(tail)
		f.value = p.scratch[p.start:]
	}
	return f
}

// unquote reads the rest of a quoted field from b[i], a byte inside its
// quotes. It returns the value up to the closing quote and the offset just past
// that, or false if the quotes are still open at the end of b. The value is
// right only where it is wanted.
func (p *parser) unquote(b []byte, i int, wanted bool) (value []byte, end int, ok bool) {
	from := i // of what is not in the scratch
	for {
		if i = p.passing.either(b, i, p.Quote, p.Quote) + 1; i > len(b) {
			return nil, len(b), false
		}
		if i == len(b) || b[i] != p.Quote {
			break
		}
		// A doubled quote stands for one.
		if wanted {
			p.keep(b[from:i])
			from = i + 1
		}
		i++
	}
	if len(p.scratch) == p.start {
		return b[from : i-1], i, true
	}
	p.keep(b[from : i-1])
	return p.scratch[p.start:], i, true
}

// Fields returns the values of all fields of the record that b begins with,
// and the offset just past the record; ok is false if b ends inside quotes.
func (d Dialect) Fields(b []byte) (values [][]byte, end int, ok bool) {
	p := parser{Dialect: d, most: math.MaxInt - 1}
	for i := 0; ; {
		p.scratch = p.scratch[:0]
		f := p.field(b, i, false, true)
		if f.open {
			return nil, len(b), false
		}
		if f.blank && values == nil {
			return nil, min(f.end+1, len(b)), true
		}
		values = append(values, bytes.Clone(f.value))
		if f.last {
			return values, min(f.end+1, len(b)), true
		}
		i = f.end + 1
	}
}
