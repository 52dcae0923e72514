package unpack

import (
	"encoding/binary"
	"io"

	"github.com/pierrec/lz4/v4"
)

const (
	lz4Magic    = 0x184d2204
	legacyMagic = 0x184c2102
)

// lz4Frame reads a frame of lz4 (LZ4 Frame Format 1.6.4): a header, blocks with their lengths, an
// end mark, and perhaps a checksum.
func lz4Frame(in *input) *pieceReader {
	var flags byte
	started, ended := false, false
	return &pieceReader{in: in, next: func() (int64, error) {
		if ended {
			return 0, io.EOF
		}
		b, err := in.header(5)
		if !started && err == nil {
			started, flags = true, b[4]
			return 7 + 8*bit(flags, 3) + 4*bit(flags, 0), nil
		}
		if len(b) < 4 || !started {
			return 0, unexpected(err)
		}
		n := int64(binary.LittleEndian.Uint32(b))
		if n == 0 {
			ended = true
			return 4 + 4*bit(flags, 2), nil
		}
		return 4 + n&^(1<<31) + 4*bit(flags, 4), nil // the first bit means: not compressed
	}}
}

func bit(flags byte, n int) int64 { return int64(flags >> n & 1) }

// legacyFrame reads a frame that lz4 -l wrote: blocks with their lengths. It ends with the archive,
// or where a magic number comes instead of a length.
func legacyFrame(in *input) *pieceReader {
	const longest = 8<<20 + 8<<20/255 + 16
	started := false
	return &pieceReader{in: in, next: func() (int64, error) {
		if !started {
			started = true
			return 4, nil
		}
		b, err := in.header(4)
		if err != nil {
			return 0, err
		}
		n := int64(binary.LittleEndian.Uint32(b))
		if n == 0 || n > longest {
			return 0, io.EOF
		}
		return 4 + n, nil
	}}
}

func decompressLZ4(j *job, r io.Reader, _ int) error {
	// A new one for each frame: Reset keeps the window of the frame before (v4.1.33), from which a
	// damaged block then copies. The package has a pool of its own for the large buffers.
	z := lz4.NewReader(r)
	defer z.Reset(nil)
	if j.p.live { // its Read returns only when it has filled the buffer
		_, err := z.WriteTo(chunks{j})
		return err
	}
	return j.copy(z)
}

// chunks hands over what is written to it.
type chunks struct{ *job }

func (j chunks) Write(b []byte) (n int, err error) {
	for n < len(b) {
		k := copy(j.room(), b[n:])
		if err := j.added(k); err != nil {
			return n, err
		}
		n += k
	}
	return n, nil
}
