package command

import "sync"

// background are goroutines that end with the run.
type background struct {
	starting sync.Mutex
	over     bool          // none is started any more
	ended    chan struct{} // closed then
	running  sync.WaitGroup
}

// run starts one, which is to return when ended is closed.
func (b *background) run(f func(ended <-chan struct{})) {
	b.starting.Lock()
	defer b.starting.Unlock()
	if b.over {
		return
	}
	if b.ended == nil {
		b.ended = make(chan struct{})
	}
	ended := b.ended
	b.running.Go(func() { f(ended) })
}

// end returns when all have ended.
func (b *background) end() {
	b.starting.Lock()
	if b.over = true; b.ended != nil {
		close(b.ended)
		b.ended = nil
	}
	b.starting.Unlock()
	b.running.Wait()
}
