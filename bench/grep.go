package bench

import (
	"os"
	"strings"
)

// grepJob is a search that linefork, grep and rg understand alike.
type grepJob struct {
	options []string // of all three
	pattern string   // an extended regular expression
	rows    bool     // the output is lines
}

// grepJobs are searches of different kinds, made for a taxi file: a rare and a
// frequent string, at the start, at the end, with few and without any letters
// that are sure; in either case; many; and with line numbers.
var grepJobs = []grepJob{
	{[]string{"-c"}, `,114.97201,`, false},
	{[]string{"-c"}, `^11865,`, false},
	{[]string{"-c"}, `114\.9720[0-9],30\.7`, false},
	{[]string{"-c"}, `,1$`, false},
	{[]string{"-vc"}, `^1`, false},
	{[]string{"-c"}, `^[^,]*,[^,]*,114\.97`, false},
	{[]string{"-ic"}, `2013-10-2[0-9] 1.*,77,`, false},
	{[]string{"-c"}, `[0-9]{5},.*,359,1`, false},
	{[]string{"-c"}, `114\.(11|22|33|44|55|66|77|88|99)5`, false},
	{[]string{"-n"}, `,114.97201,`, true},
}

// planGrep returns the jobs of grep.
func planGrep(o Options, file string, peers []tool) (jobs []jobPlan) {
	env := append(os.Environ(), "LC_ALL=C")
	for _, g := range grepJobs {
		// -h: what ranges cost is measured on several files.
		shown := append(append([]string{}, g.options...), g.pattern)
		job := jobPlan{Name: "grep", Title: shellJoin(append([]string{"grep", "-E"}, shown...)), Rows: g.rows}
		for _, mode := range modes(o.Processes[len(o.Processes)-1:]) {
			args := append(append(append([]string{o.Self, "grep", "-hE"}, mode...), shown...), file)
			job.Commands = append(job.Commands, command{
				Name: "linefork grep " + strings.Join(mode, " "), Args: args, Env: env, Quiet: true})
		}
		for _, p := range peers {
			args := []string{p.Path}
			switch p.Name {
			case "grep":
				args = append(args, "-E")
			case "rg":
				args = append(args, "--no-config")
			default:
				continue
			}
			job.Commands = append(job.Commands, command{
				Name: p.Name, Args: append(append(args, shown...), file), Env: env, Peer: true, Quiet: true})
		}
		jobs = append(jobs, job)
	}
	return jobs
}
