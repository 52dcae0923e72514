package unpack

import (
	"bytes"
	"errors"
	"os/exec"
	"testing"

	"pgregory.net/rapid"
)

// bits is a growing string of bits.
type bits struct {
	b    []byte
	used int
}

func (w *bits) add(v uint64, n int) {
	if w.b == nil {
		w.used = 8
	}
	w.b, w.used = appendBits(w.b, w.used, v, n)
}

// withMagic puts a magic number into the first block of an archive: among the selectors of Huffman
// tables, where unused ones do no harm. It returns nil if the block has fewer than four tables.
func withMagic(archive []byte, magic uint64) []byte {
	in := &segment{data: archive, bits: 8 * len(archive)}
	at := 0
	next := func(n int) uint64 {
		at += n
		return in.uint(at-n, n)
	}
	out := &bits{}
	copyBits := func(n int) uint64 {
		v := next(n)
		out.add(v, n)
		return v
	}
	copyBits(32) // BZh9
	copyBits(48) // magic
	copyBits(32) // checksum
	copyBits(25)
	groups := copyBits(16)
	for i := range 16 {
		if groups>>i&1 != 0 {
			copyBits(16)
		}
	}
	if tables := copyBits(3); tables < 4 {
		return nil
	}
	n := next(15)
	more := uint64(1) // the bit after the magic number
	for i := range magicBits {
		more += ^magic >> i & 1
	}
	out.add(n+more, 15)
	for range n {
		for copyBits(1) != 0 {
		}
	}
	out.add(magic, magicBits)
	out.add(0, 1)
	// The trailer, and the bits that fill its last byte, move.
	end := len(archive)*8 - endBits
	for in.uint(end, magicBits) != endMagic {
		end--
	}
	for at < end+endBits {
		copyBits(1)
	}
	return out.b
}

// TestMagicInside reads blocks that contain the magic number of a block or a trailer.
func TestMagicInside(t *testing.T) {
	for _, magic := range []uint64{blockMagic, endMagic} {
		data := text(8, 250_000)
		archive := withMagic(compress(t, []string{"bzip2", "-1"}, data), magic)
		if archive == nil {
			t.Fatal("too few tables")
		}
		cmd := exec.Command("bzip2", "-dc")
		cmd.Stdin = bytes.NewReader(archive)
		if out, err := cmd.Output(); err != nil || !bytes.Equal(out, data) {
			t.Fatalf("bzip2 itself reads %d bytes: %v", len(out), err)
		}
		for _, workers := range []int{1, 2, 3} {
			got, err := unpack(t, archive, workers)
			if err != nil || !bytes.Equal(got, data) {
				t.Errorf("%x: %d bytes, %v", magic, len(got), err)
			}
		}
		// The same, with damage after it.
		b := bytes.Clone(archive)
		b[len(b)/2] ^= 4
		got, err := unpack(t, b, 2)
		if !errors.As(err, new(*Error)) || !bytes.HasPrefix(data, got) {
			t.Errorf("damaged: %d bytes, %v", len(got), err)
		}
	}
}

// TestLargeBlocks reads blocks with more bytes than are held until they are verified.
func TestLargeBlocks(t *testing.T) {
	data := append(bytes.Repeat([]byte("a"), 20_000_000), "end\n"...)
	archive := compress(t, []string{"bzip2", "-9"}, data)
	got, err := unpack(t, archive, 2)
	if err != nil || !bytes.Equal(got, data) {
		t.Errorf("%d bytes, %v", len(got), err)
	}
	archive[30] ^= 1
	if got, err := unpack(t, archive, 2); err == nil || len(got) > 0 {
		t.Errorf("damaged: %d bytes, %v", len(got), err)
	}
}

// TestSegments compares the bits of segments with those that they were made of.
func TestSegments(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var whole bits
		lengths := rapid.SliceOfN(rapid.IntRange(1, 70), 3, 3).Draw(t, "lengths")
		skip := rapid.IntRange(0, 7).Draw(t, "skip")
		whole.add(0, skip)
		values := make([]uint64, 3)
		for i, n := range lengths {
			lengths[i] = min(n, 64)
			values[i] = rapid.Uint64().Draw(t, "value") >> (64 - lengths[i])
			whole.add(values[i], lengths[i])
		}
		at := skip
		var joined *segment
		for i, n := range lengths {
			g := &segment{data: bytes.Clone(whole.b[at/8 : (at+n+7)/8]), skip: at % 8, bits: n}
			if got := g.uint(0, n); got != values[i] {
				t.Fatalf("segment %d is %x, not %x", i, got, values[i])
			}
			if joined == nil {
				joined = g
			} else {
				joined = joined.join(g)
			}
			at += n
		}
		at = 0
		for i, n := range lengths {
			if got := joined.uint(at, n); got != values[i] {
				t.Fatalf("joined, segment %d is %x, not %x", i, got, values[i])
			}
			at += n
		}
	})
}

// TestStreamChecksum damages the checksum of the stream.
func TestStreamChecksum(t *testing.T) {
	archive := compress(t, []string{"bzip2", "-1"}, text(9, 250_000))
	archive[len(archive)-3] ^= 1
	var e *Error
	if _, err := unpack(t, archive, 2); !errors.As(err, &e) || e.Err != errChecksum {
		t.Errorf("error %v", err)
	}
}
