package faults

import "sync"

// kind is a class of faults. Each is drawn as often as each other.
type kind struct {
	name   string
	faults []*fault
}

// fault is something that goes wrong. Every field but the name may be missing.
type fault struct {
	name string
	fits func(*trial) bool // the trials in which it can happen
	// prepare is called before the program starts, and strike while it runs.
	prepare func(*attempt) error
	strike  func(*attempt)
	// fired reports whether the fault has happened. Without it, it always has.
	fired func(*attempt) bool
	// strict reports whether the answer must be the same in spite of the fault.
	strict func(*attempt) bool
	// change makes of the files of the input what they are after the fault: an answer to these is
	// right as well.
	change func(*input) map[string][]byte
	// after is called when the program has ended.
	after    func(*attempt) error
	unseen   bool                     // the program cannot tell that nobody sees its output
	warns    bool                     // an answer is right that comes with a message about the input
	mixes    bool                     // what is printed before an error is said may be anything
	kills    bool                     // it may end the program
	crashes  bool                     // the runtime of Go reports it
	fatal    func(stderr string) bool // the runtime of Go may say this and end the program; may be nil
	reshapes bool                     // columns may be as wide as for inputs of which nothing is known before
	mute     bool                     // what it has to say cannot be written, either
	strays   bool                     // the program cannot get at what it has made beside the output
	leaves   []string                 // it leaves these beside the output
}

var kinds = sync.OnceValue(func() []kind {
	all := []kind{
		{"worker", workerFaults()},
		{"outside", outsideFaults()},
		{"coordinator", coordinatorFaults()},
		{"input", inputFaults()},
		{"output", outputFaults()},
	}
	if strace() {
		all = append(all, kind{"call", callFaults()})
	}
	return all
})
