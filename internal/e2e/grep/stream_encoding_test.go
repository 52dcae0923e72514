//go:build unix

package grep

import (
	"compress/gzip"
	"io"
	"testing"

	"golang.org/x/text/encoding/unicode"
)

// encodedStream is a stream of UTF-16.
type encodedStream struct {
	*stream
	t   *testing.T
	enc func(string) (string, error)
	to  io.Writer
}

func openEncoded(t *testing.T, w way, packed bool, args ...string) *encodedStream {
	if !ofLinefork() {
		t.Skip("this is about an option of linefork")
	}
	s := &encodedStream{t: t}
	if packed {
		args = append(args, "--decompress")
	}
	s.stream = openStream(t, w, args...)
	s.enc = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewEncoder().String
	s.to = s.stdin
	if packed {
		s.to = gzip.NewWriter(s.stdin)
	}
	return s
}

// bytes writes bytes, which are sent at once.
func (s *encodedStream) bytes(b string) {
	s.t.Helper()
	if _, err := io.WriteString(s.to, b); err != nil {
		s.t.Fatal(err)
	}
	if w, ok := s.to.(*gzip.Writer); ok {
		if err := w.Flush(); err != nil {
			s.t.Fatal(err)
		}
	}
}

func (s *encodedStream) encode(text string) string {
	s.t.Helper()
	b, err := s.enc(text)
	if err != nil {
		s.t.Fatal(err)
	}
	return b
}

func (s *encodedStream) shut() {
	if w, ok := s.to.(*gzip.Writer); ok {
		w.Close()
	}
	s.stdin.Close()
}

// In UTF-16, too, a selected line is printed when it is complete.
func TestLineBufferedUTF16(t *testing.T) {
	for name, packed := range map[string]bool{"plain": false, "packed": true} {
		t.Run(name, func(t *testing.T) {
			streamWays(t, "1", func(t *testing.T, w way) {
				s := openEncoded(t, w, packed, "--line-buffered", "-n", "a")
				s.bytes("\xfe")
				s.bytes("\xff" + s.encode("x\na 2"))
				s.bytes(s.encode("\n"))
				s.read(s.encode("2:a 2\n"))
				later := s.encode("汉b\na😀\n")
				s.bytes(later[:1])
				s.bytes(later[1 : len(later)-5]) // within a surrogate pair
				s.bytes(later[len(later)-5:])
				s.read(s.encode("4:a😀\n"))
				s.bytes(s.encode("a 5"))
				s.shut()
				s.end(s.encode("5:a 5\n"), 0)
			})
		})
	}
}

// What is not a mark of UTF-16 is printed at once, too.
func TestLineBufferedMark(t *testing.T) {
	streamWays(t, "1", func(t *testing.T, w way) {
		s := openStream(t, w, "--line-buffered", "-an", "a")
		s.write("\xff")
		s.write("a\n")
		s.read("1:\xffa\n")
		s.write("b\na\n")
		s.read("3:a\n")
		s.stdin.Close()
		s.end("", 0)
	})
}

// An error in the middle comes after what was found before it.
func TestHalfUnit(t *testing.T) {
	streamWays(t, "1", func(t *testing.T, w way) {
		s := openEncoded(t, w, false, "--line-buffered", "--encoding=utf-16be",
			"--output-encoding=utf-8", "a")
		s.bytes(s.encode("a 1\n"))
		s.read("a 1\n")
		s.bytes(s.encode("a 2\na 3") + "\x00")
		s.shut()
		s.end("a 2\n", 2)
	})
}

// A run that has read enough of a pipe in UTF-16 ends.
func TestEndsEarlyUTF16(t *testing.T) {
	streamWays(t, "1", func(t *testing.T, w way) {
		s := openEncoded(t, w, false, "--encoding=utf-16be", "--output-encoding=utf-8",
			"-m1", "-n", "a")
		_, _ = io.WriteString(s.stdin, s.encode("b\na\nb\na\n"))
		s.end("2:a\n", 0)
	})
}
