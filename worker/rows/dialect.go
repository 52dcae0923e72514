package rows

import (
	"bytes"
	"errors"
	"math"
)

// Dialect says which bytes separate and quote fields.
type Dialect struct {
	Delimiter byte
	Quote     byte
}

// CSV is the dialect of RFC 4180.
var CSV = Dialect{Delimiter: ',', Quote: '"'}

// Check returns an error if the delimiter cannot be one.
func (d Dialect) Check() error {
	switch d.Delimiter {
	case '\n', '\r', d.Quote:
		return errors.New("the delimiter cannot be a line feed, a carriage return or the quote")
	}
	return nil
}

// record is what parse finds out about one record.
type record struct {
	end  int    // offset just past the terminator, or the length of the input
	key  []byte // value of the key field, without its quotes; valid until the next parse
	has  bool   // the record has a key field
	open bool   // the input ends inside quotes; end says nothing
}

// parser reads single records by the rules of the package comment. It is the
// plain way, right for every record; the loops of scan.go use it only for
// records that hold a quote.
type parser struct {
	Dialect
	passing passing
	scratch []byte // holds a value that is not contiguous in the input
	// most is how long a value may be for the caller to look at it; of a longer
	// one that is not contiguous only so much is kept that it is longer still.
	most int
}

// keep appends b to the scratch.
func (p *parser) keep(b []byte) {
	p.scratch = append(p.scratch, b[:min(len(b), p.most+1)]...)
}

// parse reads the record that begins at b[i], or, with inside, goes on with a
// record that b[i] lies within the quotes of. Column is the 1-based number of
// the key field, 0 for none.
func (p *parser) parse(b []byte, i, column int, inside bool) (r record) {
	for number := 1; ; number++ {
		f := p.field(b, i, inside, number == column)
		if f.open {
			return record{end: len(b), open: true}
		}
		if number == column {
			r.key = f.value
			r.has = number > 1 || !f.blank
		}
		if f.last {
			r.end = min(f.end+1, len(b))
			return r
		}
		i, inside = f.end+1, false
	}
}

// field is what parser.field finds out about one field.
type field struct {
	value []byte // if wanted; valid until the next field is read
	end   int    // offset of the delimiter or LF behind the field, or the length of the input
	last  bool   // the record ends with this field
	blank bool   // last and without a byte: as a record's first field, an empty line
	open  bool   // the input ends inside the field's quotes
}

// field reads the field that begins at b[i], or goes on inside its quotes.
func (p *parser) field(b []byte, i int, inside, wanted bool) (f field) {
	quoted := inside || i < len(b) && b[i] == p.Quote
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
		value := f.value
		p.scratch = p.scratch[:0]
		p.keep(value) // which may be the scratch
		p.keep(tail)
		f.value = p.scratch
	}
	return f
}

// unquote reads the rest of a quoted field from b[i], a byte inside its
// quotes. It returns the value up to the closing quote and the offset behind
// that, or false if the quotes are still open at the end of b. The value is
// right only where it is wanted: there is one scratch.
func (p *parser) unquote(b []byte, i int, wanted bool) (value []byte, end int, ok bool) {
	from, joined := i, false
	for {
		if i = p.passing.either(b, i, p.Quote, p.Quote) + 1; i > len(b) {
			return nil, len(b), false
		}
		if i == len(b) || b[i] != p.Quote {
			break
		}
		// A doubled quote stands for one.
		if wanted {
			if !joined {
				p.scratch, joined = p.scratch[:0], true
			}
			if len(p.scratch) <= p.most {
				p.keep(b[from:i])
			}
			from = i + 1
		}
		i++
	}
	if !joined {
		return b[from : i-1], i, true
	}
	p.keep(b[from : i-1])
	return p.scratch, i, true
}

// Fields returns the values of all fields of the record that b begins with,
// and the offset just past the record; ok is false if b ends inside quotes.
func (d Dialect) Fields(b []byte) (values [][]byte, end int, ok bool) {
	p := parser{Dialect: d, most: math.MaxInt - 1}
	for i := 0; ; {
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
