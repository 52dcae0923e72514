package worker

import (
	"context"
	"errors"
	"os/exec"
	"testing"
	"time"
)

// A start that does not end is given up when its time is over, or when the run is; so are the starts
// that wait for it. A child that comes of it all the same is ended.
func TestStuckStart(t *testing.T) {
	late, release := make(chan struct{}), make(chan struct{})
	s := &spawner{launch: func(cmd *exec.Cmd) error {
		close(late)
		<-release
		return cmd.Start()
	}}
	before := len(children(t))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	stuck := exec.Command("sleep", "1000")
	within(t, time.Minute, "starts", func() {
		if err := s.start(t.Context(), late, stuck); !errors.Is(err, errStuck) {
			t.Errorf("%v, want errStuck", err)
		}
		if err := s.start(t.Context(), late, exec.Command("sleep", "1000")); !errors.Is(err, errStuck) {
			t.Errorf("behind it: %v, want errStuck", err)
		}
		if err := s.start(ctx, nil, exec.Command("sleep", "1000")); !errors.Is(err, context.Canceled) {
			t.Errorf("behind it, in a run that is over: %v", err)
		}
		s.close()
	})
	close(release)
	within(t, time.Minute, "the end", func() {
		<-s.ended
		for len(children(t)) > before {
			time.Sleep(time.Millisecond)
		}
	})
}
