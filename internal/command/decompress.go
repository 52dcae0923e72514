package command

import (
	"io"
	"io/fs"
	"os"

	"github.com/urfave/cli/v2"

	"github.com/linefork/linefork/internal/unpack"
	"github.com/linefork/linefork/split"
	"github.com/linefork/linefork/worker"
)

// decompressFlag is an option of every command that reads files.
func decompressFlag(category string) cli.Flag {
	return &cli.BoolFlag{Category: category, Name: "decompress", Usage: "read what inputs in gzip, bzip2, xz, zstd or lz4 hold; others as they are"}
}

// compression is about how much longer than an archive its content is.
const compression = 4

// open opens an input.
func (o *common) open(name string) (split.Source, error) {
	var decode split.Decode
	if o.decompress || o.encoding.decodes() {
		decode = o.decode
	}
	if name != "-" {
		return split.OpenSource(name, decode)
	}
	in, err := split.Shared(os.Stdin)
	if err != nil {
		return nil, err
	}
	return in.Source(decode)
}

// decode recognizes archives, by their first bytes whatever they are called, and
// UTF-16.
func (o *common) decode(header []byte) (read split.NewDecoder, more bool) {
	if !o.decompress {
		return o.decodeText(header)
	}
	format, more := unpack.Detect(header)
	switch {
	case more:
		read, _ = o.decodeText(header)
		return read, true
	case format == unpack.Plain:
		return o.decodeText(header)
	}
	return func(in io.Reader, waits func() bool) split.Decoder {
		r := unpack.NewReader(format, in, unpack.Options{Workers: o.decoders(), Waits: waits})
		if o.encoding.decodes() {
			return &archived{o: o, Decoder: r, live: waits != nil}
		}
		return r
	}, false
}

// decoders is how many goroutines may decode at the same time.
func (o *common) decoders() int {
	if o.workers.Mode == worker.Serial {
		return 1
	}
	return o.workers.Processes
}

// isArchive tells whether a file is an archive from an offset on.
func isArchive(f *os.File, off int64) bool {
	var header [unpack.HeaderSize]byte
	n, _ := f.ReadAt(header[:], off)
	format, _ := unpack.Detect(header[:n])
	return format != unpack.Plain
}

// unsized describes a file the size of which is not that of what it holds, as a
// pipe from a decompressor.
type unsized struct{ fs.FileInfo }

func (unsized) Mode() fs.FileMode { return fs.ModeNamedPipe }

// holdsMore tells whether an input that is a regular file is an archive.
func holdsMore(name string) bool {
	if name == "-" {
		off, err := os.Stdin.Seek(0, io.SeekCurrent)
		return err == nil && isArchive(os.Stdin, off)
	}
	f, err := os.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	return isArchive(f, 0)
}
