package command

import "time"

// speed is how fast a number grows.
type speed struct{ samples []sample }

type sample struct {
	at time.Time
	n  int64
}

// window is the time over which a speed is measured.
const window = 3 * time.Second

// add takes the number as it is now, and returns its growth a second; 0 if nothing is known.
func (s *speed) add(now time.Time, n int64) float64 {
	s.samples = append(s.samples, sample{now, n})
	for len(s.samples) > 2 && now.Sub(s.samples[1].at) >= window {
		s.samples = s.samples[1:]
	}
	first := s.samples[0]
	passed := now.Sub(first.at)
	if passed <= 0 {
		return 0
	}
	return max(float64(n-first.n), 0) / passed.Seconds()
}
