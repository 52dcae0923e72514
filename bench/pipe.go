package bench

import (
	"context"
	"io"
	"os"
	"time"
)

// The network of the first table: a pipe that is as slow as a fast connection to another place.
const (
	pipeDelay          = 50 * time.Millisecond // before the first byte
	pipeBytesPerSecond = 48 << 20
	pipeBytes          = 48 << 20 // that are sent, at most
)

// slowPipe sends the start of a file.
type slowPipe struct {
	path string
	size int64
}

func (p slowPipe) open(ctx context.Context) io.Reader { return &slowReader{ctx: ctx, pipe: p} }

// slowReader reads the file no faster than the connection would bring it.
type slowReader struct {
	ctx   context.Context
	pipe  slowPipe
	f     *os.File
	start time.Time
	read  int64
}

func (r *slowReader) Read(b []byte) (n int, err error) {
	if r.f == nil {
		if r.f, err = os.Open(r.pipe.path); err != nil {
			return 0, err
		}
		r.start = time.Now().Add(pipeDelay)
	}
	b = b[:min(int64(len(b)), r.pipe.size-r.read)]
	if len(b) == 0 {
		r.f.Close()
		return 0, io.EOF
	}
	due := r.start.Add(time.Duration(float64(r.read+int64(len(b))) / pipeBytesPerSecond * 1e9))
	select {
	case <-time.After(time.Until(due)):
	case <-r.ctx.Done():
		r.f.Close()
		return 0, r.ctx.Err()
	}
	n, err = r.f.Read(b)
	if r.read += int64(n); err != nil {
		r.f.Close()
	}
	return n, err
}
