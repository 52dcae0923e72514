package merge

import (
	"fmt"

	"github.com/linefork/linefork/worker/tally"
)

// Tally adds up how often each key occurs, over all inputs. What does not fit
// into memory waits in a file in the temporary folder, which has no name there
// where the platform allows that. Close must be called when it is done with. It is for
// one goroutine.
type Tally struct {
	// The counts of the current input are kept apart until it has been read to
	// its end.
	file, all sorter
	spill     spill
}

// TallyLimit is how many bytes the counts of the current input may take, and
// those of all other inputs, where memory is not short: enough for 12 million keys
// of up to 15 bytes, or for 10 million of up to 25.
const TallyLimit = 640 << 20

func errKeyTooLong() error { return fmt.Errorf("a key is longer than %d MiB", tally.MaxKey>>20) }

// NewTally returns an empty Tally with a limit such as [TallyLimit]. Creating, if not
// nil, is called before a temporary file is made, which has to be closed before the
// process ends.
func NewTally(limit int, creating func()) *Tally {
	t := &Tally{spill: spill{creating: creating}}
	t.file.init(&t.spill, tally.ByKey, limit)
	t.all.init(&t.spill, tally.ByKey, limit)
	return t
}

// add adds the counts of a part of a range. Its error is that of the temporary
// file.
func (t *Tally) add(l tally.List) error {
	return t.file.addList(l)
}

// keep adds the counts of the current input to those of all.
func (t *Tally) keep() error {
	t.all.segments = append(t.all.segments, t.file.segments...)
	t.file.segments = nil
	if t.all.table.Len() == 0 {
		t.all.table, t.file.table = t.file.table, t.all.table
		return nil
	}
	for key, n := range t.file.table.All() {
		if err := t.all.add(key, n); err != nil {
			return err
		}
	}
	t.void()
	return nil
}

// void takes back the counts of the current input.
func (t *Tally) void() {
	t.file.table.Reset()
	t.file.segments = nil
}

// Drain calls f with every key, valid until f returns, and its count, in order. It
// returns the first error of f or of the temporary file, and leaves the Tally empty.
func (t *Tally) Drain(o tally.Order, f func(key []byte, n uint64) error) error {
	if o == t.all.order || len(t.all.segments) == 0 {
		t.all.order = o
		return t.all.drain(f)
	}
	// The counts are known only where the keys are in order; then they are sorted
	// again.
	t.file.order = o
	if err := t.all.drain(t.file.add); err != nil {
		return err
	}
	return t.file.drain(f)
}

// Close removes the temporary file.
func (t *Tally) Close() { t.spill.close() }
