//go:build unix

package command

import (
	"os"
	"os/signal"

	"golang.org/x/sys/unix"
)

// onStop has Ctrl-Z take the bar away before the shell writes its prompt; it comes back when the
// run goes on.
func (p *progress) onStop() {
	if signal.Ignored(unix.SIGTSTP) {
		return
	}
	p.run(func(ended <-chan struct{}) {
		asked := make(chan os.Signal, 1)
		signal.Notify(asked, unix.SIGTSTP)
		defer signal.Reset(unix.SIGTSTP)
		for {
			select {
			case <-asked:
				p.screen.Without(func() { _ = unix.Kill(os.Getpid(), unix.SIGSTOP) })
			case <-ended:
				return
			}
		}
	})
}
