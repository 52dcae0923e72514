package run

import (
	"fmt"
	"time"

	"github.com/linefork/linefork/internal/descriptors"
	"github.com/linefork/linefork/worker"
)

// A run takes some descriptors itself (streams, the output, folders that are open, what Go's runtime
// needs), and for each child its pipes and what it is known by. Beside these there are the inputs
// that are open ahead of their turn.
const (
	ownDescriptors   = 24
	childDescriptors = 6
	fewDescriptors   = 32 // with fewer than that, nothing runs beside the loop
)

// enough returns an error if there are too few descriptors for any work beside the loop.
func enough(mode worker.Mode, limit int) error {
	switch {
	case mode == Inline || !descriptors.Few(limit):
		return nil
	case limit < descriptors.Least:
		return fmt.Errorf("%d files may be open at a time, but %d are needed (ulimit -n)",
			limit, descriptors.Least)
	}
	// Go's runtime opens what timers need now: later, without a descriptor, it would die.
	time.Sleep(time.Nanosecond)
	return nil
}

// fit returns what the run can do with so many descriptors, 0 if that is unknown: fewer children, or
// none; the number of workers is at least 1.
func fit(mode worker.Mode, processes, limit int) (worker.Mode, int) {
	if limit <= 0 {
		return mode, processes
	}
	if mode == worker.Processes {
		if most := (limit - ownDescriptors) / childDescriptors; most > 0 {
			return mode, min(processes, most)
		}
		mode = worker.Threads
	}
	if mode == worker.Threads && limit < fewDescriptors {
		return worker.Serial, 1
	}
	return mode, processes
}
