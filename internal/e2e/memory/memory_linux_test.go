package memory

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/linefork/linefork/internal/e2e/setup"
)

// kinds are the rows of the table: the trials of each, with the files that they need.
var kinds = []struct {
	name   string
	trials func(t *testing.T) []trial
}{
	{"counts", func(t *testing.T) []trial {
		rows := taxis(t, size[int64](64<<20, 2<<30))
		return each(rows, "count", "count -lwmcL", "count --csv", "grep -c ,1$", "grep -vc ^1",
			"filter --key=11865 --count")
	}},
	{"few hits", func(t *testing.T) []trial {
		rows := taxis(t, size[int64](64<<20, 2<<30))
		return each(rows, "grep -n ^11865,", "grep -B2 -A3 ^11865,", "filter --key=11865 -nb",
			"grep -E [0-9]{5},.*,359,1")
	}},
	{"all rows", func(t *testing.T) []trial {
		rows := taxis(t, size[int64](32<<20, 2<<30))
		return each(rows, "grep ,", "grep -n ,", "grep -v x", "grep -b -H -T ,", "grep -C3 ,1$",
			"filter --key=x --invert", "filter --key=x --invert -nb")
	}},
	{"all matches", func(t *testing.T) []trial {
		rows := taxis(t, size[int64](8<<20, 512<<20))
		return each(rows, "grep -o ,", "grep -ob [0-9]*", "grep --color=always ,", "grep --json ,")
	}},
	{"a long line", func(t *testing.T) []trial {
		path := line(t, size[int64](128<<20, 1<<30))
		return append(each(path, "count", "count -lwmcL", "count --csv", "filter --key=k",
			"filter --key=x --column=2 --invert", "count --by=1", "grep needle", "grep -c needle",
			"grep -n needle", "grep -v x -c", "grep -i NEEDLE", "grep -E needle[ab]+needle"),
			failing(1, path, "filter --key=x --column=2", "grep -x needle")...)
	}},
	{"a long key", func(t *testing.T) []trial {
		path := line(t, size[int64](32<<20, 200<<20)) // it may have 256 MiB
		return each(path, "count --by=2")
	}},
	{"matches in a long line", func(t *testing.T) []trial {
		path := line(t, size[int64](16<<20, 1<<30))
		return each(path, "grep -o needle", "grep -ob needle", "grep --color=always needle",
			"grep --json needle")
	}},
	{"rows far apart", func(t *testing.T) []trial {
		n := size[int64](128<<20, 2<<30) // NULs among rows take no disk
		path := sparse(t, n, n/8, "1,x\n")
		return each(path, "count", "count -lwmL", "grep -c 1,x", "filter --key=1 --count",
			"filter --key=x --column=2 --output=/dev/null")
	}},
	{"an open quote", func(t *testing.T) []trial {
		path := sparse(t, size[int64](96<<20, 2<<30), 0, "1,\"\n")
		return append(failing(2, path, "filter --key=x"), failing(1, path, "count --by=1", "count --by=2")...)
	}},
	{"a million keys", func(t *testing.T) []trial {
		n := size(100_000, 1_000_000)
		rows := taxis(t, 16<<20)
		return failing(1, rows, "filter --keys-file="+list(t, n, "key%d\n"),
			"grep -F -f "+list(t, n, "pattern%dx\n"))
	}},
	{"many files", func(t *testing.T) []trial {
		dir := folder(t, size(1500, 50_000))
		return each(dir, "count -r", "grep -rc 1", "grep -rn 1", "filter -r --key=11865")
	}},
	{"a slow range", func(t *testing.T) []trial {
		rows := taxis(t, size[int64](48<<20, 2<<30))
		trials := each(rows, "grep -n ,", "grep -o ,", "filter --key=x --invert", "grep --json 359,1$",
			"count --by=2")
		for i := range trials {
			trials[i].late, trials[i].file = size(300*time.Millisecond, 20*time.Second), rows
		}
		return trials
	}},
	{"a stalled reader", func(t *testing.T) []trial {
		rows := taxis(t, size[int64](32<<20, 2<<30))
		trials := each(rows, "grep -n ,", "filter --key=x --invert", "grep -o ,")
		for i := range trials {
			trials[i].stall = size(300*time.Millisecond, 20*time.Second)
		}
		return trials
	}},
	{"a stream", func(t *testing.T) []trial {
		rows := taxis(t, size[int64](112<<20, 2<<30))
		return piped(rows, 0, "grep -n ,", "grep -c ,1$", "filter --key=11865", "count -lwm", "count --by=1")
	}},
	{"a stream with a stalled reader", func(t *testing.T) []trial {
		rows := taxis(t, size[int64](112<<20, 2<<30))
		return piped(rows, size(300*time.Millisecond, 20*time.Second), "grep -n ,", "filter --key=x --invert")
	}},
	{"distinct keys", func(t *testing.T) []trial {
		rows := list(t, size(300_000, 20_000_000), "key%08d,x\n")
		return each(rows, "count --by=1", "count --by=1 --sort=count")
	}},
	{"archives", func(t *testing.T) (trials []trial) {
		rows := taxis(t, size[int64](6<<20, 256<<20))
		for _, words := range []string{"gzip -1", "bgzip -l1", "bzip2 -1", "xz -0 -T2", "zstd -1",
			"pzstd -1", "lz4 -1"} {
			program, rest, _ := strings.Cut(words, " ")
			path := pack(t, rows, program, append(strings.Fields(rest), "-c")...)
			trials = append(trials, each(path, "count --decompress", "grep --decompress -n ,")...)
			late := each(path, "grep --decompress -n ,")
			late[0].stall = size(100*time.Millisecond, 10*time.Second)
			trials = append(trials, late...)
		}
		return trials
	}},
	{"threads", func(t *testing.T) (trials []trial) {
		rows := taxis(t, size[int64](48<<20, 2<<30))
		for _, words := range []string{"count -lwm", "grep -n ,", "filter --key=x --invert", "grep -o ,",
			"grep -c ,1$"} {
			trials = append(trials, trial{args: args(words, "--mode=threads", "-j2", rows)})
		}
		return trials
	}},
}

// each are trials with one file.
func each(path string, commands ...string) (trials []trial) {
	for _, words := range commands {
		trials = append(trials, trial{args: args(words, "--mode=processes", "-j2", path)})
	}
	return trials
}

// failing are trials that end with another status than 0.
func failing(status int, path string, commands ...string) []trial {
	trials := each(path, commands...)
	for i := range trials {
		trials[i].status = status
	}
	return trials
}

// piped are trials with a stream.
func piped(path string, stall time.Duration, commands ...string) (trials []trial) {
	for _, words := range commands {
		trials = append(trials, trial{
			args: args(words, "--mode=processes", "-j2"), piped: path, stall: stall,
		})
	}
	return trials
}

// TestMemory holds each run to the bounds of the table.
func TestMemory(t *testing.T) {
	if setup.Race {
		t.Skip("the race detector needs memory of its own")
	}
	table := readTable(t)
	for _, kind := range kinds {
		t.Run(kind.name, func(t *testing.T) {
			b := table[kind.name]
			for _, c := range kind.trials(t) {
				u, most := c.measure(t)
				line := fmt.Sprintf("coordinator %d (%d), %d workers %d (%d), spool %d, any (%d) MiB: %s",
					u.Coordinator.Own/mib, u.Coordinator.Resident/mib, u.Workers, u.Worker.Own/mib,
					u.Worker.Resident/mib, u.Spool/mib, most/mib, strings.Join(c.args, " "))
				t.Log(line)
				if names := b.exceeded(u, most); names != nil {
					t.Errorf("%q exceeded: %s", names, line)
				}
			}
		})
	}
}
