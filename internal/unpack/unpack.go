// Package unpack reads gzip, bzip2, xz, zstd and lz4 archives, on several cores
// where an archive is made of parts that can be read apart.
//
//	switch format, more := unpack.Detect(header); {
//	case more:
//		… // show more of the input
//	case format != unpack.Plain:
//		r := unpack.NewReader(format, input, unpack.Options{Workers: 4})
//		defer r.Close()
//		… // r gives what was compressed
//	}
//
// # What runs side by side
//
// One goroutine finds where parts begin and end, without decompressing them;
// up to Workers others decompress parts; Read gives what they hold in order.
// What waits for its turn is bounded (see pipeline).
//
//   - gzip: the members of BGZF, as bgzip writes it, tell their length. Where
//     another member ends is known only when it has been decompressed, so that
//     these are read one after the other, by one goroutine.
//   - bzip2: the blocks, which begin with 48 known bits at any bit. Such bits may
//     also stand inside a block; see bzip2.go for how that is told.
//   - xz: the blocks. xz -T writes many, xz -T1 a single one.
//   - zstd, lz4: the frames. zstd and lz4 write a single one; pzstd, the seekable
//     format, and cat write many.
//
// A part of more than 32 MiB, compressed, is decompressed as it is read, and alone.
//
// # What is an error
//
// All checksums are verified. An archive that is cut off, or damaged, gives what
// stands before the damage and then an [Error]. So does what follows the end of
// an archive and is neither another one of its format nor a filling of NULs,
// which gzip and bzip2 have at the end of a tape: gzip and bzip2 only warn of
// it, but it may be a member whose first bytes are damaged. A cut exactly between
// two members or frames cannot be seen.
//
// Memory is limited: a window of zstd has up to 128 MiB, as zstd itself has it, and
// a dictionary of xz up to 64 MiB, as xz -9 makes it. More is an [Error].
package unpack

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// Format is a way to compress.
type Format uint8

// The formats.
const (
	Plain Format = iota // none of the others
	Gzip
	Bzip2
	XZ
	Zstd
	LZ4
)

func (f Format) String() string {
	return [...]string{"plain", "gzip", "bzip2", "xz", "zstd", "lz4"}[f]
}

// magics are what archives begin with; in the place of a '?' any byte of
// wild is allowed.
var magics = []struct {
	format Format
	magic  string
	wild   string
}{
	{Gzip, "\x1f\x8b\x08", ""},
	{Bzip2, "BZh?1AY&SY", "123456789"},
	{Bzip2, "BZh?\x17rE8P\x90", "123456789"}, // nothing compressed
	{XZ, "\xfd7zXZ\x00", ""},
	{Zstd, "\x28\xb5\x2f\xfd", ""},
	{Zstd, "?\x2a\x4d\x18", skippable}, // also of lz4, and both are understood then
	{LZ4, "\x04\x22\x4d\x18", ""},
	{LZ4, "\x02\x21\x4c\x18", ""}, // as lz4 -l has it
}

// skippable are the first bytes of frames that hold no data.
const skippable = "\x50\x51\x52\x53\x54\x55\x56\x57\x58\x59\x5a\x5b\x5c\x5d\x5e\x5f"

// HeaderSize is the number of bytes by which Detect can always tell a format.
const HeaderSize = 10

// Detect tells the format of an input by its first bytes. If more is true, more
// of them are needed to tell; an input that ends there is plain.
func Detect(header []byte) (f Format, more bool) {
	for _, m := range magics {
		n := min(len(header), len(m.magic))
		if !matches(header[:n], m.magic, m.wild) {
			continue
		}
		if n == len(m.magic) {
			return m.format, false
		}
		more = true
	}
	return Plain, more
}

// matches tells whether b is the beginning of a magic.
func matches(b []byte, magic, wild string) bool {
	for i, c := range b {
		if c != magic[i] && (magic[i] != '?' || bytes.IndexByte([]byte(wild), c) < 0) {
			return false
		}
	}
	return true
}

// Options are those of a reader.
type Options struct {
	// Workers is how many parts are decompressed at the same time, at least 1.
	Workers int
	// Waits, if set, tells whether a read of the input would wait. What is
	// there is then decompressed as far as possible, and not held until its
	// part is complete.
	Waits func() bool
}

// Reader gives what an archive holds. It is for one goroutine. Its errors are
// *Error, or what the input returned.
type Reader struct {
	p     *pipeline
	waits func() bool
}

// NewReader reads an archive of the format that Detect told of its first bytes,
// ahead of its caller. Until it is closed, or has come to its end, it uses in.
func NewReader(f Format, in io.Reader, o Options) *Reader {
	p := newPipeline(max(o.Workers, 1), o.Waits != nil)
	from := newInput(f, in, o.Waits)
	go func() { p.end(splitters[f](from, p)) }()
	return &Reader{p, o.Waits}
}

// splitters cut archives into parts, and begin to decompress these.
var splitters = [...]func(*input, *pipeline) error{
	Gzip: splitGzip, Bzip2: splitBzip2, XZ: splitXZ, Zstd: splitFrames, LZ4: splitFrames,
}

// Read reads what was compressed.
func (r *Reader) Read(b []byte) (int, error) { return r.p.read(b) }

// ByteOrder is nil: what an archive holds is given as it is.
func (r *Reader) ByteOrder() binary.ByteOrder { return nil }

// Idle tells that a Read may have to wait for more of a live input.
func (r *Reader) Idle() bool { return r.waits != nil && r.p.empty() && r.waits() }

// Close ends the decompression, not waiting for the input.
func (r *Reader) Close() error {
	r.p.close()
	return nil
}

// Error says that an archive is damaged, or cut off.
type Error struct {
	Format Format
	// Offset is a byte of the archive: where the part that is damaged begins, or
	// where the archive is cut off.
	Offset int64
	Err    error // io.ErrUnexpectedEOF for an archive that is cut off
}

func (e *Error) Error() string {
	if errors.Is(e.Err, io.ErrUnexpectedEOF) {
		return fmt.Sprintf("%v data cut off at byte %d", e.Format, e.Offset)
	}
	return fmt.Sprintf("%v data damaged at byte %d: %v", e.Format, e.Offset, e.Err)
}

func (e *Error) Unwrap() error { return e.Err }

// ErrDamaged is what each [Error] is.
var ErrDamaged = errors.New("damaged archive")

// Is reports whether target is ErrDamaged.
func (e *Error) Is(target error) bool { return target == ErrDamaged }

var (
	errGarbage  = errors.New("garbage behind the end")
	errChecksum = errors.New("checksum differs")
	errLength   = errors.New("length differs")
)
