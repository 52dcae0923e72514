package worker

import (
	"os/exec"
	"runtime"
	"sync"
)

// spawn starts a child from one operating system thread that lives as long as
// the coordinator: on Linux a death signal is sent when the thread that
// started the child ends, not the process.
func spawn(cmd *exec.Cmd) error {
	setDeathSignal(cmd)
	spawner.once.Do(func() {
		spawner.request = make(chan spawnRequest)
		go func() {
			runtime.LockOSThread()
			for r := range spawner.request {
				r.done <- r.cmd.Start()
			}
		}()
	})
	r := spawnRequest{cmd, make(chan error, 1)}
	spawner.request <- r
	return <-r.done
}

type spawnRequest struct {
	cmd  *exec.Cmd
	done chan error
}

var spawner struct {
	once    sync.Once
	request chan spawnRequest
}
