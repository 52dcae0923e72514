package unpack

import (
	"bytes"
	"encoding/binary"
	"io"
	"sync"

	"github.com/klauspost/compress/gzip"
)

// splitGzip cuts an archive into its members (RFC 1952, section 2.2).
//
// A member of BGZF (the specification of SAM, section 4.1) holds at most 64 KiB
// and tells its length in an extra field, so that many of them are cut off
// without decompressing any. That the length is true is verified when they are.
// A run of members without that field is one part, which is decompressed as it
// is read.
func splitGzip(in *input, p *pipeline) error {
	for {
		err := gzipMember(in)
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return in.fail(in.offset(), err)
		}
		if bgzfLength(in) > 0 {
			err = splitBGZF(in, p)
		} else {
			err = splitMembers(in, p)
		}
		if err != nil {
			return err
		}
	}
}

// gzipMember tells whether a member comes next; if not, it is an error, io.EOF
// at the end of the archive or of the NULs that fill it up.
func gzipMember(in *input) error {
	switch b, err := in.header(2); {
	case len(b) == 0:
		return err
	case b[0] == 0: // gzip takes a member behind NULs for garbage, too
		if _, err := in.zeros(); err != nil {
			return err
		}
		return errGarbage
	case err != nil:
		return err
	case b[0] != 0x1f || b[1] != 0x8b:
		return errGarbage
	}
	return nil
}

// bgzfLength is the length in bytes of the member that comes next, if it is one
// of BGZF, or else 0.
func bgzfLength(in *input) int {
	const fixed = 12 // bytes before the extra fields, if there are some
	b, err := in.header(fixed)
	if err != nil || b[2] != 8 || b[3]&4 == 0 {
		return 0
	}
	n := fixed + int(binary.LittleEndian.Uint16(b[10:]))
	if b, err = in.header(n); err != nil {
		return 0
	}
	for b = b[fixed:]; len(b) >= 4; {
		k := int(binary.LittleEndian.Uint16(b[2:]))
		if k > len(b)-4 {
			return 0
		}
		if b[0] == 'B' && b[1] == 'C' && k == 2 {
			return max(n, int(binary.LittleEndian.Uint16(b[4:]))+1)
		}
		b = b[4+k:]
	}
	return 0
}

func splitBGZF(in *input, p *pipeline) error {
	b := newBatch(in, p)
	for {
		n := bgzfLength(in)
		if n == 0 {
			return b.start()
		}
		off := in.offset()
		member, err := in.header(n)
		if err != nil {
			return b.end(off, err)
		}
		member = bytes.Clone(member)
		_, _ = in.Discard(n)
		if err := b.add(frame{off, &held{first: *bytes.NewBuffer(member)}, decodeMember}); err != nil {
			return err
		}
	}
}

// gzipReaders keep their tables and windows.
var gzipReaders = sync.Pool{New: func() any { return new(gzip.Reader) }}

// decodeMember decompresses one member. r is a [flate.Reader], of which it takes
// no more than the member.
func decodeMember(s *part, r io.Reader, _ int) error {
	z := gzipReaders.Get().(*gzip.Reader)
	defer gzipReaders.Put(z)
	err := z.Reset(r)
	if err == nil {
		z.Multistream(false)
		err = s.copy(z)
	}
	return cutOff(err)
}

// splitMembers leaves the members that come next to one part, and waits for it.
func splitMembers(in *input, p *pipeline) error {
	s, err := p.start(0, func(s *part) error {
		for {
			off := in.offset()
			if err := decodeMember(s, in.Reader, 1); err != nil {
				return in.fail(off, err)
			}
			if b, _ := in.Peek(2); string(b) != "\x1f\x8b" || bgzfLength(in) > 0 {
				return nil
			}
		}
	})
	if err != nil {
		return err
	}
	return s.wait()
}
