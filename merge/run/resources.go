package run

import (
	"fmt"
	"math/bits"

	"github.com/linefork/linefork/internal/cgroup"
	"github.com/linefork/linefork/internal/rlimit"
	"github.com/linefork/linefork/worker"
)

// resources are what limits a run besides its descriptors.
type resources struct {
	group   *cgroup.Memory // nil: not limited
	kills   int64          // in the group, before there were children
	space   int64          // bytes that this process may still map; 0: not limited
	threads int64          // processes and threads that may still be started; -1: not limited
}

// smallInputs are so few bytes that a run over them needs no look at what there is.
const smallInputs = 32 << 20

// findResources looks at what there is, where that may matter: it takes a tenth of a millisecond.
func findResources(mode worker.Mode, in *inputs) (r resources) {
	r.threads = -1
	if space := rlimit.AddressSpace(); space > 0 {
		r.space = max(space-rlimit.AddressSpaceInUse(), 1)
	}
	if mode == Inline {
		return r
	}
	const many = 4096 // threads, which no run uses up
	if most := rlimit.Threads(); 0 < most && most < many {
		if used, ok := rlimit.ThreadsInUse(); ok {
			r.threads = max(most-used, 0)
		}
	}
	if mode == worker.Processes || in.unknown || in.folders || in.known > smallInputs {
		if r.group = cgroup.Find(); r.group != nil {
			r.kills = r.group.Kills()
		}
	}
	return r
}

// What a run needs, at least.
const (
	workerMemory = 32 << 20 // bytes for each worker, with the results that wait for their turn
	childThreads = 9        // which Go's runtime starts in a child
	ownThreads   = 6        // which it may still start in this process
	leastSpace   = 8 << 20  // bytes of address space for the window of a worker
)

// fit returns where so many workers should run, and how many of them there is room for.
func (r *resources) fit(mode worker.Mode, processes int) (worker.Mode, int) {
	if r.group != nil {
		processes = min(processes, max(1, int(r.group.Limit/workerMemory)))
	}
	if mode == worker.Processes && r.threads >= 0 {
		if most := (r.threads - ownThreads) / childThreads; most > 0 {
			processes = min(processes, int(most))
		} else {
			mode = worker.Threads
		}
	}
	if mode != worker.Threads {
		return mode, processes
	}
	most := processes
	if r.threads >= 0 {
		most = min(most, int(r.threads-ownThreads))
	}
	if r.space > 0 { // half of it, and the coordinator has a window, too
		most = min(most, int(r.space/2/leastSpace)-1)
	}
	if most < processes && most <= 1 {
		return worker.Serial, 1
	}
	return mode, most
}

// tight is the bytes of memory for each worker below which they are given short ranges.
const tight = 256 << 20

// longest is how long ranges may be with so many workers; 0 is no limit.
func (r *resources) longest(mode worker.Mode, processes int) int64 {
	most := int64(0)
	if r.group != nil && r.group.Limit/int64(processes) < tight {
		most = r.group.Limit / int64(processes) / 8
	}
	if r.space > 0 {
		windows := int64(4)
		if mode == worker.Threads {
			windows = 2 * (int64(processes) + 1)
		}
		if space := r.space / windows; most == 0 || space < most {
			most = space
		}
	}
	if most == 0 {
		return 0
	}
	return max(1<<20, int64(1)<<(bits.Len64(uint64(most))-1))
}

// table is how many bytes the table of a coordinator may take that takes most by default.
func (r *resources) table(most int) int {
	for _, limit := range []int64{r.space, r.memory()} {
		if limit > 0 {
			most = int(min(int64(most), limit/24))
		}
	}
	return most
}

func (r *resources) memory() int64 {
	if r.group == nil {
		return 0
	}
	return r.group.Limit
}

// killed is why a child may have been killed that nobody here has killed; "" if that is not known.
func (r *resources) killed() string {
	if r.group == nil || r.group.Kills() <= r.kills {
		return ""
	}
	return fmt.Sprintf("out of memory (the limit of the control group is %d MiB)", r.group.Limit>>20)
}
