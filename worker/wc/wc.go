package wc

// Want is the set of things to count.
type Want uint8

// The things that can be counted, with the option of wc that asks for each.
const (
	Lines    Want = 1 << iota // -l
	Words                     // -w
	Chars                     // -m
	Bytes                     // -c
	MaxWidth                  // -L
)

// Counts holds totals. Fields that were not wanted are unspecified.
type Counts struct {
	Lines    int64 // newline characters
	Words    int64
	Chars    int64 // valid characters of the locale; bytes in the C locale
	Bytes    int64
	MaxWidth int64 // of the widest line, in terminal columns
}

// Add adds the counts of another range: c becomes the sums, and the larger MaxWidth. It is exact if
// every range starts at the start of the file or just after a newline; the package comment says
// why.
func (c *Counts) Add(d Counts) {
	c.Lines += d.Lines
	c.Words += d.Words
	c.Chars += d.Chars
	c.Bytes += d.Bytes
	c.MaxWidth = max(c.MaxWidth, d.MaxWidth)
}

// Names are those of the things in w, as in JSON, in the order in which wc prints them.
func (w Want) Names() (names []string) {
	for i, name := range []string{"lines", "words", "chars", "bytes", "max_line_length"} {
		if w>>i&1 != 0 {
			names = append(names, name)
		}
	}
	return names
}

// Wanted returns the counts that are in want, in the order of its Names.
func (c *Counts) Wanted(want Want) (counts []int64) {
	for i, n := range [...]int64{c.Lines, c.Words, c.Chars, c.Bytes, c.MaxWidth} {
		if want>>i&1 != 0 {
			counts = append(counts, n)
		}
	}
	return counts
}
