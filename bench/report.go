package bench

import (
	"slices"

	"github.com/linefork/linefork/internal/limit"
)

// report is everything that was measured, and what follows from it. What prints it only reads it;
// programs read it as JSON.
type report struct {
	Version  int           `json:"version"` // reportVersion
	Linefork string        `json:"linefork"`
	Machine  machine       `json:"machine"`
	File     fileInfo      `json:"file"`
	Question question      `json:"question"`
	Workers  int           `json:"workers"` // of threads and processes, except on the curve
	Peers    []tool        `json:"peers"`
	Missing  []string      `json:"not_installed"`
	Jobs     []*job        `json:"jobs"`
	Limits   []limit.Limit `json:"scan_limits"`
	LeftOut  []string      `json:"left_out"` // what was not measured, and why
	Busy     []string      `json:"busy"`     // why the figures may be worth less
	Seconds  float64       `json:"seconds"`  // that all of it took
	Verdict  []string      `json:"verdict"`
}

// reportVersion is raised when a field changes its meaning, and stays when one is added.
const reportVersion = 2

// job is one job and what was measured of its commands, the baseline first.
type job struct {
	Group     string    `json:"group"`
	Name      string    `json:"name"`
	Title     string    `json:"title"`
	Pattern   string    `json:"pattern,omitempty"`
	Bytes     int64     `json:"bytes"`            // that each command reads
	Reference *answer   `json:"answer,omitempty"` // of the baseline's first run
	Commands  []*result `json:"commands"`
	Scaling   *scaling  `json:"scaling,omitempty"` // nil if it is not known
}

// result is what was measured for one command. Times are in seconds, in the order of the rounds,
// without the warm-up.
type result struct {
	Name    string    `json:"name"`
	Line    string    `json:"command,omitempty"` // as one would type it
	Mode    string    `json:"mode,omitempty"`    // of linefork, or "limit"
	Workers int       `json:"workers,omitempty"`
	Answer  *answer   `json:"answer,omitempty"`
	Checked int       `json:"answers_checked"`
	Differs string    `json:"differs,omitempty"` // how the answer differs
	Failure string    `json:"failure,omitempty"`
	LeftOut string    `json:"left_out,omitempty"`        // why it was not run
	Stopped float64   `json:"stopped_after_s,omitempty"` // it took longer than that
	Times   []float64 `json:"times_s"`
	CPU     []float64 `json:"cpu_s"` // user and system, with child processes

	Median         float64 `json:"median_s,omitempty"`
	Min            float64 `json:"min_s,omitempty"`
	Max            float64 `json:"max_s,omitempty"`
	Spread         float64 `json:"spread,omitempty"` // the farthest run from the median, as a part of it
	BytesPerSecond float64 `json:"bytes_per_s,omitempty"`

	// How many times as fast as linefork in serial mode it is, and how many times as fast as it
	// linefork with all processes is. 0 if it is not known.
	Speedup float64 `json:"speedup,omitempty"`
	Behind  float64 `json:"processes_speedup,omitempty"`
	// What part of the scan limit of as many processes it reached.
	LimitShare float64 `json:"limit_share,omitempty"`

	rounds []int // of each of Times
}

func (r *result) isPeer() bool { return r.Mode == "" }

// measured reports whether there are times, of right answers.
func (r *result) measured() bool { return len(r.Times) > 0 && r.Differs == "" }

// summarize derives everything else from the times.
func (j *job) summarize() {
	for _, r := range j.Commands {
		if len(r.Times) == 0 {
			continue
		}
		r.Median, r.Min, r.Max = median(r.Times), slices.Min(r.Times), slices.Max(r.Times)
		if len(r.Times) > 1 {
			r.Spread = max(r.Max-r.Median, r.Median-r.Min) / r.Median
		}
		r.BytesPerSecond = float64(j.Bytes) / r.Median
	}
	ours := j.find(modeProcesses)
	for _, r := range j.Commands {
		r.Speedup = speedup(j.Commands[0], r)
		if ours != nil && r.Mode != modeLimit {
			r.Behind = speedup(r, ours)
		}
	}
}

// shareLimit says what part of the scan limit the jobs reached.
func (r *report) shareLimit() {
	for _, l := range r.Limits {
		for _, j := range r.Jobs {
			for _, res := range j.Commands {
				if res.Mode == modeProcesses && res.Workers == l.Processes && res.measured() &&
					j.Bytes == r.File.Size {
					res.LimitShare = res.BytesPerSecond / l.BytesPerSecond
				}
			}
		}
	}
}

// find returns the result of a mode of linefork with the most workers; nil if there is none.
func (j *job) find(mode string) (found *result) {
	for _, r := range j.Commands {
		if r.Mode == mode && r.measured() && (found == nil || r.Workers > found.Workers) {
			found = r
		}
	}
	return found
}

// limit returns how many bytes a second so many processes can read: the most that was seen, of as
// many or fewer, when they only read, or counted. It is 0 if that was not measured.
func (j *job) limit(processes int) (most float64) {
	measured := false
	for _, r := range j.Commands {
		if r.Workers > processes || !r.measured() || r.isPeer() {
			continue
		}
		most = max(most, float64(j.Bytes)/r.Min)
		measured = measured || r.Mode == modeLimit && r.Workers == processes
	}
	if !measured {
		return 0
	}
	return most
}

// limits are the scan limits that were measured in a job.
func (j *job) limits() (limits []limit.Limit) {
	for _, r := range j.Commands {
		if l := j.limit(r.Workers); r.Mode == modeLimit && l > 0 {
			limits = append(limits, limit.Limit{Processes: r.Workers, BytesPerSecond: l})
		}
	}
	return limits
}

// speedup is how many times as fast as base r is: the median of the ratios in each round that both
// took part in, since what is close in time compares best; or, without such rounds, the ratio of
// the medians. It is 0 if it is not known.
func speedup(base, r *result) float64 {
	if !base.measured() || !r.measured() {
		return 0
	}
	var ratios []float64
	for i, t := range r.Times {
		if k := slices.Index(base.rounds, r.rounds[i]); k >= 0 {
			ratios = append(ratios, base.Times[k]/t)
		}
	}
	if len(ratios) == 0 {
		return base.Median / r.Median
	}
	return median(ratios)
}

func median(xs []float64) float64 {
	s := slices.Sorted(slices.Values(xs))
	n := len(s)
	return (s[(n-1)/2] + s[n/2]) / 2
}
