//go:build unix

package e2e

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"math/rand/v2"
	"os/exec"
	"slices"
	"testing"

	"github.com/linefork/linefork/internal/peer"
)

// pythonReader reads files with Python's csv module, each in its dialect, and prints the records of
// each, or null if the module rejects the file. A byte is a character; lines end with LF.
const pythonReader = `
import base64, csv, io, json, sys
csv.field_size_limit(1 << 30)
for line in sys.stdin:
    case = json.loads(line)
    text = base64.b64decode(case["Data"]).decode("latin-1")
    options = {"delimiter": chr(case["Delimiter"]), "strict": False, "doublequote": True}
    if case["Quote"]:
        options["quotechar"] = chr(case["Quote"])
    else:
        options["quoting"] = csv.QUOTE_NONE
    if case["Escape"]:
        options["escapechar"] = chr(case["Escape"])
    try:
        records = list(csv.reader(io.StringIO(text, newline="\n"), **options))
    except csv.Error:
        records = None
    else:
        records = [[base64.b64encode(f.encode("latin-1")).decode() for f in r] for r in records]
    print(json.dumps(records))
`

type pythonCase struct {
	Data                     []byte
	Delimiter, Quote, Escape int
}

// TestDialectPython compares the reference reader, which linefork is compared with, to Python's csv
// module.
func TestDialectPython(t *testing.T) {
	python := peer.Python.Need(t)
	type trial struct {
		dialect
		data []byte
		rows []row
		open int
	}
	var trials []trial
	var in bytes.Buffer
	enc := json.NewEncoder(&in)
	records := 0
	for seed := *dialectSeed; records < *dialectRecords; seed++ {
		d := dice{rand.New(rand.NewPCG(seed, 3))}
		x := trial{dialect: d.dialect()}
		x.lax = false
		if x.delimiter == 0 || x.quote == 0 && x.escape == 0 && d.one(2) {
			continue
		}
		x.data = d.csv(x.dialect, false)
		if e := []byte{x.escape}; x.escape != 0 && bytes.HasSuffix(x.data, e) {
			x.data = append(x.data, 'z') // Python would add an LF
		}
		x.rows, x.open = x.read(x.data)
		records += len(x.rows)
		trials = append(trials, x)
		c := pythonCase{x.data, int(x.delimiter), int(x.quote), int(x.escape)}
		if err := enc.Encode(c); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(python, "-c", pythonReader)
	cmd.Stdin = &in
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	refused := 0
	dec := json.NewDecoder(bytes.NewReader(out))
	for _, x := range trials {
		var got [][]string
		if err := dec.Decode(&got); err != nil {
			t.Fatal(err)
		}
		if got == nil {
			refused++
			continue
		}
		if x.open >= 0 && len(got) > 0 {
			got = got[:len(got)-1] // the start of the record with the open quote
		}
		for _, r := range got {
			for i := range r {
				b, _ := base64.StdEncoding.DecodeString(r[i])
				r[i] = string(b)
			}
		}
		same := func(r row, fields []string) bool { return slices.Equal(r.fields, fields) }
		if !slices.EqualFunc(x.rows, got, same) {
			t.Fatalf("%+v: Python reads\n%q as\n%q, not\n%+v", x.dialect,
				short(x.data), got, x.rows)
		}
	}
	// It rejects a CR outside quotes, except at the end of a line.
	if refused > len(trials)/3 {
		t.Errorf("Python refused %d of %d files", refused, len(trials))
	}
	t.Logf("%d records in %d files; Python refused %d", records, len(trials), refused)
}
