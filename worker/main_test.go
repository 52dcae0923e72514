package worker

import (
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/linefork/linefork/worker/wc"
	"github.com/linefork/linefork/worker/wire"
)

// TestMain makes this binary a worker if a Pool started it as one or, depending on its name, a
// broken worker.
func TestMain(m *testing.M) {
	if kind, ok := strings.CutPrefix(os.Args[0], "broken:"); ok {
		broken(kind)
	}
	Serve()
	os.Setenv("GORACE", "atexit_sleep_ms=0") // for children with the race detector
	os.Exit(m.Run())
}

// empty is a message without fields.
type empty struct{}

func (empty) Code(*wire.Codec) {}

// unfit is a child that ends for lack of something, with what Go's runtime says about that.
func unfit(kind string) {
	switch kind {
	case "killed":
		if p, err := os.FindProcess(os.Getpid()); err == nil {
			_ = p.Kill()
		}
		time.Sleep(time.Hour)
	case "no threads":
		fmt.Fprintln(os.Stderr, "runtime: failed to create new OS thread (have 4 already; errno=11)\n"+
			"runtime: may need to increase max user processes (ulimit -u)\nfatal error: newosproc")
	case "no space":
		fmt.Fprintln(os.Stderr, "fatal error: failed to reserve page summary memory\n\nruntime stack:")
	}
	os.Exit(2)
}

// broken is a child that breaks when its first task arrives.
func broken(kind string) {
	if _, err := io.ReadFull(os.Stdin, make([]byte, tokenSize)); err != nil {
		fmt.Fprintln(os.Stderr, "no token came:", err)
		os.Exit(9)
	}
	in := wire.NewReader(newTaskReader(os.Stdin))
	task := numbered[*Task]{message: new(Task)}
	for range 2 { // the job, the task
		if kind == "deaf" || kind == "exit early" {
			break
		}
		_, payload, err := in.Next()
		if err != nil {
			fmt.Fprintln(os.Stderr, "no task came:", err)
			os.Exit(9)
		}
		_ = wire.Decode(payload, &task) // the last one is a task
	}
	fmt.Fprintln(os.Stderr, "this child is broken:", kind)
	header := wire.AppendHeader(nil)
	switch kind {
	case "exit", "exit early":
		os.Exit(3)
	case "killed", "no threads", "no space":
		unfit(kind)
	case "success":
		os.Exit(0)
	case "panic":
		panic("on purpose")
	case "garbage":
		fmt.Println("Hello, world! This is not a frame.")
		os.Exit(0)
	case "huge":
		os.Stdout.Write(append(header, 0xff, 0xff, 0xff, 0xff, 'R'))
	case "unknown":
		os.Stdout.Write(wire.AppendFrame(header, 'X', empty{}))
	case "empty":
		os.Stdout.Write(wire.AppendFrame(header, kindResult, empty{}))
	case "mistaken": // it answers another task
		r := Result{Count: &wc.Counts{Lines: 2}}
		os.Stdout.Write(wire.AppendFrame(header, kindResult, &numbered[*Result]{task.number + 1, &r}))
	case "mistaken failure":
		f := failure{os.ErrNotExist}
		os.Stdout.Write(wire.AppendFrame(header, kindFailure, &numbered[*failure]{task.number + 1, &f}))
	case "half":
		os.Stdout.Write(binary.LittleEndian.AppendUint32(header, 100))
		os.Exit(0)
	case "stranger":
		os.Stdout.Write(binary.LittleEndian.AppendUint16(header[:len(header)-2], wire.Version+1))
	case "chatty":
		fmt.Fprint(os.Stderr, strings.Repeat("x", 1<<20), "the end")
		os.Exit(1)
	case "closed":
		os.Stdout.Close()
	case "still": // alive, and nothing else
		os.Stdout.Write(header)
		for range time.Tick(lifeStep) {
			os.Stdout.Write(wire.AppendFrame(nil, kindLife, &life{at: 1}))
		}
	case "gains": // on a long task, and breaks after it took longer than the timeout
		os.Stdout.Write(header)
		for at := range int64(30) {
			os.Stdout.Write(wire.AppendFrame(nil, kindLife, &life{at: at}))
			time.Sleep(lifeStep)
		}
		os.Exit(3)
	case "silent", "deaf":
	case "stubborn":
		signal.Ignore(syscall.SIGTERM, os.Interrupt)
		io.Copy(io.Discard, os.Stdin)
	default:
		panic(kind)
	}
	time.Sleep(time.Hour)
}
