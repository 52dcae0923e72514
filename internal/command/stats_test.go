package command

import (
	"strings"
	"testing"
	"time"

	"github.com/linefork/linefork/internal/limit"
	"github.com/linefork/linefork/merge/run"
	"github.com/linefork/linefork/worker"
)

// The share of the machine's limit is that for as many workers, once that was measured.
func TestStatsLimit(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	t.Setenv("HOME", t.TempDir())         // darwin
	t.Setenv("LocalAppData", t.TempDir()) // windows
	p := &progress{
		program: new(program), began: time.Now().Add(-time.Second), finds: "hits",
		status: func() run.Status {
			return run.Status{Bytes: 1 << 30, Total: 1 << 30, Records: -1, Hits: 7,
				Workers: make([]worker.Status, 2)}
		},
	}
	if st := p.collect(); st.LimitRate != 0 || strings.Contains(st.text("hits"), "limit") {
		t.Errorf("%+v without a limit", st)
	}
	err := limit.Save([]limit.Limit{
		{Processes: 1, BytesPerSecond: 1 << 30}, {Processes: 2, BytesPerSecond: 2 << 30},
	})
	if err != nil {
		t.Fatal(err)
	}
	st := p.collect()
	if st.LimitRate != 2<<30 || st.LimitShare < 0.4 || st.LimitShare > 0.5 ||
		!strings.Contains(st.text("hits"), "% of the 2.00 GiB/s at which this machine reads\n") {
		t.Errorf("%+v; %s", st, st.text("hits"))
	}
}
