package worker

import (
	"context"
	"errors"
	"os/exec"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// spawner starts the children of a pool on an operating system thread of its own, which lives as
// long as they do: on Linux, the death signal is sent when the thread that started the child ends,
// not the process.
type spawner struct {
	starting func()                // called before the first child is started; may be nil
	started  func(n int)           // called after the n-th start; may be nil
	launch   func(*exec.Cmd) error // nil: (*exec.Cmd).Start
	once     sync.Once
	requests chan spawnRequest // nil before the first child
	ended    chan struct{}
	stuck    atomic.Bool // in a start that nobody waits for any more

	mu     sync.Mutex
	thread int          // its number, on Linux
	born   map[int]bool // the numbers of the children that were started
}

type spawnRequest struct {
	cmd  *exec.Cmd
	done chan error
}

// errStuck means that a child was forked, and did not get so far as to run its program: that is on
// a file system which does not answer, say.
var errStuck = errors.New("its program does not start")

// start starts a child. Once late is closed, or ctx is done, it waits for that only as long as a
// child takes to die.
func (s *spawner) start(ctx context.Context, late <-chan struct{}, cmd *exec.Cmd) error {
	setDeathSignal(cmd)
	s.once.Do(s.run)
	r := spawnRequest{cmd, make(chan error, 1)}
	select {
	case s.requests <- r:
	case <-late: // the thread is stuck with another one
		return errStuck
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case err := <-r.done:
		return err
	case <-late:
	case <-ctx.Done():
	}
	return s.giveUp(r)
}

// deathTime is how long a child that was killed is waited for.
const deathTime = time.Second

// giveUp ends a start. If the child is there all the same, that is no error.
func (s *spawner) giveUp(r spawnRequest) error {
	for deadline := time.Now().Add(deathTime); time.Now().Before(deadline); {
		s.killUnborn()
		select {
		case err := <-r.done:
			return err
		case <-time.After(deathTime / 20):
		}
	}
	s.stuck.Store(true)
	go func() {
		if err := <-r.done; err == nil {
			_ = r.cmd.Process.Kill()
			_ = r.cmd.Wait()
		}
	}()
	return errStuck
}

func (s *spawner) run() {
	if s.starting != nil {
		s.starting()
	}
	if s.launch == nil {
		s.launch = (*exec.Cmd).Start
	}
	s.requests, s.ended = make(chan spawnRequest), make(chan struct{})
	s.born = make(map[int]bool)
	go func() {
		defer close(s.ended)
		runtime.LockOSThread() // never unlocked, so that the thread ends, too
		s.mu.Lock()
		s.thread = currentThread()
		s.mu.Unlock()
		n := 0
		for r := range s.requests {
			err := s.launchBeside(r.cmd)
			if err == nil {
				s.mu.Lock()
				s.born[r.cmd.Process.Pid] = true
				s.mu.Unlock()
			}
			r.done <- err
			if n++; s.started != nil {
				s.started(n)
			}
		}
	}()
}

// launchBeside starts a child while other goroutines can run: a thread that waits for the child to
// run its program keeps its processor of the runtime, which may be the only one.
func (s *spawner) launchBeside(cmd *exec.Cmd) error {
	if runtime.GOMAXPROCS(0) == 1 {
		runtime.GOMAXPROCS(2)
		defer runtime.GOMAXPROCS(1)
	}
	return s.launch(cmd)
}

// close ends the thread, if it can be ended. All children must have ended, and no more may be
// started.
func (s *spawner) close() {
	if s.requests == nil {
		return
	}
	close(s.requests)
	if !s.stuck.Load() {
		<-s.ended
	}
}
