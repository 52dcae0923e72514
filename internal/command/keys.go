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
	"github.com/linefork/linefork/worker/rows"
)

// readKeys returns the keys of all --key and --keys-file options.
func readKeys(c *cli.Context, inputs []string, locale gnu.Locale) (*rows.Keys, error) {
	given := c.Generic("key").(*getopt.List).Values()
	files := c.Generic("keys-file").(*getopt.List).Values()
	if len(given) == 0 && len(files) == 0 {
		return nil, usageError(c, "no key is given; use --key or --keys-file")
	}
	keys := rows.NewKeys(given...)
	for i, name := range files {
		if name == "-" && (slices.Contains(inputs, "-") || slices.Contains(files[:i], "-")) {
			return nil, usageError(c, "standard input cannot be read twice")
		}
		if err := readKeysFile(c.Context, keys, name); err != nil {
			return nil, fmt.Errorf("%s: %s", gnu.Quote(name, locale), reason(err))
		}
	}
	return keys, nil
}

// readKeysFile adds the lines of a file. LF and CR LF end a line; a byte order
// mark is not part of the first.
func readKeysFile(ctx context.Context, keys *rows.Keys, name string) error {
	f := os.Stdin
	if name != "-" {
		var err error
		if f, err = os.Open(name); err != nil {
			return err
		}
		defer f.Close()
	}
	r := bufio.NewReaderSize(interruptible{ctx, f}, 1<<20)
	for first := true; ; first = false {
		line, err := r.ReadBytes('\n')
		if len(line) > 0 {
			if first {
				line = bytes.TrimPrefix(line, rows.ByteOrderMark)
			}
			line = bytes.TrimSuffix(bytes.TrimSuffix(line, []byte{'\n'}), []byte{'\r'})
			if !keys.Add(line) {
				return errors.New("more than 4 GiB of keys")
			}
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}
