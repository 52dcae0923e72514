package worker

import "github.com/linefork/linefork/worker/span"

// Few and short spans travel with their bytes. The coordinator would take as
// long for each of them, by a system call or a page fault, as for thousands of
// bytes that come with the result.
const (
	gatherBytes = 1 << 20  // of all spans of a range
	gatherList  = 64 << 10 // bytes of the encoded spans: some 20,000 of them
)

// gather returns the bytes of the spans of b, end to end; nil if they are too
// many.
func gather(spans span.List, numbered bool, b []byte) []byte {
	if len(spans) == 0 || len(spans) > gatherList {
		return nil
	}
	total, seen := int64(0), byte(0)
	for s := range spans.All(numbered) {
		if total += s.End - s.Start; total > gatherBytes {
			return nil
		}
		// The processor waits for memory here for many spans at once, and not for
		// each when it is copied.
		seen |= b[s.Start] | b[s.End-1]
	}
	data := make([]byte, 0, total+int64(seen>>7)) // seen is of use
	for s := range spans.All(numbered) {
		data = append(data, b[s.Start:s.End]...)
	}
	return data
}
