package memory

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/linefork/linefork/internal/e2e/setup"
)

const mib = 1 << 20

// bounds are a row of the table of docs/memory.md, in bytes.
type bounds struct {
	coordinator, worker setup.Memory
	spool               int64
}

// readTable returns the rows of the page by their names.
func readTable(t *testing.T) map[string]bounds {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(setup.Root, "docs", "memory.md"))
	if err != nil {
		t.Fatal(err)
	}
	table := map[string]bounds{}
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		if len(cells) != 7 {
			continue
		}
		name := strings.TrimSpace(cells[0])
		var n [5]int64
		isRow := true
		for i := range n {
			cell := strings.TrimSpace(cells[i+1])
			number, err := strconv.ParseInt(cell, 10, 64)
			isRow = isRow && (err == nil || cell == "–")
			n[i] = number * mib
		}
		if isRow {
			table[name] = bounds{setup.Memory{Own: n[0], Resident: n[1]}, setup.Memory{Own: n[2], Resident: n[3]}, n[4]}
		}
	}
	return table
}

// exceeded names the bounds that a run has exceeded.
func (b *bounds) exceeded(u setup.Usage, most int64) (names []string) {
	for _, c := range []struct {
		name       string
		got, bound int64
	}{
		{"coordinator", u.Coordinator.Own, b.coordinator.Own},
		{"coordinator with files", u.Coordinator.Resident, b.coordinator.Resident},
		{"worker", u.Worker.Own, b.worker.Own},
		{"worker with files", u.Worker.Resident, b.worker.Resident},
		{"spool", u.Spool, b.spool},
		{"any process with files", most, max(b.coordinator.Resident, b.worker.Resident, ownResident())},
	} {
		if c.got > c.bound {
			names = append(names, c.name)
		}
	}
	return names
}

// ownResident is what this process has had, below which the system does not count for a child.
func ownResident() int64 { return setup.MemoryOf(os.Getpid()).Resident }

// TestTable shows that the table is read, and that each of its bounds is held against a run.
func TestTable(t *testing.T) {
	table := readTable(t)
	for _, kind := range kinds {
		b, ok := table[kind.name]
		if !ok {
			t.Errorf("docs/memory.md has no row %q", kind.name)
			continue
		}
		delete(table, kind.name)
		u := setup.Usage{Coordinator: b.coordinator, Worker: b.worker, Spool: b.spool}
		most := max(b.coordinator.Resident, b.worker.Resident, ownResident())
		if names := b.exceeded(u, most); names != nil {
			t.Errorf("%s: %q at its bounds", kind.name, names)
		}
		u.Coordinator.Own++
		u.Coordinator.Resident++
		u.Worker.Own++
		u.Worker.Resident++
		u.Spool++
		if names := b.exceeded(u, most+1); len(names) != 6 {
			t.Errorf("%s: only %q are found", kind.name, names)
		}
	}
	for name := range table {
		t.Errorf("no runs are measured for the row %q", name)
	}
}
