package worker

import (
	"os/exec"
	"runtime"
	"sync"
)

// spawner starts the children of a pool from an operating system thread of its own,
// which lives as long as they do: on Linux a death signal is sent when the thread
// that started the child ends, not the process.
type spawner struct {
	starting func() // called before the first child is started; may be nil
	once     sync.Once
	requests chan spawnRequest // nil before the first child
	ended    chan struct{}
}

type spawnRequest struct {
	cmd  *exec.Cmd
	done chan error
}

func (s *spawner) start(cmd *exec.Cmd) error {
	setDeathSignal(cmd)
	s.once.Do(s.run)
	r := spawnRequest{cmd, make(chan error, 1)}
	s.requests <- r
	return <-r.done
}

func (s *spawner) run() {
	if s.starting != nil {
		s.starting()
	}
	s.requests, s.ended = make(chan spawnRequest), make(chan struct{})
	go func() {
		defer close(s.ended)
		runtime.LockOSThread() // and never unlocked: the thread ends, too
		for r := range s.requests {
			r.done <- r.cmd.Start()
		}
	}()
}

// close ends the thread, when all children have ended and no more are started.
func (s *spawner) close() {
	if s.requests != nil {
		close(s.requests)
		<-s.ended
	}
}
