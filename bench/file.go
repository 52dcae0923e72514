package bench

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
)

// fileInfo describes the input.
type fileInfo struct {
	Path         string `json:"path"`
	Generated    bool   `json:"generated"`
	Size         int64  `json:"bytes"`
	Rows         int64  `json:"rows"`
	FinalNewline bool   `json:"final_newline"`
	Quotes       bool   `json:"quotes"`
}

// inspect reads the whole file once, which also warms the page cache.
func inspect(ctx context.Context, s source) (fileInfo, error) {
	info := fileInfo{Path: s.path, Generated: s.generated}
	// Every command must read the whole input, which a pipe would not allow.
	stat, err := os.Stat(s.path)
	if err != nil {
		return info, err
	}
	if !stat.Mode().IsRegular() {
		return info, fmt.Errorf("%s is not a regular file", s.path)
	}
	f, err := os.Open(s.path)
	if err != nil {
		return info, err
	}
	defer f.Close()
	buf := make([]byte, 1<<20)
	for {
		if err := ctx.Err(); err != nil {
			return info, err
		}
		n, err := f.Read(buf)
		if n > 0 {
			info.Size += int64(n)
			info.Rows += int64(bytes.Count(buf[:n], []byte{'\n'}))
			info.FinalNewline = buf[n-1] == '\n'
			info.Quotes = info.Quotes || bytes.IndexByte(buf[:n], '"') >= 0
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return info, err
		}
	}
	if info.Size == 0 {
		return info, fmt.Errorf("%s is empty: there is nothing to measure", s.path)
	}
	if !info.FinalNewline {
		info.Rows++
	}
	return info, nil
}
