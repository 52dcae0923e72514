package regex

import "bytes"

// crlf is the strategy for records whose terminator may include a CR. Blocks without a CR are left
// to the strategy for plain terminators. In other blocks, records are looked at one by one; if
// there is a filter, only those that it finds.
type crlf struct {
	term  byte
	plain strategy
	// filter has no string with a terminator at its end; nil for none.
	filter *search
}

func (p *crlf) name() string { return p.plain.name() }

func (p *crlf) engine() engine {
	e := p.plain.engine()
	records := &regular{term: p.term, filter: p.filter, crlf: true, last: func() decider { return e }}
	return &crlfEngine{engine: e, records: records.engine()}
}

type crlfEngine struct {
	engine         // for plain terminators, and to decide on single records
	records engine // takes each record with its CR
}

func (e *crlfEngine) lines(b []byte, hits []int) []int {
	if bytes.IndexByte(b, '\r') < 0 {
		return e.engine.lines(b, hits)
	}
	return e.records.lines(b, hits)
}

func (e *crlfEngine) count(b []byte) int {
	if bytes.IndexByte(b, '\r') < 0 {
		return e.engine.count(b)
	}
	return e.records.count(b)
}
