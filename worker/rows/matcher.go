package rows

import (
	"math"
	"slices"

	"github.com/linefork/linefork/worker/charset"
)

// Matcher is a compiled Spec, safe for use by several goroutines.
type Matcher struct {
	// Spec is what was compiled, but if one of its conditions holds for no row there
	// is the opposite Invert instead of them all.
	Spec
	tests []test
	key   int // index in Task.Columns of the key that is counted
	// charset is the encoding of the records, nil for UTF-8. If it is ambiguous,
	// decoded is the Matcher for the text of whole ranges, and the rest is not used.
	charset *charset.Charset
	decoded *Matcher

	plan    plan
	literal []byte // with the plan candidates: the only key of
	search  int    // the condition with this index
	// unseen says that the records that the plan does not look at are selected.
	unseen bool
	// most is the length of the longest value, in bytes, that needs to be known.
	most int
}

// Check returns an error that says which key or byte of the Spec is wrong.
func (s *Spec) Check() error {
	if err := s.Dialect.Check(); err != nil {
		return err
	}
	for i := range s.Where {
		if err := s.Where[i].check(); err != nil {
			return err
		}
	}
	return nil
}

// Compile checks and prepares a Spec. The keys belong to the Matcher from then
// on. The error is that of Check, or says that the charset is not known.
func Compile(s Spec) (*Matcher, error) {
	if err := s.Check(); err != nil {
		return nil, err
	}
	m := &Matcher{Spec: s, key: len(s.Where)}
	if s.Charset != "" {
		e, err := charset.Lookup(s.Charset)
		if err != nil {
			return nil, err
		}
		m.charset = e.Charset
		if Ambiguous(m.charset, s.Dialect) {
			s.Charset = ""
			m.decoded, err = Compile(s)
			return m, err
		}
	}
	if slices.ContainsFunc(s.Where, Condition.never) {
		m.Where, m.Invert = nil, !s.Invert
	}
	for i, c := range m.Where {
		m.tests = append(m.tests, newTest(c, i, m.charset))
	}
	m.setPlan()
	m.setMost()
	return m, nil
}

func (m *Matcher) setMost() {
	if m.Tally {
		m.most = math.MaxInt - 1
	}
	for i := range m.tests {
		m.most = max(m.most, m.tests[i].longest())
	}
}

// countsAll reports whether the key of every record is counted as it stands.
func (m *Matcher) countsAll() bool {
	return m.Tally && len(m.tests) == 0 && !m.Invert && m.charset == nil
}
