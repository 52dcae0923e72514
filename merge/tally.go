package merge

import (
	"fmt"

	"github.com/linefork/linefork/worker/tally"
)

// Tally adds up how often each key occurs, over all inputs. What does not fit
// into memory waits in a file in the temporary folder, which has no name there
// where the platform allows that. Close must be called at last.
type Tally struct {
	// The counts of the input in hand are apart until it has been read to its
	// end.
	file, all sorter
	spill     spill
}

// tallyLimit is how many bytes the counts of the input in hand may take, and
// those of all other inputs: enough for 12 million keys of up to 15 bytes, or
// for 10 million of up to 25.
const tallyLimit = 640 << 20

func errKeyTooLong() error { return fmt.Errorf("a key is longer than %d MiB", tally.MaxKey>>20) }

// NewTally returns an empty Tally.
func NewTally() *Tally { return newTally(tallyLimit) }

func newTally(limit int) *Tally {
	t := new(Tally)
	t.file.init(&t.spill, tally.ByKey, limit)
	t.all.init(&t.spill, tally.ByKey, limit)
	return t
}

// add adds the counts of a part of a range. Its error is that of the temporary
// file.
func (t *Tally) add(l tally.List) error {
	return t.file.addList(l)
}

// keep adds the counts of the input in hand to those of all.
func (t *Tally) keep() error {
	t.all.runs = append(t.all.runs, t.file.runs...)
	t.file.runs = nil
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

// void takes back the counts of the input in hand.
func (t *Tally) void() {
	t.file.table.Reset()
	t.file.runs = nil
}

// Each calls f with every key, valid until f returns, and its count, in order.
// It returns the first error of f or of the temporary file. It takes the counts
// with it: the Tally is empty afterwards.
func (t *Tally) Each(o tally.Order, f func(key []byte, n uint64) error) error {
	if o == t.all.order || len(t.all.runs) == 0 {
		t.all.order = o
		return t.all.each(f)
	}
	// The counts are known only where the keys are in order; then they are
	// sorted anew.
	t.file.order = o
	if err := t.all.each(t.file.add); err != nil {
		return err
	}
	return t.file.each(f)
}

// Close removes the temporary file.
func (t *Tally) Close() { t.spill.close() }
