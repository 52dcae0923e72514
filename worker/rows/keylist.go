package rows

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/linefork/linefork/worker/charset"
)

var (
	errTooManyKeys = errors.New("more than 1 GiB of keys")
	errKeyTooLong  = fmt.Errorf("a key of more than %d MiB", maxKey>>20)
)

// maxKey is the greatest length in bytes of a line with a key.
const maxKey = 256 << 20

// Put adds a key by Add or, if it is numeric, by AddNumber. The error says why it
// cannot be added.
func (k *Keys) Put(key []byte, numeric bool) error {
	switch {
	case numeric && !k.AddNumber(key):
		return fmt.Errorf("key %q is not a number", key)
	case !numeric && !k.Add(key):
		return errTooManyKeys
	}
	return nil
}

// CheckUTF8 returns an error if a key is not in UTF-8, as all have to be where inputs
// are in another encoding.
func (k *Keys) CheckUTF8() error {
	for i := range k.Len() {
		if key := k.At(i); !utf8.Valid(key) {
			return fmt.Errorf("key %q is not in UTF-8, "+
				"as it must be where inputs are in another encoding", key)
		}
	}
	return nil
}

// listBuffer is how many bytes of a list of keys are read at a time.
const listBuffer = 1 << 20

// PutLines adds the lines of a text in UTF-8 or, by its byte order mark, in UTF-16. LF
// and CR LF end a line; a mark is not part of the first. The error is that of r, or of
// Put, with the number of the line, or says that a line is too long.
func (k *Keys) PutLines(r io.Reader, numeric bool) error {
	in := bufio.NewReaderSize(r, listBuffer)
	if head, _ := in.Peek(2); charset.HasUTF16Mark(head) {
		text := charset.NewUTF16Reader(in, charset.UTF16, 1)
		defer text.Close()
		in = bufio.NewReaderSize(text, listBuffer)
	}
	var line []byte
	for number := 1; ; number++ {
		err := bufio.ErrBufferFull
		for line = line[:0]; err == bufio.ErrBufferFull; {
			var piece []byte
			piece, err = in.ReadSlice('\n')
			if line = append(line, piece...); len(line) > maxKey {
				return fmt.Errorf("line %d: %w", number, errKeyTooLong)
			}
		}
		if err != nil && err != io.EOF {
			return err
		}
		key := line
		if number == 1 {
			key = bytes.TrimPrefix(key, charset.UTF8Mark)
		}
		if len(key) > 0 {
			key = bytes.TrimSuffix(bytes.TrimSuffix(key, []byte{'\n'}), []byte{'\r'})
			if err := k.Put(key, numeric); err != nil {
				return fmt.Errorf("line %d: %w", number, err)
			}
		}
		if err == io.EOF {
			return nil
		}
	}
}
