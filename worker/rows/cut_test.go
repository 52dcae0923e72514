package rows

import "testing"

// pieces selects the rows of the trial in two ranges, cut at an offset that an LF
// stands before, as a run puts them together.
func (c *trial) pieces(s *Scanner, cut int) (rows uint64) {
	scan := func(from, to int, start State) Result {
		t := Task{Columns: c.columns(), Start: start, FileStart: c.fileStart && from == 0}
		return s.Scan(c.input[from:to], t)
	}
	first, second := scan(0, cut, Outside), scan(cut, len(c.input), Outside)
	rows = first.Head.Rows + first.Rest.Rows
	if first.Open < 0 {
		return rows + second.Head.Rows + second.Rest.Rows
	}
	if second.Tail < 0 {
		return rows // the record has no end
	}
	if second.Converged {
		rows += second.Alt.Rows + second.Rest.Rows
	} else {
		inside := scan(cut, len(c.input), Inside)
		rows += inside.Head.Rows + inside.Rest.Rows
	}
	across := scan(int(first.Open), cut+int(second.Tail), Outside)
	return rows + across.Head.Rows + across.Rest.Rows
}

// TestCuts cuts inputs at every LF. An input that is cut has as many rows as one
// that is not.
func TestCuts(t *testing.T) {
	n := uint64(3000)
	if testing.Short() {
		n = 500
	}
	for seed := range n {
		d := seededDice(seed)
		c := newTrial(d)
		c.max, c.escape = 0, 0 // an LF that is escaped is not a place to cut
		s := c.compile(t).Scanner()
		want, _ := c.selected(readAll(c.input, c.dialect(), c.fileStart))
		for i, b := range c.input {
			if b != '\n' {
				continue
			}
			if got := c.pieces(s, i+1); got != uint64(len(want)) {
				t.Fatalf("seed %d, cut at %d: %d rows; want %d\n%v", seed, i+1, got, len(want), c)
			}
		}
	}
}
