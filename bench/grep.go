package bench

import (
	"os"
	"strings"
)

// grepJob is a search that means the same to linefork, grep and rg.
type grepJob struct {
	options []string // for all three
	pattern string   // an extended regular expression
	rows    bool     // the output is lines, not a number
}

// grepJobs are searches of different kinds in a taxi file: for rare and frequent strings, at the
// start and end of lines, with few fixed letters and with none, ignoring case, for alternatives,
// and with line numbers.
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

// grepSpecs returns the jobs of grep.
func grepSpecs(o Options, file string, peers []tool) (jobs []jobSpec) {
	env := append(os.Environ(), "LC_ALL=C")
	for _, g := range grepJobs {
		// With -h, since the cost of ranges is measured on several files.
		shown := append(append([]string{}, g.options...), g.pattern)
		job := jobSpec{
			Name: "grep", Title: shellJoin(append([]string{"grep", "-E"}, shown...)), Rows: g.rows,
		}
		for _, mode := range modes(o.Processes[len(o.Processes)-1:]) {
			args := append(append(append([]string{o.Self, "grep", "-hE"}, mode...), shown...), file)
			job.Commands = append(job.Commands, command{
				Name: "linefork grep " + strings.Join(mode, " "), Args: args,
				Env: env, Quiet: true})
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
				Name: p.Name, Args: append(append(args, shown...), file), Env: env,
				Peer: true, Quiet: true})
		}
		jobs = append(jobs, job)
	}
	return jobs
}
