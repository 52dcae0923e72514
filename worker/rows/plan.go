package rows

import "bytes"

// plan says which records are looked at, besides those that hold a quote.
type plan uint8

const (
	// eachRecord looks at all records.
	eachRecord plan = iota
	// candidates looks at the records that hold the only key of a condition, which
	// is searched as bytes: the condition does not hold for any other.
	candidates
	// noRecord looks at none: there is no condition.
	noRecord
)

// setPlan chooses the plan. Of several keys that can be searched it takes the
// longest, which is found most rarely.
func (m *Matcher) setPlan() {
	if m.Escape != 0 {
		return // which may stand before any LF
	}
	if len(m.tests) == 0 {
		m.plan, m.unseen = noRecord, !m.Invert
		return
	}
	for i := range m.tests {
		if key := m.tests[i].searchable(m.Dialect); len(key) > len(m.literal) {
			m.plan, m.unseen = candidates, m.Invert
			m.literal, m.search = key, i
		}
	}
}

// skips reports whether the plan serves for a task: what is not looked at cannot
// be told apart.
func (m *Matcher) skips(t *Task) bool {
	return m.plan != eachRecord && !(m.unseen && (m.Each || m.Tally || t.Max > 0))
}

// searchable returns the key if a search for its bytes finds every unquoted field
// that the test holds for: one key, compared as bytes, that holds none of the
// bytes that end or quote a field.
func (t *test) searchable(d Dialect) []byte {
	if t.numeric || t.decodes != nil || t.keys.Len() != 1 {
		return nil
	}
	key := t.keys.At(0)
	if len(key) == 0 || len(key) > mostLiteral {
		return nil
	}
	for _, c := range []byte{d.Delimiter, d.stop(), '\r', '\n'} {
		if bytes.IndexByte(key, c) >= 0 {
			return nil
		}
	}
	return key
}

// mostLiteral is the length of a key, in bytes, up to which it is searched: far
// less than a step, and more than any key.
const mostLiteral = 64 << 10
