// Package taxi generates CSV files of synthetic taxi positions, of any size.
//
// A row is one position report of one taxi, about 53 bytes long, without quotes, and ends with a
// line feed:
//
//	id,datetime,lng,lat,speed,heading,occupied
//	11865,2013-10-22 08:45:13,114.97201,30.75123,45,359,1
//
// The id is one of 20,000 taxis, 10000 to 29999; the time is in October 2013, the place in a square
// of one degree around 114.5° E, 30.5° N; the speed is 0 to 79, the heading 0 to 359, and half of
// the taxis are occupied. Every field is drawn evenly and independently of the others, with one
// exception: one row in 400 is a report of [Planted], so that a filter by that key finds a handful
// of rows in a small sample and a steady trickle of them in a large file.
//
// The bytes depend only on the options. The same seed gives the same rows on every machine and in
// every later version, and a shorter file is the start of a longer one, so that a file can be named
// by its seed and size instead of being shipped.
package taxi

import (
	"fmt"
	"io"
	"math"
	"math/bits"
)

// Header is the header line, without its line feed.
const Header = "id,datetime,lng,lat,speed,heading,occupied"

// Planted is the id of the taxi that reports once in 400 rows, besides the rows that it gets by
// chance like any other.
const Planted = "11865"

const (
	plantEvery = 400
	plantAt    = 203 // not 0, so that the first row is an ordinary one

	// The size of a huge page. Written in such pieces, the file is in the page cache in large
	// folios, which makes reading it through a mapping up to twice as fast.
	pieceSize = 2 << 20
	maxRow    = len("11865,2013-10-22 08:45:13,114.97201,30.75123,45,359,1\n")
)

// Options describe a file. Rows, if positive, takes precedence over Size.
type Options struct {
	// Size is the most bytes to write, with the header. The file ends before the first row that
	// would exceed it, and so with a whole row.
	Size int64

	Rows   int64 // number of rows, without the header
	Seed   uint64
	Header bool // start with the header line
}

// Write writes the file that o describes to w and returns the number of bytes written. It writes in
// large pieces and stops at the first error of w.
func Write(w io.Writer, o Options) (n int64, err error) {
	size, rows := o.Size, int64(math.MaxInt64)
	if o.Rows > 0 {
		size, rows = math.MaxInt64, o.Rows
	}

	buf := make([]byte, 0, pieceSize+maxRow)
	if o.Header {
		if size <= int64(len(Header)) {
			return 0, nil
		}
		buf = append(append(buf, Header...), '\n')
	}
	size -= int64(len(buf))

	g := generator{state: o.Seed}
	for ; rows > 0 && size > 0; rows-- {
		end := len(buf) + g.row((*[maxRow]byte)(buf[len(buf):cap(buf)]))
		if size -= int64(end - len(buf)); size < 0 {
			break
		}
		if buf = buf[:end]; end >= pieceSize {
			m, err := write(w, buf[:pieceSize])
			if n += int64(m); err != nil {
				return n, err
			}
			buf = append(buf[:0], buf[pieceSize:]...)
		}
	}
	m, err := write(w, buf)
	return n + int64(m), err
}

func write(w io.Writer, b []byte) (int, error) {
	n, err := w.Write(b)
	if err == nil && n < len(b) {
		err = io.ErrShortWrite
	}
	if err != nil {
		return n, fmt.Errorf("write taxi rows: %w", err)
	}
	return n, nil
}

// template is the start of a row, whose fields have fixed widths. generator.row overwrites the
// random digits.
const template = "00000,2013-10-00 00:00:00,114.00000,30.00000,"

// pairs holds the two digits of each number below 100.
const pairs = "" +
	"00010203040506070809" + "10111213141516171819" +
	"20212223242526272829" + "30313233343536373839" +
	"40414243444546474849" + "50515253545556575859" +
	"60616263646566676869" + "70717273747576777879" +
	"80818283848586878889" + "90919293949596979899"

// generator is a splitmix64 generator (G. L. Steele, D. Lea, C. H. Flood, 2014) and the number of
// rows drawn.
//
// One output, read as a binary fraction of 64 bits, serves several fields: multiplied by n, its
// integer part is evenly distributed over 0 to n-1, and the remaining fraction is the source of the
// next field. The fields of a row take about 37 and 48 bits, so that no bias is noticeable.
type generator struct {
	state uint64
	rows  uint64
}

func (g *generator) next() uint64 {
	g.state += 0x9e3779b97f4a7c15
	z := g.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// row draws the next row into b and returns its length.
func (g *generator) row(b *[maxRow]byte) int {
	copy(b[:], template)

	var v uint64
	f := g.next()
	v, f = bits.Mul64(f, 2)
	b[0] = '1' + byte(v)
	f = pair(b, 1, f, 100)
	f = pair(b, 3, f, 100)
	v, f = bits.Mul64(f, 31)
	put(b, 14, v+1)
	f = pair(b, 17, f, 24)
	f = pair(b, 20, f, 60)
	f = pair(b, 23, f, 60)
	occupied, _ := bits.Mul64(f, 2)

	f = g.next()
	v, f = bits.Mul64(f, 10)
	b[30] = '0' + byte(v)
	f = pair(b, 31, f, 100)
	f = pair(b, 33, f, 100)
	v, f = bits.Mul64(f, 10)
	b[39] = '0' + byte(v)
	f = pair(b, 40, f, 100)
	f = pair(b, 42, f, 100)
	speed, f := bits.Mul64(f, 80)
	heading, _ := bits.Mul64(f, 360)

	if g.rows%plantEvery == plantAt {
		copy(b[:], Planted)
	}
	g.rows++

	n := len(template)
	if speed >= 10 {
		b[n] = '0' + byte(speed/10)
		n++
	}
	b[n] = '0' + byte(speed%10)
	b[n+1] = ','
	n += 2
	if heading >= 100 {
		b[n] = '0' + byte(heading/100)
		n++
	}
	if heading >= 10 {
		b[n] = '0' + byte(heading/10%10)
		n++
	}
	b[n] = '0' + byte(heading%10)
	b[n+1] = ','
	b[n+2] = '0' + byte(occupied)
	b[n+3] = '\n'
	return n + 4
}

// pair draws a number below n from f, puts its two digits at b[i] and returns the remaining
// fraction.
func pair(b *[maxRow]byte, i int, f, n uint64) uint64 {
	v, f := bits.Mul64(f, n)
	put(b, i, v)
	return f
}

func put(b *[maxRow]byte, i int, v uint64) {
	d := pairs[2*v : 2*v+2]
	b[i], b[i+1] = d[0], d[1]
}
