//go:build unix

package grep

import (
	"bytes"
	"slices"
	"strings"
	"time"
)

// shrinker removes what a failing trial does not need.
type shrinker struct {
	trial *trial
	fails func(*trial) bool
	end   time.Time
}

// shrink makes the trial as small as the time allows.
func (s *shrinker) shrink() {
	for s.round() && !s.over() {
	}
}

func (s *shrinker) over() bool { return time.Now().After(s.end) }

// round tries to remove each thing, and reports whether anything was removed.
func (s *shrinker) round() (changed bool) {
	try := func(change func(*trial)) bool {
		ok := s.try(change)
		changed = changed || ok
		return ok
	}
	cut := func(items int, remove func(t *trial, from, to int)) {
		changed = s.cut(items, remove) || changed
	}
	if len(s.trial.way) > 0 && !try(func(t *trial) { t.way = nil }) &&
		s.trial.way[0] != "--mode=serial" {
		try(func(t *trial) { t.way[0] = "--mode=serial" })
	}
	if s.trial.pipe {
		try(func(t *trial) { t.pipe = false })
	}
	if s.trial.inFile {
		try(func(t *trial) { t.inFile = false })
	}
	if s.trial.locale != "C" {
		try(func(t *trial) { t.locale = "C" })
	}
	cut(len(s.trial.options), func(t *trial, from, to int) {
		t.options = slices.Delete(t.options, from, to)
	})
	for i, option := range s.trial.options {
		if number := strings.TrimLeft(option, "-mABC"); len(option)-len(number) == 2 &&
			len(number) > 0 {
			for _, less := range []string{"0", "1", "2", "5"} {
				if len(less) <= len(number) && less < number &&
					try(func(t *trial) { t.options[i] = option[:2] + less }) {
					break
				}
			}
		}
	}
	cut(len(s.trial.operands), func(t *trial, from, to int) {
		t.operands = slices.Delete(t.operands, from, to)
	})
	for i := len(s.trial.files) - 1; i >= 0 && len(s.trial.files) > 1; i-- {
		if i != s.trial.stdin && !slices.Contains(s.trial.operands, s.trial.files[i].name) {
			try(func(t *trial) {
				t.files = slices.Delete(t.files, i, i+1)
				if t.stdin > i {
					t.stdin--
				}
			})
		}
	}
	if len(s.trial.patterns) > 1 {
		cut(len(s.trial.patterns), func(t *trial, from, to int) {
			t.patterns = slices.Delete(t.patterns, from, to)
		})
	}
	for i := range s.trial.patterns {
		cut(len(s.trial.patterns[i]), func(t *trial, from, to int) {
			t.patterns[i] = slices.Delete(slices.Clone(t.patterns[i]), from, to)
		})
	}
	for i := range s.trial.files {
		cut(len(lineEnds(s.trial.files[i].data)), func(t *trial, from, to int) {
			all := append([]int{0}, lineEnds(t.files[i].data)...)
			t.files[i].data = slices.Delete(slices.Clone(t.files[i].data), all[from], all[to])
		})
		cut(len(s.trial.files[i].data), func(t *trial, from, to int) {
			t.files[i].data = slices.Delete(slices.Clone(t.files[i].data), from, to)
		})
	}
	return changed
}

// lineEnds returns the offsets just past the lines, including the last one.
func lineEnds(data []byte) (ends []int) {
	for at := 0; at < len(data); {
		if n := bytes.IndexByte(data[at:], '\n'); n >= 0 {
			at += n + 1
		} else {
			at = len(data)
		}
		ends = append(ends, at)
	}
	return ends
}

// try changes the trial, if it still fails then.
func (s *shrinker) try(change func(*trial)) bool {
	if s.over() {
		return false
	}
	smaller := s.trial.clone()
	change(smaller)
	if len(smaller.patterns) == 0 || !s.fails(smaller) {
		return false
	}
	s.trial = smaller
	return true
}

// cut removes parts of a list with so many items: halves, quarters and so on, down to single items.
func (s *shrinker) cut(items int, remove func(t *trial, from, to int)) (changed bool) {
	for size := items; size > 0; size /= 2 {
		for from := items - size; from > -size && !s.over(); from -= size {
			from, to := max(from, 0), min(from+size, items)
			if from < to && s.try(func(t *trial) { remove(t, from, to) }) {
				items -= to - from
				changed = true
			}
		}
	}
	return changed
}
