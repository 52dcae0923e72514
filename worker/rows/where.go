package rows

import (
	"errors"
	"fmt"
	"math"

	"github.com/linefork/linefork/worker/charset"
)

// Condition selects rows by the value of one column, which Task.Columns names. It
// does not hold for a row that lacks the column.
type Condition struct {
	// In holds the values that are selected.
	In *Keys
	// Numeric compares values as numbers; see [Number]. The keys are those of
	// [Keys.AddNumber] then.
	Numeric bool
}

func (c *Condition) check() error {
	switch k := c.In; {
	case k == nil:
		return errors.New("a condition has no set of keys")
	case c.Numeric && k.text > 0:
		return fmt.Errorf("key %q was not added as a number", k.At(k.text-1))
	case !c.Numeric && k.number > 0:
		return fmt.Errorf("key %q was added as a number", k.At(k.number-1))
	}
	return nil
}

// never reports whether the condition holds for no row.
func (c Condition) never() bool { return c.In.Len() == 0 }

// test is a compiled Condition.
type test struct {
	keys    *Keys // in the encoding of the records, unless decodes
	numeric bool
	// integers holds the numeric keys that most values can be compared with
	// without making their canonical form; see digits.
	integers map[uint64]struct{}
	// decodes holds the encoding of the values where a key has none, or several, in
	// it: then values are decoded. It is nil elsewhere.
	decodes *charset.Charset
	index   int // of the condition
	column  int // of the current range
}

// newTest compiles condition number index for records in encoding e, nil for
// UTF-8.
func newTest(c Condition, index int, e *charset.Charset) test {
	t := test{keys: c.In, numeric: c.Numeric, index: index}
	switch {
	case c.Numeric:
		t.integers = make(map[uint64]struct{})
		for i := range c.In.Len() {
			if n, ok := integer(c.In.At(i)); ok {
				t.integers[n] = struct{}{}
			}
		}
	case e != nil:
		if encoded := c.In.encode(e); encoded != nil {
			t.keys = encoded
		} else {
			t.decodes = e
		}
	}
	t.keys.index()
	return t
}

// longest is the length of the longest value that the test may hold for, in bytes.
func (t *test) longest() int {
	if t.numeric {
		return math.MaxInt - 1
	}
	n := 0
	for i := range t.keys.Len() {
		n = max(n, len(t.keys.At(i)))
	}
	if t.decodes != nil {
		n *= 2 // bytes of GB18030 for one of UTF-8, at most
	}
	return n
}

// holds reports whether the test holds for a value. It uses scratch.
func (t *test) holds(value []byte, scratch *[]byte) bool {
	switch {
	case t.numeric:
		return t.holdsNumber(value, scratch)
	case t.decodes != nil:
		value = inUTF8(t.decodes, value, scratch)
	}
	return t.keys.Has(value)
}

func (t *test) holdsNumber(value []byte, scratch *[]byte) bool {
	if n, ok := digits(value); ok {
		_, found := t.integers[n]
		return found
	}
	form, ok := Number((*scratch)[:0], value)
	*scratch = form
	return ok && t.keys.Has(form)
}
