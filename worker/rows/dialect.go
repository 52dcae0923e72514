package rows

import (
	"bytes"

	"github.com/linefork/linefork/worker/scan"
)

// Dialect says which bytes separate and quote fields.
type Dialect struct {
	Delimiter byte
	Quote     byte
}

// CSV is the dialect of RFC 4180.
var CSV = Dialect{Delimiter: ',', Quote: '"'}

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
	scratch []byte // holds a value that is not contiguous in the input
}

// parse reads the record that begins at b[i], or, with inside, goes on with a
// record that b[i] lies within the quotes of. Column is the 1-based number of
// the key field, 0 for none.
func (p *parser) parse(b []byte, i, column int, inside bool) record {
	start := i
	var r record
	for field := 1; ; field++ {
		wanted := field == column
		value, raw := []byte(nil), i
		quoted := inside || i < len(b) && b[i] == p.Quote
		if quoted {
			if !inside {
				i++
			}
			inside = false
			var ok bool
			if value, i, ok = p.unquote(b, i, wanted); !ok {
				return record{end: len(b), open: true}
			}
			raw = i
		}
		// An unquoted field, or what follows a closing quote.
		i = len(b)
		if k := scan.IndexByteOr(b[raw:], p.Delimiter, '\n'); k >= 0 {
			i = raw + k
		}
		last := i == len(b) || b[i] == '\n'
		if wanted {
			tail := b[raw:i]
			if last {
				tail = bytes.TrimSuffix(tail, []byte{'\r'})
			}
			switch {
			case !quoted:
				value = tail
			case len(tail) > 0:
				p.scratch = append(append(p.scratch[:0], value...), tail...)
				value = p.scratch
			}
			// An empty line is a record without fields.
			r.has = quoted || field > 1 || !last || len(tail) > 0
			r.key = value
		}
		if last {
			r.end = min(i+1, len(b))
			if r.end < start {
				r.end = start
			}
			return r
		}
		i++
	}
}

// unquote reads the rest of a quoted field from b[i], a byte inside its
// quotes. It returns the value up to the closing quote and the offset behind
// that, or false if the quotes are still open at the end of b. The value is
// right only where it is wanted: there is one scratch.
func (p *parser) unquote(b []byte, i int, wanted bool) (value []byte, end int, ok bool) {
	from, joined := i, false
	for {
		k := bytes.IndexByte(b[i:], p.Quote)
		if k < 0 {
			return nil, len(b), false
		}
		i += k + 1
		if i == len(b) || b[i] != p.Quote {
			break
		}
		// A doubled quote stands for one.
		if wanted {
			if !joined {
				p.scratch, joined = p.scratch[:0], true
			}
			p.scratch = append(p.scratch, b[from:i]...)
			from = i + 1
		}
		i++
	}
	if !joined {
		return b[from : i-1], i, true
	}
	p.scratch = append(p.scratch, b[from:i-1]...)
	return p.scratch, i, true
}

// Fields returns the values of all fields of the record that b begins with,
// and the offset just past the record; ok is false if b ends inside quotes.
func (d Dialect) Fields(b []byte) (values [][]byte, end int, ok bool) {
	p := parser{Dialect: d}
	for column := 1; ; column++ {
		r := p.parse(b, 0, column, false)
		if r.open {
			return nil, len(b), false
		}
		if !r.has {
			return values, r.end, true
		}
		values = append(values, bytes.Clone(r.key))
	}
}
