package split

import (
	"encoding/binary"
	"io"
	"iter"
)

// Source is an input that can be cut into ranges and read at any offset.
//
// A regular file is mapped as it is. Anything else is spooled: copied, as its bytes arrive, into an
// anonymous file that grows at one end and is released at the other (see [Source.Release]). The
// fileOffset of a byte is its offset in the stream, and a worker maps a range of a pipe as it maps
// a range of a file.
//
// A Source is for use by one goroutine, with two exceptions: ReadAt, Release and Stop may be called
// while another goroutine is in Ranges, and Ranges itself may be, unless the Source is a stream.
type Source interface {
	// Locator says where a worker finds the bytes of the ranges yielded so far.
	Locator() Locator
	// Size is the number of bytes, or -1 while a stream has not ended.
	Size() int64
	// Known is the fileOffset up to which bytes can be read without waiting.
	Known() int64
	// Start is the fileOffset of the input's first byte: 0, unless a standard input was read in
	// part before.
	Start() int64
	// Consumed is the number of bytes that were read of a stream so far, before they were decoded;
	// 0 for a file. Any goroutine may call it.
	Consumed() int64
	// Stream reports whether the input is spooled, not mapped.
	Stream() bool
	// Reader reads a stream as it arrives, for callers that need neither ranges nor offsets. It is
	// nil for a file. What it reads is not spooled. Stop ends a blocked read.
	Reader() io.Reader
	// Decoder is the decoder of the input, or nil if there is none or the first bytes have not been
	// read yet.
	Decoder() Decoder
	// ByteOrder is the byte order of the UTF-16 that the input was decoded from and is to be
	// printed in, or nil. It is known once the first range is.
	ByteOrder() binary.ByteOrder
	// ReadAt reads up to len(p) bytes at fileOffset. At the end it returns io.EOF with what is
	// left. From a live stream it may return fewer bytes without an error, but waits for at least
	// one.
	ReadAt(p []byte, fileOffset int64) (int, error)
	// EndAtNUL lets ranges end after a NUL, too, where no terminator is near: for callers to which
	// NULs end records in a binary file. It must be called before Ranges.
	EndAtNUL()
	// Ranges yields ranges of about these sizes, starting at fileOffset from, which must be the
	// start of a record. The ranges of a stream all have the greatest size. The iteration ends
	// after the first error. With that comes the range of what was read before it and is in no
	// other range; its last record may be incomplete. (If the error is not one of [ReadableTo], only
	// a stream was read up to there.)
	Ranges(from int64, sizes Sizes, terminator byte) iter.Seq2[Range, error]
	// Shrunk returns an error if the file is now shorter than Size. A mapping does not always tell:
	// the rest of the page that the file now ends in reads as zeros, without a fault.
	Shrunk() error
	// Release promises that no byte before fileOffset will be asked for again.
	Release(fileOffset int64)
	// Stop ends Ranges, even (except on Windows) while it waits for a silent stream. It may be
	// called again.
	Stop()
	// Close releases the input, which nobody may be reading any more. A file that the caller opened
	// stays open, positioned at its end.
	Close() error
}
