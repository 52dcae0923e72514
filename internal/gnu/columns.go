package gnu

import (
	"io/fs"
	"strconv"
	"strings"

	"github.com/linefork/linefork/internal/locale"
)

// Columns lays out rows of counts as wc does.
type Columns struct {
	Width  int // from the function Width; less than 1 counts as 1
	Locale locale.Locale
}

// Width returns the width of wc's columns: that of the largest number to be expected, which is the
// sum of the sizes of the regular files.
//
// files has an element for each operand, from os.Stat or, for standard input, from os.Stdin.Stat;
// nil means that the file cannot be examined. Without operands, standard input is the only one.
// numbers is how many numbers a row has. The rules of wc are these:
//
//   - With one operand and one number, nothing is aligned: the width is 1.
//   - Missing files do not count.
//   - Any operand that is not a regular file, such as a pipe or a directory, makes the width at
//     least 7.
//   - The names that --files0-from reads from a regular file are operands like others, even if they
//     are empty. If they come from anything else, or from more than 10 MiB, files is empty and the
//     width is 1.
//
// With --total=only, the width is always 1.
func Width(files []fs.FileInfo, numbers int) int {
	if len(files) == 1 && numbers == 1 {
		return 1
	}
	least := 1
	var sum uint64
	for _, file := range files {
		switch {
		case file == nil:
		case file.Mode().IsRegular():
			sum += uint64(file.Size())
		default:
			least = 7
		}
	}
	return max(least, len(strconv.FormatUint(sum, 10)))
}

// AppendRow appends a row to dst, with its newline: the numbers, right-aligned and separated by
// blanks, and the name, if there is one. A name is quoted only if it would otherwise break the row
// in two.
func (c Columns) AppendRow(dst []byte, numbers []int64, name string, hasName bool) []byte {
	for i, number := range numbers {
		if i > 0 {
			dst = append(dst, ' ')
		}
		var digits [20]byte
		text := strconv.AppendInt(digits[:0], number, 10)
		for range c.Width - len(text) {
			dst = append(dst, ' ')
		}
		dst = append(dst, text...)
	}
	if hasName {
		if strings.Contains(name, "\n") {
			name = Quote(name, c.Locale)
		}
		dst = append(dst, ' ')
		dst = append(dst, name...)
	}
	return append(dst, '\n')
}
