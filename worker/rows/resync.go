package rows

// resyncLimit is how many bytes after the first quote the two readings of a
// range may take to meet. Text meets within a record or two; what does not
// meet here may never, and costs a second scan only where it is needed.
const resyncLimit = 1 << 20

// resync works out the other reading of the range, in which it begins inside
// quotes, until that has a record border in common with this one, whose border
// o is the last one before the first quote.
func (s *Scanner) resync(o int) {
	i := s.skipInside()
	if s.res.Tail < 0 {
		return
	}
	alt, count := newEmitter(&s.m.Spec), lineCount{}
	for limit := i + resyncLimit; o != i; {
		if o < i {
			r, ok := s.parse(o, false)
			if !ok || r.end > limit {
				return
			}
			o = r.end
			continue
		}
		r, ok := s.parse(i, false)
		if !ok || r.end > limit {
			return
		}
		if s.selects(r) {
			switch {
			case s.tallies != nil:
				s.count(s.tallies.alt, r)
			case s.m.Each:
				alt.add(&s.m.Spec, s.b, i, r.end, 1, count.before(s.b, i, s.passing))
			default:
				alt.add(&s.m.Spec, s.b, i, r.end, 1, 0)
			}
		}
		i = r.end
	}
	s.res.Alt, s.res.Converged, s.border = alt.part(), true, o
}

// skipInside returns where the first record starts in a range that begins
// inside quotes.
func (s *Scanner) skipInside() int {
	end, ok := s.parser.parse(s.b, 0, nil, true)
	if ok {
		s.res.Tail = int64(end)
	}
	return end
}
