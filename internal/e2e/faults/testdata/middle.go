// This file becomes part of the program that the tests of faults run, and of no other. It lets a
// process stand between a coordinator and a worker, and damage what passes.

package main

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/linefork/linefork/worker/wire"
)

// faultVariable is what this process does, as KIND,TASK,ALWAYS,DIR: when that task of all that the
// run's workers are given is about to be answered, from 1, or at the first one after it where that can
// be done; once, or (if ALWAYS is true) at each task from then on. Processes agree by files in DIR:
// tasks has a byte for each task, and fired is there when the fault was.
const faultVariable = "LINEFORK_FAULT"

func init() {
	text := os.Getenv(faultVariable)
	if text == "" || len(os.Args) != 2 || !strings.HasPrefix(os.Args[1], "worker-") {
		return
	}
	fields := strings.SplitN(text, ",", 4)
	at, err := strconv.ParseInt(fields[1], 10, 64)
	stop(err)
	m := &middle{kind: fields[0], at: at, always: fields[2] == "true", dir: fields[3]}
	// As a worker does.
	signal.Ignore(os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGUSR1)
	m.run()
}

// middle is this process. The worker's tasks do not pass through it, only what it answers.
type middle struct {
	kind     string
	at       int64
	always   bool
	dir      string
	worker   *exec.Cmd
	begun    bool   // the header was written
	previous []byte // the last answer; nil before there was one
}

// stop ends this process because of an error that is none of its faults.
func stop(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "between:", err)
		os.Exit(9)
	}
}

// run passes on what the worker says. It does not return.
func (m *middle) run() {
	m.worker = exec.Command("/proc/self/exe")
	m.worker.Args = os.Args
	m.worker.Env = slices.DeleteFunc(os.Environ(), func(s string) bool {
		return strings.HasPrefix(s, faultVariable+"=")
	})
	m.worker.Stdin, m.worker.Stderr = os.Stdin, os.Stderr
	// This is the main goroutine before main: its thread lives as long as the process.
	m.worker.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	out, err := m.worker.StdoutPipe()
	stop(err)
	stop(m.worker.Start())
	answers := wire.NewReader(out)
	for {
		kind, payload, err := answers.Next()
		switch {
		case err != nil:
			m.end()
		case kind == 'L':
			m.write(frame(kind, payload))
		default:
			m.answer(kind, payload)
		}
	}
}

// end ends this process as the worker did.
func (m *middle) end() {
	err := m.worker.Wait()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		if status := exit.Sys().(syscall.WaitStatus); status.Signaled() {
			raise(status.Signal())
		}
		os.Exit(exit.ExitCode())
	}
	os.Exit(0)
}

func raise(s syscall.Signal) {
	signal.Reset(s)
	_ = syscall.Kill(os.Getpid(), s)
	time.Sleep(time.Hour)
}

func frame(kind wire.Kind, payload []byte) []byte {
	b := binary.LittleEndian.AppendUint32(nil, uint32(1+len(payload)))
	return append(append(b, byte(kind)), payload...)
}

func (m *middle) write(b []byte) {
	if !m.begun {
		m.begun = true
		b = append(wire.AppendHeader(nil), b...)
	}
	if _, err := os.Stdout.Write(b); err != nil {
		os.Exit(1)
	}
}

// strikes counts a task, and reports whether the fault is due.
func (m *middle) strikes() bool {
	f, err := os.OpenFile(filepath.Join(m.dir, "tasks"), os.O_APPEND|os.O_CREATE|os.O_RDWR, 0o666)
	stop(err)
	_, err = f.Write([]byte{'.'})
	stop(err)
	n, err := f.Seek(0, io.SeekCurrent)
	stop(err)
	f.Close()
	if n < m.at || m.kind == "another's" && m.previous == nil || m.kind == "version" && m.begun {
		return false
	}
	fired, err := os.OpenFile(filepath.Join(m.dir, "fired"), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o666)
	if err == nil {
		fired.Close()
	}
	return err == nil || m.always
}

// answer passes on an answer, or does what the fault is.
func (m *middle) answer(kind wire.Kind, payload []byte) {
	strikes := m.strikes()
	f := frame(kind, payload)
	if m.kind == "pace" {
		time.Sleep(2 * time.Millisecond)
	}
	if strikes {
		m.strike(kind, payload, f)
	} else {
		m.write(f)
	}
	m.previous = f
}

// strike does what the fault is, instead of passing on an answer. Where it returns, the worker goes on.
func (m *middle) strike(kind wire.Kind, payload, f []byte) {
	switch m.kind {
	case "exit 0":
		os.Exit(0)
	case "exit 3":
		os.Exit(3)
	case "SIGKILL":
		raise(syscall.SIGKILL)
	case "SIGSEGV":
		raise(syscall.SIGSEGV)
	case "SIGABRT":
		raise(syscall.SIGABRT)
	case "SIGQUIT":
		raise(syscall.SIGQUIT)
	case "worker killed":
		_ = m.worker.Process.Kill()
		m.end()
	case "closed":
		os.Stdout.Close()
		time.Sleep(time.Hour)
	case "stopped":
		_ = syscall.Kill(os.Getpid(), syscall.SIGSTOP)
		m.write(f)
	case "slow":
		time.Sleep(300 * time.Millisecond)
		m.write(f)
	case "silent":
		time.Sleep(time.Hour)
	case "still": // alive, and nothing else
		for {
			m.write(frame('L', []byte{2, 0}))
			time.Sleep(50 * time.Millisecond)
		}
	case "half":
		m.write(f[:max(5, len(f)/2)])
		os.Exit(0)
	case "half and silent":
		m.write(f[:max(5, len(f)/2)])
		time.Sleep(time.Hour)
	case "garbage":
		m.write([]byte("Hello, world! This is not a frame.\n"))
		time.Sleep(time.Hour)
	case "4 GiB":
		m.write([]byte{0xff, 0xff, 0xff, 0xff, 'R'})
		time.Sleep(time.Hour)
	case "2 GiB": // just short enough to be waited for
		m.write([]byte{0, 0, 0, 0x80, 'R'})
		os.Exit(0)
	case "no length":
		m.write([]byte{0, 0, 0, 0, 'R'})
		time.Sleep(time.Hour)
	case "version":
		m.begun = true
		m.write(append([]byte("linefork\xff\xff"), f...))
		time.Sleep(time.Hour)
	case "empty":
		m.write(frame('R', nil))
	case "unknown":
		m.write(frame('X', payload))
	case "failure without reason":
		m.write(frame('F', nil))
	case "short":
		m.write(frame(kind, payload[:len(payload)-1]))
	case "long":
		m.write(frame(kind, append(payload, 0)))
	case "another's":
		m.write(m.previous)
	case "twice":
		m.write(append(f[:len(f):len(f)], f...))
	case "late": // it dies at once after its answer
		m.write(f)
		raise(syscall.SIGKILL)
	default:
		stop(fmt.Errorf("no fault is called %q", m.kind))
	}
}
