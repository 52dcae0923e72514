package span

// Bytes collects the bytes of spans while these are added to an [Encoder]. Few
// and short spans travel with their bytes: the coordinator would take as long for
// each of them, by a system call or a page fault, as for thousands of bytes that
// come with the result, and here they have just been read.
type Bytes struct {
	b    []byte
	many bool // too many, or so taken
	rest int  // for how many lists more they are taken to be too many
}

const (
	mostBytes = 1 << 20  // of all spans of a list
	mostList  = 64 << 10 // bytes of the list: some 20,000 spans

	mostRest = 8 // lists behind one that had too many
)

// Add appends the bytes of a span. It stops to do so where they are too many.
func (c *Bytes) Add(b []byte) {
	if c.many {
		return
	}
	if len(c.b)+len(b) <= mostBytes {
		c.b = append(c.b, b...)
		return
	}
	c.b, c.many, c.rest = c.b[:0], true, mostRest
}

// Of returns the bytes of all spans of the list, end to end, nil if they are too
// many.
func (c *Bytes) Of(l List) []byte {
	if len(l) > mostList {
		c.many, c.rest = true, mostRest
	}
	if c.many || len(c.b) == 0 {
		return nil
	}
	b := c.b
	c.b = nil
	return b
}

// Reuse lets the next list have the memory of bytes that Of returned and nobody
// needs any more.
func (c *Bytes) Reuse(b []byte) {
	if cap(b) > cap(c.b) && len(c.b) == 0 {
		c.b = b[:0]
	}
}

// Reset makes the collection empty, for the next list; what Of returned stays
// valid. After too many bytes none are collected for some lists, since what comes
// next is alike as a rule.
func (c *Bytes) Reset() {
	c.b, c.many = c.b[:0], c.rest > 0
	c.rest = max(c.rest-1, 0)
}
