package command

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/urfave/cli/v2"

	"github.com/linefork/linefork/internal/getopt"
	"github.com/linefork/linefork/internal/gnu"
	"github.com/linefork/linefork/internal/locale"
	"github.com/linefork/linefork/worker/charset"
	"github.com/linefork/linefork/worker/rows"
)

// readKeys returns the keys of all --key and --keys-file options.
func readKeys(c *cli.Context, inputs []string, l locale.Locale) (*rows.Keys, error) {
	given := c.Generic("key").(*getopt.List).Values()
	files := c.Generic("keys-file").(*getopt.List).Values()
	if len(given) == 0 && len(files) == 0 {
		return nil, usageError(c, "no key is given; use --key or --keys-file")
	}
	keys := rows.NewKeys(given...)
	for _, key := range given {
		if !isKey([]byte(key), c.Bool("numeric")) {
			return nil, usageError(c, "key %q is not a number", key)
		}
	}
	for i, name := range files {
		if name == "-" && (slices.Contains(inputs, "-") || slices.Contains(files[:i], "-")) {
			return nil, usageError(c, "standard input cannot be read twice")
		}
		if err := readKeysFile(c.Context, keys, name, c.Bool("numeric")); err != nil {
			return nil, fmt.Errorf("%s: %s", gnu.Quote(name, l), reason(err))
		}
	}
	return keys, nil
}

// readKeysFile adds the lines of a file in UTF-8, or by its byte order mark in
// UTF-16. LF and CR LF end a line; a mark is not part of the first.
func readKeysFile(ctx context.Context, keys *rows.Keys, name string, numeric bool) error {
	f := os.Stdin
	if name != "-" {
		var err error
		if f, err = os.Open(name); err != nil {
			return err
		}
		defer f.Close()
	}
	r := bufio.NewReaderSize(interruptible{ctx, f}, 1<<20)
	if head, _ := r.Peek(2); charset.HasUTF16Mark(head) {
		text := charset.NewUTF16Reader(r, charset.UTF16, 1)
		defer text.Close()
		r = bufio.NewReaderSize(text, 1<<20)
	}
	var line []byte
	for number := 1; ; {
		piece, err := r.ReadSlice('\n')
		if line = append(line, piece...); len(line) > rows.MaxKeys {
			return errTooManyKeys
		}
		if err == bufio.ErrBufferFull {
			continue
		}
		if err != nil && err != io.EOF {
			return err
		}
		if len(line) > 0 {
			if number == 1 {
				line = bytes.TrimPrefix(line, charset.UTF8Mark)
			}
			key := bytes.TrimSuffix(bytes.TrimSuffix(line, []byte{'\n'}), []byte{'\r'})
			if !isKey(key, numeric) {
				return fmt.Errorf("line %d: key %q is not a number", number, key)
			}
			if !keys.Add(key) {
				return errTooManyKeys
			}
		}
		if err == io.EOF {
			return nil
		}
		line = line[:0]
		number++
	}
}

var errTooManyKeys = errors.New("more than 1 GiB of keys")

func isKey(key []byte, numeric bool) bool {
	if !numeric {
		return true
	}
	_, ok := rows.Number(nil, key)
	return ok
}
