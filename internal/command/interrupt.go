package command

import (
	"context"
	"io"
)

// interruptible reads from something that may never answer (a terminal, a
// pipe), until its context is done. Then it returns the cause, and the read
// that was begun is left alone with its buffer.
type interruptible struct {
	ctx context.Context
	r   io.Reader
}

func (i interruptible) Read(p []byte) (int, error) {
	type result struct {
		n   int
		err error
	}
	done := make(chan result, 1)
	go func() {
		n, err := i.r.Read(p)
		done <- result{n, err}
	}()
	select {
	case r := <-done:
		return r.n, r.err
	case <-i.ctx.Done():
		return 0, context.Cause(i.ctx)
	}
}
