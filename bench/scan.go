package bench

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"github.com/linefork/linefork/split"
	"github.com/linefork/linefork/worker/scan"
	"github.com/linefork/linefork/worker/window"
)

// The scan limit is how many bytes a second some processes can read together, of a file in the page
// cache, when they do nothing but compare each byte with a line feed. Each of them reads its own
// part of the file, in windows that are mapped anew, as a worker must; but starting, cutting and
// merging are left out.

// leastForLimit is how large a file must be for that, in bytes: a smaller one may be in the caches
// of the processor.
const leastForLimit = 64 << 20

// ScanVariable is set in the environment of a process that takes part in measuring the scan limit.
// 'linefork bench FILE' then calls [Scan] with its value.
const ScanVariable = "LINEFORK_BENCH_SCAN"

// scanTime is how long each process reads, at least; all of it, again and again.
const scanTime = 100 * time.Millisecond

// Scan reads a part of a file as measureLimit wants it. The value is that of [ScanVariable]: "2/4"
// is the third of four parts. It writes a line to out when it is ready, begins when it has read a
// byte from in, and writes how many bytes it read in how many nanoseconds.
func Scan(path, value string, in io.Reader, out io.Writer) error {
	var part, parts int64
	if n, err := fmt.Sscanf(value, "%d/%d", &part, &parts); n != 2 || err != nil || parts < 1 {
		return fmt.Errorf("%s=%s is not PART/PARTS", ScanVariable, value)
	}
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	f, err := window.Open(split.Locator{Path: path, Identity: split.Identify(info)})
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := fmt.Fprintln(out, "ready"); err != nil {
		return err
	}
	if _, err := in.Read(make([]byte, 1)); err != nil {
		return err
	}
	start, end := info.Size()*part/parts, info.Size()*(part+1)/parts
	begin, read := time.Now(), int64(0)
	for read == 0 || time.Since(begin) < scanTime && start < end {
		if err := scanOnce(f, start, end); err != nil {
			return err
		}
		if read += end - start; start == end {
			break
		}
	}
	_, err = fmt.Fprintln(out, read, time.Since(begin).Nanoseconds())
	return err
}

// scanOnce reads a part of a file in windows.
func scanOnce(f *window.File, start, end int64) error {
	const length = 32 << 20
	for at := start; at < end; at += length {
		w, err := f.Map(at, min(at+length, end))
		if err != nil {
			return err
		}
		err = w.Catch(func() { scan.Count(w.Data, '\n') })
		w.Close()
		if err != nil {
			return err
		}
	}
	return nil
}

// measureLimit has some processes read the file at the same time. The time is what they would have
// needed together for all of it.
func measureLimit(ctx context.Context, self string, file fileInfo, processes int) (m measured, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	scanners := make([]*scanner, processes)
	defer func() {
		cancel()
		for _, s := range scanners {
			if s != nil {
				s.end()
			}
		}
	}()
	for i := range scanners {
		if scanners[i], err = startScanner(ctx, self, file.Path, i, processes); err != nil {
			return m, err
		}
	}
	for _, s := range scanners {
		if _, err := s.in.Write([]byte{'\n'}); err != nil {
			return m, fmt.Errorf("measure the scan limit: %w", err)
		}
	}
	rate := 0.0
	for _, s := range scanners {
		line, err := s.out.ReadString('\n')
		if err != nil {
			return m, fmt.Errorf("measure the scan limit: %w", err)
		}
		bytes, nanoseconds, _ := strings.Cut(strings.TrimSpace(line), " ")
		b, errB := strconv.ParseFloat(bytes, 64)
		n, errN := strconv.ParseFloat(nanoseconds, 64)
		if err := errors.Join(errB, errN); err != nil || n <= 0 {
			return m, fmt.Errorf("measure the scan limit: it answered %q", line)
		}
		rate += b / (n / 1e9)
	}
	m.wall = float64(file.Size) / rate
	return m, nil
}

// scanner is a process that runs Scan.
type scanner struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Reader
}

// startScanner returns when the process is ready.
func startScanner(ctx context.Context, self, path string, part, parts int) (*scanner, error) {
	cmd := newCommand(ctx, &command{
		Args: []string{self, "bench", path},
		Env:  append(os.Environ(), fmt.Sprintf("%s=%d/%d", ScanVariable, part, parts)),
	})
	s := &scanner{cmd: cmd}
	var err error
	if s.in, err = cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	s.out = bufio.NewReader(out)
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("measure the scan limit: %w", err)
	}
	if line, err := s.out.ReadString('\n'); err != nil || line != "ready\n" {
		s.end()
		return nil, fmt.Errorf("measure the scan limit: it answered %q", line)
	}
	return s, nil
}

// end waits for the process.
func (s *scanner) end() {
	s.in.Close()
	_ = s.cmd.Wait() // what it had to say was read
}
