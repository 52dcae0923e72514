package bench

import (
	"fmt"
	"slices"
)

// report is everything that was measured. Other programs read it as JSON.
type report struct {
	Linefork string   `json:"linefork"`
	Machine  machine  `json:"machine"`
	File     fileInfo `json:"file"`
	Peers    []tool   `json:"peers"`
	Missing  []string `json:"not_installed"`
	Runs     int      `json:"runs"`
	Warmup   int      `json:"warmup"`
	Jobs     []*job   `json:"jobs"`
}

// job is one job and its commands, the baseline first.
type job struct {
	Name        string    `json:"name"`
	Title       string    `json:"title"`
	Reference   *answer   `json:"answer"` // of the baseline's first run
	FastestPeer string    `json:"fastest_peer,omitempty"`
	Commands    []*result `json:"commands"`
	Warnings    []string  `json:"warnings"`
	Scaling     *scaling  `json:"scaling,omitempty"` // nil if the file is too small

	bytes int64 // size of the input
}

// result is what was measured for one command. Times are in seconds, in the order of the rounds,
// without the warm-up.
type result struct {
	Name    string    `json:"name"`
	Args    []string  `json:"command"`
	Peer    bool      `json:"peer"`
	Answer  *answer   `json:"answer,omitempty"`
	Differs bool      `json:"differs"`
	Failure string    `json:"failure,omitempty"`
	Times   []float64 `json:"times_s"`
	CPU     []float64 `json:"cpu_s"` // user and system, with child processes

	Median         float64 `json:"median_s,omitempty"`
	Min            float64 `json:"min_s,omitempty"`
	Max            float64 `json:"max_s,omitempty"`
	BytesPerSecond float64 `json:"bytes_per_s,omitempty"`

	// How many times as fast as the baseline, and as the fastest peer.
	Speedup       float64 `json:"speedup,omitempty"`
	VsFastestPeer float64 `json:"vs_fastest_peer,omitempty"`
}

func (a *answer) String() string {
	s := fmt.Sprintf("%s lines", formatCount(a.Lines))
	if a.SHA256 != "" {
		s += fmt.Sprintf(" (sha256 %.12s)", a.SHA256)
	}
	return s
}

// summarize derives everything else from the times and answers.
func (j *job) summarize() {
	var fastest *result
	for _, r := range j.Commands {
		if len(r.Times) == 0 {
			continue
		}
		r.Median, r.Min, r.Max = median(r.Times), slices.Min(r.Times), slices.Max(r.Times)
		r.BytesPerSecond = float64(j.bytes) / r.Median
		// The time of a wrong answer does not count.
		if r.Peer && !r.Differs && (fastest == nil || r.Median < fastest.Median) {
			fastest = r
		}
	}
	for _, r := range j.Commands {
		r.Speedup = speedup(j.Commands[0], r)
		if fastest != nil {
			j.FastestPeer = fastest.Name
			r.VsFastestPeer = speedup(fastest, r)
		}
	}
	j.Warnings = j.warnings()
}

// speedup is how many times as fast as base r is: the median of the ratios in each round, or 0 if
// unknown.
func speedup(base, r *result) float64 {
	if len(r.Times) == 0 || len(r.Times) != len(base.Times) {
		return 0
	}
	ratios := make([]float64, len(r.Times))
	for i, t := range r.Times {
		ratios[i] = base.Times[i] / t
	}
	return median(ratios)
}

func median(xs []float64) float64 {
	s := slices.Sorted(slices.Values(xs))
	n := len(s)
	return (s[(n-1)/2] + s[n/2]) / 2
}

// warnings says which times are not reliable, and what to do about it.
func (j *job) warnings() []string {
	const (
		largeSpread = 1.5   // slowest run to median
		short       = 0.010 // s
	)
	var noisy, cold, brief []string
	for _, r := range j.Commands {
		switch {
		case len(r.Times) == 0:
		case r.Median < short:
			brief = append(brief, r.Name)
		case r.Max <= largeSpread*r.Median:
		case r.Times[0] == r.Max:
			cold = append(cold, r.Name)
		default:
			noisy = append(noisy, r.Name)
		}
	}
	w := []string{}
	warn := func(names []string, format string, args ...any) {
		if len(names) == 0 {
			return
		}
		which := names[0]
		if len(names) > 1 {
			which = fmt.Sprintf("%d commands, %s the first", len(names), names[0])
		}
		w = append(w, fmt.Sprintf(format, args...)+": "+which)
	}
	warn(cold, "the first counted run took more than %g times the median, "+
		"so the file may not have been in memory yet; raise --warmup", largeSpread)
	warn(noisy, "the slowest run took more than %g times the median; "+
		"close other programs, or raise --runs", largeSpread)
	warn(brief, "a median below %g ms is mostly the start of a process; "+
		"take a larger file", short*1000)
	return w
}
