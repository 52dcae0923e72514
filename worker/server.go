package worker

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

// nameVariable marks the environment of a child and holds its name.
const nameVariable = "LINEFORK_WORKER"

// Serve runs this process as a worker and does not return, if a coordinator
// started it as one; otherwise it does nothing. A program that makes a Pool
// calls it first thing in main, before flags are read.
func Serve() {
	if os.Getenv(nameVariable) == "" || !isPipe(os.Stdin) || !isPipe(os.Stdout) {
		return
	}
	// Ctrl-C reaches all processes of the terminal, as other signals may reach
	// all of a group; the coordinator decides.
	signal.Ignore(os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	onHangUp(os.Stdin, func() { os.Exit(0) })
	if err := serve(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

func isPipe(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeNamedPipe != 0
}

// server is the child's end of the pipe.
type server struct {
	engine *engine
	out    io.Writer
	answer []byte
}

// serve answers the tasks that come from in until it ends. Reading and working
// take turns on one goroutine, so that a task costs no switch between threads.
func serve(in io.Reader, out io.Writer) error {
	in = bufio.NewReader(in) // a task is one read
	var buf []byte
	payload, err := expect(in, &buf, kindJob)
	if err == io.EOF {
		return nil
	}
	if err != nil {
		return err
	}
	var job Job
	if err := decode(payload, job.code); err != nil {
		return err
	}
	program, err := compile(job)
	if err != nil {
		return err
	}

	s := &server{engine: newEngine(program), out: out}
	defer s.engine.close()
	for {
		payload, err := expect(in, &buf, kindTask)
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		var t Task
		if err := decode(payload, t.code); err != nil {
			return err
		}
		if err := s.handle(&t); err != nil {
			return err
		}
	}
}

// expect reads a frame that must be of kind want.
func expect(in io.Reader, buf *[]byte, want kind) ([]byte, error) {
	k, payload, err := readFrame(in, buf)
	if err == nil && k != want {
		err = fmt.Errorf("%w: frame %q instead of %q", errProtocol, k, want)
	}
	return payload, err
}

// handle runs one task and writes its answer as one frame.
func (s *server) handle(t *Task) error {
	result, err := s.engine.do(t)
	if err != nil {
		reason := err.(*InputError).Err.Error()
		s.answer = appendFrame(s.answer[:0], kindFailure, encode(func(c *codec) { c.string(&reason) }))
	} else {
		s.answer = appendFrame(s.answer[:0], kindResult, encode(result.code))
		s.engine.reuse(&result)
	}
	_, err = s.out.Write(s.answer)
	return err
}
