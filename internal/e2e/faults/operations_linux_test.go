package faults

// operation is a command line without inputs, output, and how the work is done.
type operation struct {
	args   []string
	writes bool // it has --output
	// wrong is the status when an input cannot be read, or the output not be written.
	wrong int
	// text says that the first bytes of the output do not depend on time.
	text bool
}

// key is a key of the inputs.
const key = "11865"

var operations = []*operation{
	{args: []string{"count"}, wrong: 1, text: true},
	{args: []string{"count", "-wmL"}, wrong: 1, text: true},
	{args: []string{"count", "--csv"}, wrong: 1, text: true},
	{args: []string{"count", "--by=1"}, wrong: 1, text: true, writes: true},
	{args: []string{"filter", "-k" + key}, wrong: 2, text: true, writes: true},
	{args: []string{"filter", "-n", "-v", "-k" + key}, wrong: 2, text: true, writes: true},
	{args: []string{"filter", "-c", "-k" + key}, wrong: 2, text: true, writes: true},
	{args: []string{"grep", "-n", "^" + key}, wrong: 2, text: true},
	{args: []string{"grep", "-v", "e"}, wrong: 2, text: true},
	{args: []string{"grep", "-c", "x"}, wrong: 2, text: true},
	{args: []string{"grep", "-oE", "[a-f]+,[0-9]"}, wrong: 2, text: true},
	{args: []string{"grep", "--json", key}, wrong: 2},
	{args: []string{"grep", "-C1", "-n", "qx"}, wrong: 2, text: true},
	{args: []string{"grep", "-m40", "-b", "[13]"}, wrong: 2, text: true},
	{args: []string{"grep", "-L", "not there"}, wrong: 2, text: true},
}

// way is how the work is done, which must not affect the answer.
type way struct {
	mode string
	args []string
}

func ways(r *random) way {
	mode := pick(r, "processes", "processes", "processes", "threads", "serial")
	args := []string{"--mode=" + mode}
	if mode != "serial" {
		args = append(args, pick(r, "-j1", "-j2", "-j3"))
	}
	return way{mode, append(args, pick(r, "--range-size=2K", "--range-size=16K", "--range-size=64K"))}
}
