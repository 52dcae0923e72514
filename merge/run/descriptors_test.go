package run

import (
	"testing"

	"github.com/linefork/linefork/worker"
)

func TestFit(t *testing.T) {
	for _, test := range []struct {
		mode      worker.Mode
		processes int
		limit     int
		wantMode  worker.Mode
		want      int
	}{
		{worker.Processes, 8, 0, worker.Processes, 8},
		{worker.Processes, 8, 1024, worker.Processes, 8},
		{worker.Processes, 8, 64, worker.Processes, 6},
		{worker.Processes, 8, 30, worker.Processes, 1},
		{worker.Processes, 8, 29, worker.Serial, 1},
		{worker.Threads, 8, 32, worker.Threads, 8},
		{worker.Threads, 8, 16, worker.Serial, 1},
		{Inline, 1, 16, Inline, 1},
	} {
		mode, n := fit(test.mode, test.processes, test.limit)
		if mode != test.wantMode || n != test.want {
			t.Errorf("%+v: %s, %d", test, mode, n)
		}
	}
}
