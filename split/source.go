package split

import (
	"encoding/binary"
	"io"
	"iter"
)

// Source is an input that can be cut into ranges and read at any offset.
//
// A regular file is a Source as it stands. Everything else is copied, as its
// bytes arrive, into an anonymous file that grows at one end and is released
// at the other (see [Source.Release]), so that a byte keeps its stream offset
// as file offset, and a worker maps a piece of a pipe as it maps a piece of a
// file.
//
// A Source is for one goroutine, but for ReadAt, Release and Stop, which may be
// called while another goroutine is in Ranges, and for Ranges of what is no
// stream.
type Source interface {
	// Locator is where a worker finds the bytes of a range that was yielded.
	Locator() Locator
	// Size is the number of bytes, or -1 as long as it is not known (a stream
	// that has not ended).
	Size() int64
	// Known is the offset up to which the input's bytes can be read at once.
	Known() int64
	// Start is the offset of the input's first byte: 0, but for a standard
	// input that was read in part before it was handed over.
	Start() int64
	// Stream reports whether the input is spooled, not mapped.
	Stream() bool
	// Reader reads a stream as it comes, for callers that need neither ranges nor
	// offsets; nil for a file. What it reads is not spooled. Stop ends a read.
	Reader() io.Reader
	// Decoder is what decodes the input, nil where nothing does, or before its
	// first bytes were read.
	Decoder() Decoder
	// ByteOrder is that of the UTF-16 which the input was decoded from and is to
	// be shown in, nil for others. It is known when the first range is.
	ByteOrder() binary.ByteOrder
	// ReadAt reads up to len(p) bytes at offset off of the input. At its end it
	// returns io.EOF with what is left. From a live stream it may return fewer
	// bytes without an error, but waits for at least one.
	ReadAt(p []byte, off int64) (int, error)
	// Ranges yields ranges of about these sizes from offset from on, which must
	// be the start of a record. Those of a stream have the greatest of them. It
	// ends after the first error.
	Ranges(from int64, sizes Sizes, terminator byte) iter.Seq2[Range, error]
	// Shrunk returns an error if the file has become shorter than Size. Reading
	// a page of the mapping that the file now ends in gives zeros, and no fault.
	Shrunk() error
	// Release says that no byte before offset off will be asked for again.
	Release(off int64)
	// Stop ends Ranges, also where it waits for a stream that gives nothing more
	// (but on Windows). It may be called again.
	Stop()
	// Close releases the input, which nobody may be reading; one that was
	// handed over open stays so, at its end.
	Close() error
}
