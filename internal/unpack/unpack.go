// Package unpack decompresses gzip, bzip2, xz, zstd and lz4 archives, on several cores if an
// archive consists of pieces that can be decompressed independently.
//
//	switch format, more := unpack.Detect(header); {
//	case more:
//		… // pass more of the input
//	case format != unpack.Plain:
//		r := unpack.NewReader(format, input, unpack.Options{Workers: 4})
//		defer r.Close()
//		… // r reads the content
//	}
//
// # What runs in parallel
//
// One goroutine finds where pieces start and end, without decompressing them; up to Workers others
// decompress them; Read returns their content in order. The amount of data that waits for its turn
// is bounded (see pipeline).
//
//   - gzip: members of BGZF, the format of bgzip, store their length. The end of any other member
//     is known only when it has been decompressed, so these are decompressed one after the other,
//     by one goroutine.
//   - bzip2: the blocks, which start with a magic number of 48 bits at any bit position. The same
//     bits may appear inside a block; see bzip2.go for how that is handled.
//   - xz: the blocks. xz -T0 writes many, xz -T1 a single one.
//   - zstd, lz4: the frames. zstd and lz4 write a single one; pzstd and the seekable format have
//     many, as do concatenated archives.
//
// A piece of more than 32 MiB (compressed) is decompressed as it is read, and alone.
//
// # What is an error
//
// All checksums are verified. A truncated or damaged archive yields the content before the damage
// and then an [Error].
//
// So does anything after the end of an archive that is neither another archive of its format nor
// (for gzip, bzip2 and xz) padding of NULs. gzip and bzip2 only warn about it, but it may be a
// member whose first bytes are damaged. Truncation exactly between two members or frames cannot be
// detected.
//
// Memory is limited: a zstd window of more than 128 MiB, the limit of zstd itself, or an xz
// dictionary of more than 64 MiB, the size that xz -9 uses, is an [Error].
package unpack

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// Format is a compression format.
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

// magics are what archives start with. A '?' stands for any byte of wild.
var magics = []struct {
	format Format
	magic  string
	wild   string
}{
	{Gzip, "\x1f\x8b\x08", ""},
	{Bzip2, "BZh?1AY&SY", "123456789"},
	{Bzip2, "BZh?\x17rE8P\x90", "123456789"}, // an empty archive
	{XZ, "\xfd7zXZ\x00", ""},
	{Zstd, "\x28\xb5\x2f\xfd", ""},
	{Zstd, "?\x2a\x4d\x18", skippable}, // also of lz4; both are understood after that
	{LZ4, "\x04\x22\x4d\x18", ""},
	{LZ4, "\x02\x21\x4c\x18", ""}, // as lz4 -l writes it
}

// skippable are the first bytes of frames that hold no data.
const skippable = "\x50\x51\x52\x53\x54\x55\x56\x57\x58\x59\x5a\x5b\x5c\x5d\x5e\x5f"

// HeaderSize is the number of bytes that are always enough for Detect.
const HeaderSize = 10

// Detect returns the format of an input, given its first bytes. If more is true, more of them are
// needed; an input that ends there is plain.
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

// matches reports whether b is the start of a magic.
func matches(b []byte, magic, wild string) bool {
	for i, c := range b {
		if c != magic[i] && (magic[i] != '?' || bytes.IndexByte([]byte(wild), c) < 0) {
			return false
		}
	}
	return true
}

// Options are the options of a reader.
type Options struct {
	// Workers is how many goroutines decompress at the same time, at least 1.
	Workers int
	// Waits, if set, reports whether a read of the input would block. What has arrived is then
	// decompressed as far as possible, and not held until its piece is complete.
	Waits func() bool
}

// Reader reads the content of an archive. It is for use by one goroutine. Its errors are an *Error
// or that of the input.
type Reader struct {
	p     *pipeline
	waits func() bool
}

// NewReader returns a reader of an archive, whose format is known from Detect. It reads ahead of
// its caller, and uses in until it is closed or has come to its end.
func NewReader(f Format, in io.Reader, o Options) *Reader {
	p := newPipeline(max(o.Workers, 1), o.Waits != nil)
	from := newInput(f, in, o.Waits)
	go func() { p.end(splitters[f](from, p)) }()
	return &Reader{p, o.Waits}
}

// splitters cut archives into pieces and start jobs to decompress these.
var splitters = [...]func(*input, *pipeline) error{
	Gzip: splitGzip, Bzip2: splitBzip2, XZ: splitXZ, Zstd: splitFrames, LZ4: splitFrames,
}

// Read reads decompressed bytes.
func (r *Reader) Read(b []byte) (int, error) { return r.p.read(b) }

// ByteOrder returns nil: the content of an archive is not converted.
func (r *Reader) ByteOrder() binary.ByteOrder { return nil }

// Idle reports whether Read may block until a live input delivers more.
func (r *Reader) Idle() bool { return r.waits != nil && r.p.empty() && r.waits() }

// Close ends the decompression. It does not wait for a read of the input.
func (r *Reader) Close() error {
	r.p.close()
	return nil
}

// Error means that an archive is damaged or truncated.
type Error struct {
	Format Format
	// Offset is the offset in the archive at which the damaged piece starts, or at which the
	// archive is truncated.
	Offset int64
	Err    error // io.ErrUnexpectedEOF for a truncated archive
}

func (e *Error) Error() string {
	if errors.Is(e.Err, io.ErrUnexpectedEOF) {
		return fmt.Sprintf("%v data cut off at byte %d", e.Format, e.Offset)
	}
	return fmt.Sprintf("%v data damaged at byte %d: %v", e.Format, e.Offset, e.Err)
}

func (e *Error) Unwrap() error { return e.Err }

// ErrDamaged is what errors.Is finds in every [Error].
var ErrDamaged = errors.New("damaged archive")

// Is reports whether target is ErrDamaged.
func (e *Error) Is(target error) bool { return target == ErrDamaged }

var (
	errGarbage  = errors.New("garbage behind the end")
	errChecksum = errors.New("checksum differs")
	errLength   = errors.New("length differs")
)
