package worker

import (
	"os/exec"
	"runtime"
	"sync"
)

// spawner starts the children of a pool on an operating system thread of its own, which lives as
// long as they do: on Linux, the death signal is sent when the thread that started the child ends,
// not the process.
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
		runtime.LockOSThread() // never unlocked, so that the thread ends, too
		for r := range s.requests {
			r.done <- r.cmd.Start()
		}
	}()
}

// close ends the thread. All children must have ended, and no more may be started.
func (s *spawner) close() {
	if s.requests != nil {
		close(s.requests)
		<-s.ended
	}
}
