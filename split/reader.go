package split

import (
	"context"
	"io"
	"os"
)

// NewReader returns a reader of f. When ctx is done, reads fail with its cause; except on Windows,
// that ends even a read that is blocked on a pipe or a terminal. Close ends the reader and leaves f
// open.
func NewReader(ctx context.Context, f *os.File) (io.ReadCloser, error) {
	in, err := newLive(f)
	if err != nil {
		return nil, err
	}
	return &contextReader{ctx, in, context.AfterFunc(ctx, in.stop)}, nil
}

type contextReader struct {
	ctx    context.Context
	in     *live
	forget func() bool
}

func (r *contextReader) Read(b []byte) (int, error) {
	n, err := r.in.Read(b)
	if err == errStopped {
		err = context.Cause(r.ctx)
	}
	return n, err
}

func (r *contextReader) Close() error {
	r.forget()
	r.in.close()
	return nil
}
