package print

import "strconv"

// isPlain reports whether a selected record, or what matches in it, is written
// as it stands behind a prefix that has neither colors nor tabs.
func (f *Format) isPlain(invert bool) bool {
	return f.Colors == Colors{} && !(f.OnlyMatching && invert) && !(f.InitialTab && f.hasPrefix())
}

// line writes bytes of a record, from offset at on, behind their prefix. It does
// what prefix and record do where the format is plain, in little time for each
// of many records.
func (t *Text) line(r *Record, at int64, b []byte) {
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
	t.w.Write(prefix) // an error is kept
	t.w.Write(b)
	if n := len(b); n == 0 || b[n-1] != t.terminator {
		t.w.WriteByte(t.terminator)
	}
}
