package merge

// trail shows the context that is pending after the last selected record, as
// far as it stands before the offset end, where a record begins.
func (g *Grep) trail(end int64) error {
	// What cannot be shown counts as if it had been.
	g.any = g.any || g.pending > 0
	for g.pending > 0 && g.printed < end {
		next, err := g.view.next(g.printed, end, g.terminator)
		if err != nil {
			return err
		}
		ok, err := g.context(g.printed, next, g.number)
		if err != nil {
			return err
		}
		if !ok {
			g.pending = 0
			break
		}
		g.printed, g.number = next, g.number+1
		g.pending--
	}
	return nil
}

// trailTo is trail up to the offset end, from which on the input cannot be read: a record that it
// cuts is not shown.
func (g *Grep) trailTo(end int64) error {
	if g.pending == 0 || end <= g.printed {
		return nil
	}
	end, err := g.view.previous(end+1, g.printed, g.terminator)
	if err != nil {
		return err
	}
	return g.trail(end)
}

// lead shows the context before the selected record at start, with that line
// number, and before it the gap to what was shown last.
func (g *Grep) lead(start int64, line uint64) (err error) {
	from, n := start, uint64(0)
	for ; n < uint64(g.Before) && from > g.printed; n++ {
		if from, err = g.view.previous(from, g.printed, g.terminator); err != nil {
			return err
		}
	}
	// Under inverted matching, records that follow each other are one group even
	// if they cannot be shown.
	adjacent := g.any && from == g.printed || g.Spec.Invert && g.found && start == g.last
	if g.Groups && g.shown && !adjacent {
		if err := g.printer.Gap(); err != nil {
			return err
		}
	}
	for ; n > 0; n-- {
		next, err := g.view.next(from, start, g.terminator)
		if err != nil {
			return err
		}
		ok, err := g.context(from, next, line-n)
		if err != nil {
			return err
		}
		if from = next; ok {
			g.any, g.printed, g.number = true, next, line-n+1
		}
	}
	return nil
}

// context shows one record; ok is false if it cannot be shown.
func (g *Grep) context(start, end int64, line uint64) (ok bool, err error) {
	b, err := g.view.bytes(start, end)
	if err != nil {
		return false, err
	}
	g.row.Context, g.row.Valid, g.row.Matches, g.row.Origin = true, false, nil, nil
	g.row.Bytes, g.row.Start, g.row.Line = b, start-g.start, line
	if g.Recoder != nil {
		g.Recoder.record(&g.row)
	}
	ok, err = g.printer.Record(&g.row)
	g.Hidden = g.Hidden || !ok
	return ok, err
}

// releaseStep is how many bytes of a stream come in before it is worked out how
// many lines back the context may reach.
const releaseStep = 16 << 20

// release gives back what of a stream no later record needs as context; the
// ranges up to the offset end are done.
func (g *Grep) release(end int64) (err error) {
	if !g.src.Stream() || g.Before > 0 && end-g.released < max(releaseStep, 2*g.kept) {
		return nil
	}
	needed := end
	if g.pending > 0 {
		needed = g.printed
	}
	for n := 0; n < g.Before && needed > g.printed && !g.binary; n++ {
		if needed, err = g.view.previous(needed, g.printed, g.terminator); err != nil {
			return err
		}
	}
	g.released, g.kept = needed, end-needed
	g.src.Release(needed)
	return nil
}
