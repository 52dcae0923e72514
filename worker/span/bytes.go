package span

// Bytes collects the bytes of spans as they are added to an [Encoder]. If spans are few and short,
// their bytes travel with them: to fetch one, the coordinator would need a system call or a page
// fault, which costs as much as sending thousands of bytes, and the worker has just read them.
type Bytes struct {
	b    []byte
	many bool // too many, or assumed to be
	rest int  // how many more lists are assumed to have too many
}

const (
	mostBytes = 1 << 20  // of all spans of a list
	mostList  = 64 << 10 // bytes of the list: some 20,000 spans

	mostRest = 8 // lists after one that had too many
)

// Add appends the bytes of a span. Once there are too many it collects nothing.
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

// Of returns the bytes of all spans of the list, end to end, or nil if there are too many.
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

// Reuse gives the memory of bytes that Of returned, and that are no longer needed, to the next
// list.
func (c *Bytes) Reuse(b []byte) {
	if cap(b) > cap(c.b) && len(c.b) == 0 {
		c.b = b[:0]
	}
}

// Reset empties the collection for the next list; what Of returned stays valid. After a list with
// too many bytes, nothing is collected for the next few, since they are usually alike.
func (c *Bytes) Reset() {
	c.b, c.many = c.b[:0], c.rest > 0
	c.rest = max(c.rest-1, 0)
}
