package split

import (
	"context"
	"io"
	"os"
)

// NewReader returns a reader of f whose reads end with the cause of ctx when that is
// done, also where they wait for a pipe or a terminal (but on Windows). Close ends it;
// f stays open.
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
