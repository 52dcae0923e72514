package grep

import (
	"unicode/utf8"

	"github.com/linefork/linefork/worker/window"
)

func (s *Scanner) sweep() {
	if s.task.Sweep != nil {
		s.task.Sweep()
	}
}

// isValid reports whether records are free of encoding errors. Where they are long it takes them step
// by step.
func (s *Scanner) isValid(b []byte) bool {
	for s.Pattern.Charset == "" && len(b) > longRecord {
		n := longRecord
		for n > longRecord-utf8.UTFMax && n > 1 && !utf8.RuneStart(b[n]) {
			n-- // not within a character, unless there is an error
		}
		if !s.valid(b[:n]) {
			return false
		}
		window.Passed(n)
		b = b[n:]
	}
	return s.valid(b)
}
