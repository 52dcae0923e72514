package print

import "strconv"

// What is plain is written in little time for each of many records.

// isPlain reports whether a selected record, or what matches in it, is written
// as it stands after a prefix that has neither colors nor tabs.
func (f *Format) isPlain(invert bool) bool {
	return f.Colors == Colors{} && !(f.OnlyMatching && invert) && !(f.InitialTab && f.hasPrefix())
}

// lines writes the matches in a record, each as matches does.
func (t *Text) lines(r *Record, check bool) (ok bool, err error) {
	for m, more := r.Matches(); more; m, more = r.Matches() {
		b := r.Bytes[m.Start:m.End]
		if check && !t.valid(b) {
			return false, nil
		}
		if err := t.line(r, m.Start, b); err != nil {
			return true, err
		}
	}
	return true, nil
}

// line writes bytes of a record, from offset at on, as prefix and whole do.
func (t *Text) line(r *Record, at int64, b []byte) error {
	prefix := t.w.AvailableBuffer() // it is made where it will be written from
	if t.Filename {
		prefix = append(prefix, r.Name...)
		if t.NullName {
			prefix = append(prefix, 0)
		} else {
			prefix = append(prefix, ':')
		}
	}
	if t.LineNumber {
		prefix = append(strconv.AppendUint(prefix, r.Line, 10), ':')
	}
	if t.ByteOffset {
		prefix = append(strconv.AppendInt(prefix, r.offset(at), 10), ':')
	}
	if len(prefix) > 0 {
		t.w.Write(prefix) // an error is kept
	}
	_, err := t.w.Write(b)
	if n := len(b); n == 0 || b[n-1] != t.terminator {
		err = t.w.WriteByte(t.terminator)
	}
	return err
}
