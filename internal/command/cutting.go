package command

import (
	"sync"

	"github.com/linefork/linefork/split"
)

// cutting is the inputs that are being cut, so that this can be ended from another
// goroutine, whatever it waits for.
type cutting struct {
	mu      sync.Mutex
	sources map[split.Source]bool
	stopped chan struct{}
}

func newCutting() *cutting {
	return &cutting{sources: make(map[split.Source]bool), stopped: make(chan struct{})}
}

// begin is called before src is read, and end when nothing waits for it any more.
func (c *cutting) begin(src split.Source) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.sources[src] = true; c.isStopped() {
		src.Stop()
	}
}

func (c *cutting) end(src split.Source) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.sources, src)
}

// stop ends the cutting of all inputs, also of those that begin later.
func (c *cutting) stop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.isStopped() {
		return
	}
	close(c.stopped)
	for src := range c.sources {
		src.Stop()
	}
}

func (c *cutting) isStopped() bool {
	select {
	case <-c.stopped:
		return true
	default:
		return false
	}
}
