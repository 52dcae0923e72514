package bench

import (
	"bytes"
	"errors"
	"io"
	"unicode"
	"unicode/utf8"
)

// A sample is some of the file, from which keys and patterns are taken.
type sample struct {
	lines  [][]byte // in the order of the file; without their ends
	middle int      // index of one from the middle of the file
	all    []byte   // all that was read, for counting
	start  []byte   // of the file
}

const (
	samplePieces = 32
	pieceSize    = 64 << 10
)

// readSample reads pieces of the file that lie evenly apart, and cuts them into whole lines. Where
// a piece has none, it stands for a line itself.
func readSample(f io.ReaderAt, size int64) (*sample, error) {
	s := new(sample)
	pieces := min(samplePieces, (size+pieceSize-1)/pieceSize)
	for i := range pieces {
		at := i * pieceSize
		if pieces == samplePieces {
			at = i * (size - pieceSize) / (samplePieces - 1)
		}
		piece := make([]byte, pieceSize)
		n, err := f.ReadAt(piece, at)
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, err
		}
		piece = piece[:n]
		if i == 0 {
			s.start = piece
		}
		s.all = append(append(s.all, piece...), '\n')
		if i == pieces/2 {
			s.middle = len(s.lines)
		}
		s.lines = append(s.lines, wholeLines(piece, at == 0, at+int64(n) == size)...)
	}
	s.middle = min(s.middle, len(s.lines)-1)
	if pieces == 1 {
		s.middle = len(s.lines) / 2
	}
	return s, nil
}

// wholeLines cuts a piece of the file into lines, without the first and the last one if they may
// have begun before the piece and go on behind it.
func wholeLines(piece []byte, first, last bool) [][]byte {
	lines := bytes.Split(piece, []byte{'\n'})
	if !first && len(lines) > 1 {
		lines = lines[1:]
	}
	if (!last || len(lines[len(lines)-1]) == 0) && len(lines) > 1 {
		lines = lines[:len(lines)-1]
	}
	for i, l := range lines {
		lines[i] = bytes.TrimSuffix(l, []byte{'\r'})
	}
	return lines
}

// fromMiddle visits the lines of the sample from the one in the middle on, and then those before
// it, until visit returns true.
func (s *sample) fromMiddle(visit func(line []byte) bool) {
	for i := range s.lines {
		if visit(s.lines[(s.middle+i)%len(s.lines)]) {
			return
		}
	}
}

// isPlain reports whether text can stand in a command line and in a report, of whatever system: it
// is valid UTF-8 without control characters, and neither empty nor long.
func isPlain(text []byte) bool {
	const longest = 128 // bytes
	if len(text) == 0 || len(text) > longest || !utf8.Valid(text) {
		return false
	}
	return bytes.IndexFunc(text, func(r rune) bool { return !unicode.IsPrint(r) }) < 0
}

// words calls visit with each word of a line: letters and digits in a row, at most as many as most
// words have; scripts that put no spaces between words are cut into pieces of two letters.
func words(line []byte, visit func(word []byte)) {
	const longest = 16 // letters
	start, n := 0, 0
	flush := func(end int) {
		if n >= 2 && n <= longest {
			visit(line[start:end])
		}
		start, n = end, 0
	}
	for i := 0; i < len(line); {
		r, size := utf8.DecodeRune(line[i:])
		switch {
		case r == utf8.RuneError && size == 1, !unicode.IsLetter(r) && !unicode.IsDigit(r):
			flush(i)
			start = i + size
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai) && n == 2:
			flush(i)
			n = 1
		default:
			n++
		}
		i += size
	}
	flush(len(line))
}
