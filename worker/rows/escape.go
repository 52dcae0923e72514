package rows

import "bytes"

// escaped is [parser.field] for a dialect with an escape. It goes byte by byte:
// records without an escape have faster ways.
func (p *parser) escaped(b []byte, i int, inside, wanted bool) (f field) {
	v := value{p: p, wanted: wanted}
	opens := !inside && p.opens(b, i)
	if opens {
		i++
	}
	if inside || opens {
		if i = v.quoted(b, i); i < 0 {
			return field{open: true}
		}
		// Directly after a closing quote an escape is a character, as it is to
		// Python's csv module.
		if i < len(b) && b[i] == p.Escape {
			v.add(b[i : i+1])
			i++
		}
	}
	start := i
	i, bare := v.unquoted(b, i)
	f.end = i
	f.last = i == len(b) || b[i] == '\n'
	if f.last && i > bare && b[i-1] == '\r' {
		v.drop()
		i--
	}
	f.blank = f.last && !inside && !opens && i == start
	f.value = p.scratch[p.start:]
	return f
}

// value collects the value of a field in the scratch of a parser.
type value struct {
	p      *parser
	wanted bool
	n      int // bytes of the value; the scratch may hold fewer
}

func (v *value) add(b []byte) {
	v.n += len(b)
	if v.wanted {
		v.p.keep(b)
	}
}

// drop takes the last byte back. If that is not in the scratch, what is there is
// too long all the same.
func (v *value) drop() {
	if kept := len(v.p.scratch); kept-v.p.start == v.n {
		v.p.scratch = v.p.scratch[:kept-1]
	}
}

// quoted reads from b[i], a byte inside quotes, and returns the offset just past
// the closing quote, or -1 if the quotes are still open at the end of b.
func (v *value) quoted(b []byte, i int) int {
	quote, escape := v.p.Quote, v.p.Escape
	from := i // of what was not added yet
	for ; i < len(b); i++ {
		if i%step == 0 {
			v.p.passing.tell(i)
		}
		switch c := b[i]; {
		case c != quote && c != escape:
		case c == escape:
			if i+1 == len(b) {
				return -1
			}
			v.add(b[from:i])
			i++
			from = i
		case i+1 < len(b) && b[i+1] == quote:
			v.add(b[from:i])
			i++
			from = i
		default:
			v.add(b[from:i])
			return i + 1
		}
	}
	return -1
}

// unquoted reads from b[i], a byte outside quotes, and returns the offset of
// the delimiter or LF after the field, or the length of b, and that just past the
// last character that was escaped, or i. An escape that ends the input is a
// character.
func (v *value) unquoted(b []byte, i int) (end, bare int) {
	delimiter, escape := v.p.Delimiter, v.p.Escape
	from := i
	bare = i
	for ; i < len(b); i++ {
		if i%step == 0 {
			v.p.passing.tell(i)
		}
		c := b[i]
		if c == delimiter || c == '\n' {
			break
		}
		if c == escape && i+1 < len(b) {
			v.add(b[from:i])
			i++
			from, bare = i, i+1
		}
	}
	v.add(b[from:i])
	return i, bare
}

// withoutEscape returns b up to the first escape.
func (d Dialect) withoutEscape(b []byte) []byte {
	if d.Escape != 0 {
		if k := bytes.IndexByte(b, d.Escape); k >= 0 {
			return b[:k]
		}
	}
	return b
}
