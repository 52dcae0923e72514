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
// A BGZF member (SAM specification, section 4.1) holds at most 64 KiB and stores its length in an
// extra field, so that many members can be cut off without decompressing any. The length is
// verified when they are decompressed. Consecutive members without that field are one job, which
// decompresses them as they are read.
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

// gzipMember returns nil if a member comes next. The error is io.EOF at the end of the archive,
// which may be padded with NULs.
func gzipMember(in *input) error {
	switch b, err := in.header(2); {
	case len(b) == 0:
		return err
	case b[0] == 0: // gzip, too, treats a member after NULs as garbage
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

// bgzfLength returns the length in bytes of the next member if it is a BGZF member, else 0.
func bgzfLength(in *input) int {
	const fixed = 12 // bytes before the extra fields, if there are any
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
	g := newGroup(in, p)
	for {
		n := bgzfLength(in)
		if n == 0 {
			return g.start()
		}
		off := in.offset()
		member, err := in.header(n)
		if err != nil {
			return g.end(off, err)
		}
		member = bytes.Clone(member)
		_, _ = in.Discard(n)
		raw := &held{first: *bytes.NewBuffer(member)}
		if err := g.add(piece{off, raw, decompressMember}); err != nil {
			return err
		}
	}
}

// gzipReaders keep their tables and windows.
var gzipReaders = sync.Pool{New: func() any { return new(gzip.Reader) }}

// decompressMember decompresses one member. If r is a [flate.Reader], it reads no more than the
// member.
func decompressMember(j *job, r io.Reader, _ int) error {
	z := gzipReaders.Get().(*gzip.Reader)
	defer gzipReaders.Put(z)
	err := z.Reset(r)
	if err == nil {
		z.Multistream(false)
		err = j.copy(z)
	}
	return unexpected(err)
}

// splitMembers leaves the next members to one job, and waits for it.
func splitMembers(in *input, p *pipeline) error {
	j, err := p.start(0, func(j *job) error {
		for {
			off := in.offset()
			if err := decompressMember(j, in.Reader, 1); err != nil {
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
	return j.wait()
}
