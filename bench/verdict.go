package bench

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/linefork/linefork/internal/human"
)

// Figures closer than this are taken for equal.
const (
	slower     = 0.95 // times as fast
	wideSpread = 0.2  // a figure with a larger spread is in doubt
)

// judge says what follows from the figures: the lines that a person reads. Nothing is said about
// what was not measured.
func (r *report) judge(load float64) {
	r.Busy = r.busy(load)
	for _, line := range []string{
		r.modesVerdict(), r.peersVerdict(), r.limitVerdict(), r.lossesVerdict(), r.trustVerdict(),
	} {
		if line != "" {
			r.Verdict = append(r.Verdict, line)
		}
	}
}

// ours is how linefork with all processes is called, with its verb.
func (r *report) ours() string {
	if r.Workers == 1 {
		return "1 process is"
	}
	return processes(r.Workers) + " are"
}

// modesVerdict compares the modes of linefork.
func (r *report) modesVerdict() string {
	var parts, threads []string
	for _, j := range r.Jobs {
		res := j.find(modeProcesses)
		if j.Group != groupModes || res == nil || res.Speedup == 0 {
			continue
		}
		part := formatFactor(res.Speedup) + " times serial"
		if len(parts) > 0 {
			part = formatFactor(res.Speedup)
		}
		parts = append(parts, part+" for "+j.Name+" work")
		if t := j.find(modeThreads); t != nil && t.Speedup > 0 {
			threads = append(threads, formatFactor(t.Speedup))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	line := r.ours() + " " + strings.Join(parts, ", ")
	if len(threads) == len(parts) {
		line += "; threads " + strings.Join(threads, ", ")
	}
	return line + "."
}

// peersVerdict compares linefork with each other tool, over all jobs that both did.
func (r *report) peersVerdict() string {
	var names []string
	ratios := map[string][]float64{}
	for _, j := range r.Jobs {
		for _, res := range j.Commands {
			if !res.isPeer() || res.Behind == 0 {
				continue
			}
			name := res.tool()
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
			ratios[name] = append(ratios[name], res.Behind)
		}
	}
	if len(names) == 0 {
		return "No other tool was measured."
	}
	var parts []string
	for _, name := range names {
		least, most := formatFactor(slices.Min(ratios[name])), formatFactor(slices.Max(ratios[name]))
		if least == most {
			parts = append(parts, least+" times "+name)
		} else {
			parts = append(parts, least+" to "+most+" times "+name)
		}
	}
	return fmt.Sprintf("%s %s.", r.ours(), strings.Join(parts, ", "))
}

// tool is the name of the program.
func (r *result) tool() string {
	name, _, _ := strings.Cut(r.Name, " ")
	return name
}

// limitVerdict says how near to the scan limit counting comes, and whether the memory is what
// limits it.
func (r *report) limitVerdict() string {
	const near, grows = 0.8, 0.75
	for _, j := range r.Jobs {
		ours := j.find(modeProcesses)
		if !j.limited() || ours == nil || ours.LimitShare == 0 {
			continue
		}
		line := fmt.Sprintf("Counting with %s reaches %s of the scan limit (%s)",
			processes(ours.Workers), formatShare(ours.LimitShare), human.Rate(j.limit(ours.Workers)))
		single := j.limit(1)
		if single == 0 || len(r.Busy) > 0 { // who else used the memory is not known
			return line + "."
		}
		// The memory is the limit where reading alone gains little from one more process, and
		// counting takes most of what it can give.
		for _, res := range j.Commands {
			if res.Mode == modeProcesses && res.Workers > 1 && res.Workers <= r.Machine.Usable &&
				res.LimitShare >= near && j.limit(res.Workers) < grows*float64(res.Workers)*single {
				return fmt.Sprintf("%s: the memory is the limit from %s on.", line,
					processes(res.Workers))
			}
		}
		if ours.Workers == 1 || ours.Workers > r.Machine.Usable {
			return line + "."
		}
		return fmt.Sprintf("%s, which is %s times that of 1 process: the memory is not the limit "+
			"up to here.", line, formatFactor(j.limit(ours.Workers)/single))
	}
	return ""
}

func processes(n int) string {
	return strings.TrimPrefix(lineforkName(modeProcesses, n), "linefork, ")
}

// lossesVerdict lists what is faster than linefork with all processes.
func (r *report) lossesVerdict() string {
	type loss struct {
		text  string
		ratio float64
	}
	var losses []loss
	jobs := 0
	own := map[string][]float64{}
	for _, j := range r.Jobs {
		if j.find(modeProcesses) == nil || j.Group == groupCurve {
			continue
		}
		jobs++
		for _, res := range j.Commands {
			if res.Behind == 0 || res.Behind >= slower {
				continue
			}
			if res.isPeer() {
				losses = append(losses, loss{res.Name + " for " + j.Name, 1 / res.Behind})
			} else {
				own[res.Mode] = append(own[res.Mode], 1/res.Behind)
			}
		}
	}
	if jobs == 0 {
		return ""
	}
	slices.SortFunc(losses, func(a, b loss) int { return int(math.Copysign(1, b.ratio-a.ratio)) })
	var parts []string
	const shown = 4
	for i, l := range losses {
		if i == shown {
			parts = append(parts, fmt.Sprintf("%d more", len(losses)-shown))
			break
		}
		parts = append(parts, fmt.Sprintf("%s (%s times)", l.text, formatFactor(l.ratio)))
	}
	for _, mode := range []string{modeSerial, modeThreads} {
		if ratios := own[mode]; len(ratios) > 0 {
			parts = append(parts, fmt.Sprintf("linefork %s in %d of %d jobs (up to %s times)",
				map[string]string{modeSerial: "itself serially", modeThreads: "itself in threads"}[mode],
				len(ratios), jobs, formatFactor(slices.Max(ratios))))
		}
	}
	if len(parts) == 0 {
		return "Nothing that was measured here was faster than that."
	}
	return "Faster than that: " + strings.Join(parts, ", ") + "."
}

// trustVerdict says whether the answers agree, and the figures can be relied upon.
func (r *report) trustVerdict() string {
	checked, differ, failed := 0, 0, 0
	for _, j := range r.Jobs {
		for _, res := range j.Commands {
			checked += res.Checked
			if res.Differs != "" {
				differ++
			}
			if res.Failure != "" {
				failed++
			}
		}
	}
	line := fmt.Sprintf("All %s answers agree", human.Count(int64(checked)))
	if differ > 0 {
		line = fmt.Sprintf("%s gave another answer", plural(differ, "command"))
	}
	if failed > 0 {
		line += fmt.Sprintf(", %s failed", plural(failed, "command"))
	}
	if len(r.Busy) > 0 {
		return line + "; the machine was busy: " + strings.Join(r.Busy, ", ") + "."
	}
	widest := 0.
	for _, j := range r.Jobs {
		for _, res := range j.Commands {
			widest = max(widest, res.Spread)
		}
	}
	if widest == 0 { // of single runs nothing is known
		return line + "."
	}
	return line + "; no spread is above " + formatShare(math.Ceil(widest*100)/100) + "."
}

// busy says why the figures may be worth less.
func (r *report) busy(load float64) (why []string) {
	if cores := float64(r.Machine.Usable); load > cores/2 {
		why = append(why, fmt.Sprintf("the load average was %.1f on %s before", load,
			plural(r.Machine.Usable, "core")))
	}
	wide, all := 0, 0
	for _, j := range r.Jobs {
		for _, res := range j.Commands {
			if len(res.Times) > 1 {
				if all++; res.Spread > wideSpread {
					wide++
				}
			}
		}
	}
	if wide > 0 {
		why = append(why, fmt.Sprintf("%d of %d spreads are above a fifth", wide, all))
	}
	return why
}
