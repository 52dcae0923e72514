package bench

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/linefork/linefork/bench/taxi"

	"github.com/linefork/linefork/internal/human"
)

// fileInfo describes the input. Its path is absolute: such a path cannot be mistaken for an option,
// nor for an assignment by awk.
type fileInfo struct {
	Path         string `json:"path"`
	Generated    bool   `json:"generated"` // made by bench, and removed at the end
	Size         int64  `json:"bytes"`
	Lines        int64  `json:"lines"` // with a last one that lacks its line feed
	FinalNewline bool   `json:"final_newline"`
	Quotes       bool   `json:"quotes"`           // it has a "
	Returns      bool   `json:"carriage_returns"` // it has a CR
}

// input returns the path of the file to read, and makes the file if none is given. The function
// that it returns removes what was made; it is never nil.
func input(ctx context.Context, o Options, p *progress) (path string, remove func() error, err error) {
	nothing := func() error { return nil }
	if o.File != "" {
		path, err := filepath.Abs(o.File)
		return path, nothing, err
	}
	dir, err := os.MkdirTemp("", "linefork-bench-")
	if err != nil {
		return "", nothing, fmt.Errorf("make a temporary folder: %w", err)
	}
	path = filepath.Join(dir, "taxi.csv")
	p.show("making a taxi file of %s", human.Bytes(o.Size))
	return path, func() error { return os.RemoveAll(dir) }, generate(ctx, path, o.Size)
}

func generate(ctx context.Context, path string, size int64) (err error) {
	f, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("make the taxi file: %w", err)
	}
	defer func() {
		if e := f.Close(); err == nil && e != nil {
			err = fmt.Errorf("make the taxi file: %w", e)
		}
	}()
	if _, err := taxi.Write(contextWriter{ctx, f}, taxi.Options{Size: size, Seed: 1}); err != nil {
		return err
	}
	// Otherwise the system would write the file to disk while the first commands are being
	// measured.
	if err := f.Sync(); err != nil {
		return fmt.Errorf("make the taxi file: %w", err)
	}
	return nil
}

type contextWriter struct {
	ctx context.Context
	w   io.Writer
}

func (w contextWriter) Write(p []byte) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	return w.w.Write(p)
}

// inspect reads the whole file once, which also warms the page cache.
func inspect(ctx context.Context, f *os.File) (info fileInfo, err error) {
	info.Path = f.Name()
	// Every command must read the whole input, which a pipe would not allow.
	stat, err := f.Stat()
	if err != nil {
		return info, err
	}
	if !stat.Mode().IsRegular() {
		return info, errNotRegular
	}
	buf := make([]byte, 1<<20)
	for {
		if err := ctx.Err(); err != nil {
			return info, err
		}
		n, err := f.Read(buf)
		if n > 0 {
			info.Size += int64(n)
			info.Lines += int64(bytes.Count(buf[:n], []byte{'\n'}))
			info.FinalNewline = buf[n-1] == '\n'
			info.Quotes = info.Quotes || bytes.IndexByte(buf[:n], '"') >= 0
			info.Returns = info.Returns || bytes.IndexByte(buf[:n], '\r') >= 0
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return info, err
		}
	}
	if info.Size == 0 {
		return info, errEmpty
	}
	if !info.FinalNewline {
		info.Lines++
	}
	return info, nil
}

var (
	errNotRegular = errors.New("not a regular file")
	errEmpty      = errors.New("empty: there is nothing to measure")
)
