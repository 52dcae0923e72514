package unpack

import (
	"errors"
	"io"
	"sync"

	"github.com/klauspost/compress/zstd"
)

const zstdMagic = 0xfd2fb528

// zstdFrame reads a frame of zstd (RFC 8878, section 3.1.1): a header, blocks with their lengths,
// and perhaps a checksum.
func zstdFrame(in *input) *pieceReader {
	var checksum int64
	var next func() (int64, error)
	end := func() (int64, error) { return 0, io.EOF }
	block := func() (int64, error) {
		b, err := in.header(3)
		if err != nil {
			return 0, unexpected(err)
		}
		head := uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16
		n := int64(head >> 3)
		switch head >> 1 & 3 {
		case 1: // one byte, repeated
			n = 1
		case 3:
			return 0, errors.New("reserved type of block")
		}
		n += 3
		if head&1 != 0 { // the last one
			n += checksum
			next = end
		}
		return n, nil
	}
	next = func() (int64, error) {
		b, err := in.header(5)
		if err != nil {
			return 0, unexpected(err)
		}
		next = block
		flags := b[4]
		n := 5 + []int64{0, 1, 2, 4}[flags&3] + []int64{0, 2, 4, 8}[flags>>6]
		if single := flags>>5&1 != 0; !single || flags>>6 == 0 {
			n++ // the size of the window, or a content size of one byte
		}
		if flags>>2&1 != 0 {
			checksum = 4
		}
		return n, nil
	}
	return &pieceReader{in: in, next: func() (int64, error) { return next() }}
}

// unexpected returns err, or io.ErrUnexpectedEOF instead of io.EOF.
func unexpected(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// zstdWindow is the largest window that zstd -d accepts by default.
const zstdWindow = 128 << 20

// zstdDecoders use one goroutine each.
var zstdDecoders = sync.Pool{New: func() any { return newZstd(1) }}

func newZstd(workers int) *zstd.Decoder {
	// Wrong options are the only error.
	z, _ := zstd.NewReader(nil, zstd.WithDecoderConcurrency(workers),
		zstd.WithDecoderMaxWindow(zstdWindow))
	return z
}

func decompressZstd(j *job, r io.Reader, workers int) error {
	var z *zstd.Decoder
	if workers == 1 {
		z = zstdDecoders.Get().(*zstd.Decoder)
		defer zstdDecoders.Put(z)
		defer z.Reset(nil)
	} else {
		z = newZstd(workers)
		defer z.Close()
	}
	if err := z.Reset(r); err != nil {
		return err
	}
	err := j.copy(z)
	if errors.Is(err, zstd.ErrFrameSizeExceeded) || errors.Is(err, zstd.ErrFrameSizeMismatch) {
		// The block with which the frame became too long: with several goroutines it comes before the
		// error, otherwise after it.
		_ = j.copy(z)
	}
	return err
}
