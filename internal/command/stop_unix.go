//go:build unix

package command

import (
	"os"
	"os/signal"
	"time"

	"golang.org/x/sys/unix"
)

// onStop has Ctrl-Z take the bar away before the shell writes its prompt; it comes back when the
// run goes on.
func (p *progress) onStop() {
	if signal.Ignored(unix.SIGTSTP) {
		return
	}
	asked, resumed := make(chan os.Signal, 1), make(chan os.Signal, 1)
	signal.Notify(asked, unix.SIGTSTP) // before there is a bar
	signal.Notify(resumed, unix.SIGCONT)
	p.run(func(ended <-chan struct{}) {
		defer signal.Reset(unix.SIGTSTP, unix.SIGCONT)
		for {
			select {
			case <-asked:
				p.screen.Settle()
				p.screen.Without(func() { stop(resumed) })
			case <-ended:
				return
			}
		}
	})
}

// stop stops the process until it gets a SIGCONT. The kernel may give the signal to another thread:
// this one runs on for a while, and must not draw.
func stop(resumed <-chan os.Signal) {
	select {
	case <-resumed: // an earlier one
	default:
	}
	if unix.Kill(os.Getpid(), unix.SIGSTOP) != nil {
		return
	}
	select {
	case <-resumed:
	case <-time.After(time.Second): // the first process of a container does not stop
	}
}
