package tally

import "iter"

// Partial counts the keys of one range. If they are too many for a small table, the counts so far
// go to the list and the table starts afresh: the list gets longer than necessary, but is made no
// more slowly.
type Partial struct {
	words words // short keys
	many  bool  // most fields did not fit into words
	table Table
	list  List
	// Fields is how many fields have been counted since the last call of List.
	Fields uint64
	// TooLong reports that a key was longer than MaxKey, and so not counted.
	TooLong bool
}

// MaxKey is the length limit of a key, in bytes: the list of a range with such a key must not be
// longer than what a worker can send.
const MaxKey = 256 << 20

// partialLimit is the limit of the table in bytes, enough for 786,000 short keys.
const partialLimit = 1<<20*slotSize + 8<<20

// fewFields are too few to predict the fields that follow.
const fewFields = 32

// NewPartial returns an empty Partial.
func NewPartial() *Partial { return newPartial(partialLimit) }

func newPartial(limit int) *Partial {
	return &Partial{words: newWords(), table: Table{Limit: limit}}
}

// Add adds 1 to the count of a key.
func (p *Partial) Add(key []byte) {
	if len(key) > MaxKey {
		p.TooLong = true
		return
	}
	p.Fields++
	if !p.many && len(key) <= maxWord && cap(key) >= 8 && p.words.add(word(key[:8], len(key))) {
		return
	}
	for !p.table.Add(key, 1) {
		p.flush()
	}
}

// Count adds 1 to the count of each field of b. It overwrites fields.
func (p *Partial) Count(b []byte, fields []Field) {
	p.Fields += uint64(len(fields))
	if !p.many {
		rest := p.words.count(b, fields)
		p.many = len(rest) > len(fields)/2+fewFields
		fields = rest
	}
	for {
		fields = fields[p.table.Count(b, fields):]
		if len(fields) == 0 {
			return
		}
		p.flush()
	}
}

func (p *Partial) flush() {
	for _, counts := range []iter.Seq2[[]byte, uint64]{p.words.all(), p.table.All()} {
		for key, n := range counts {
			p.list = p.list.Append(key, n)
		}
	}
	p.words.reset()
	p.table.Reset()
}

// List returns the counts and starts afresh.
func (p *Partial) List() List {
	p.flush()
	l := p.list
	p.list, p.Fields, p.TooLong = nil, 0, false
	return l
}
