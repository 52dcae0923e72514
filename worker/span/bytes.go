package span

// Bytes collects the bytes of spans while these are added to an [Encoder]. Few
// and short spans travel with their bytes: the coordinator would take as long for
// each of them, by a system call or a page fault, as for thousands of bytes that
// come with the result, and here they have just been read.
type Bytes struct {
	b    []byte
	many bool
}

const (
	mostBytes = 1 << 20  // of all spans of a list
	mostList  = 64 << 10 // bytes of the list: some 20,000 spans
)

// Add appends the bytes of a span. It stops to do so where they are too many.
func (c *Bytes) Add(b []byte) {
	if len(c.b)+len(b) <= mostBytes {
		c.b = append(c.b, b...)
		return
	}
	c.b, c.many = c.b[:0], true
}

// Of returns the bytes of all spans of the list, end to end, nil if they are too
// many, and makes the collection empty.
func (c *Bytes) Of(l List) []byte {
	if c.many || len(l) > mostList || len(c.b) == 0 {
		c.Reset()
		return nil
	}
	b := c.b
	c.b = nil
	return b
}

// Reset makes the collection empty; what Of returned stays valid.
func (c *Bytes) Reset() { c.b, c.many = c.b[:0], false }
