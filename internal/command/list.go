package command

import (
	"bytes"
	"fmt"
	"io"
	"slices"
)

// list says how long a list that an option names may be. Without bounds, one without an end, such as
// /dev/zero, would take all memory. No list that GNU tools can work with in practice reaches them.
type list struct {
	item    string // what an entry is called
	end     byte   // what ends an entry
	longest int    // bytes of an entry, without its end
	most    int    // bytes of the list
	entries int    // how many; 0 for any number
}

var (
	patternList = list{item: "pattern", end: '\n', longest: 64 << 20, most: 1 << 30}
	nameList    = list{item: "file name", end: 0, longest: 1 << 20, most: 1 << 30, entries: 16 << 20}
)

// limitError means that a list exceeds one of its bounds.
type limitError string

func (e limitError) Error() string { return string(e) }

// read reads a list. The error is that of r, or a limitError.
func (l *list) read(r io.Reader) (b []byte, err error) {
	const piece = 64 << 10
	start, entries := 0, 0 // of the last entry; before it
	for err == nil {
		b = slices.Grow(b, piece)
		var n int
		n, err = r.Read(b[len(b) : len(b)+piece])
		first, last := bytes.IndexByte(b[len(b):len(b)+n], l.end), -1
		if first >= 0 {
			last = bytes.LastIndexByte(b[len(b):len(b)+n], l.end)
			entries += bytes.Count(b[len(b):len(b)+n], []byte{l.end})
		}
		end := len(b) + n // of the entry that started first
		if first >= 0 {
			end = len(b) + first
		}
		switch {
		case end-start > l.longest:
			return nil, limitError(fmt.Sprintf("a %s of more than %s", l.item, inMiB(l.longest)))
		case l.entries > 0 && entries > l.entries:
			return nil, limitError(fmt.Sprintf("more than %d %ss", l.entries, l.item))
		case len(b)+n > l.most:
			return nil, limitError(fmt.Sprintf("more than %s of %ss", inMiB(l.most), l.item))
		}
		if last >= 0 {
			start = len(b) + last + 1
		}
		b = b[:len(b)+n]
	}
	if err == io.EOF {
		err = nil
	}
	return b, err
}

func inMiB(bytes int) string { return fmt.Sprintf("%d MiB", bytes>>20) }
