//go:build unix

package grep

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/linefork/linefork/internal/peer"
)

// TestFuzz compares drawn patterns, options and small files.
func TestFuzz(t *testing.T) { fuzz(t, drawSmall, *fuzzTime*3/5) }

// TestFuzzLarge compares files larger than GNU grep's buffer, which are cut into ranges and may
// turn out to be binary after the first buffer.
func TestFuzzLarge(t *testing.T) { fuzz(t, drawLarge, *fuzzTime*2/5) }

// shrinkTime is how long a failing trial is shrunk.
const shrinkTime = 20 * time.Second

// fuzz makes trials until the time is over, or as many as asked for.
func fuzz(t *testing.T, draw func(*rand.Rand, []string) *trial, most time.Duration) {
	needGNU(t)
	seed, locales := *fuzzSeed, peer.Locales()
	if seed == 0 {
		seed = uint64(time.Now().UnixNano()) % 1e9
	}
	var (
		next  atomic.Uint64 // the number of the next trial
		made  atomic.Uint64
		slow  atomic.Uint64 // those of them that GNU grep did not end
		group sync.WaitGroup
		lock  sync.Mutex
		found int // faults
		end   = time.Now().Add(most)
	)
	next.Store(*fuzzFirst)
	over := func(i uint64) bool {
		lock.Lock()
		defer lock.Unlock()
		switch {
		case found >= *fuzzFaults:
			return true
		case *fuzzCases > 0:
			return i >= *fuzzFirst+*fuzzCases
		}
		return time.Now().After(end)
	}
	for range workers {
		dir := t.TempDir()
		group.Go(func() {
			for i := next.Add(1) - 1; !over(i); i = next.Add(1) - 1 {
				r := rand.New(rand.NewPCG(seed, i))
				drawn := draw(r, locales)
				for !drawn.predictable() {
					drawn = draw(r, locales)
				}
				fault, err := try(drawn, dir)
				made.Add(1)
				if err == errSlow { // GNU grep is
					slow.Add(1)
					continue
				}
				if err != nil {
					fault = err.Error()
				}
				if fault != "" {
					lock.Lock()
					found++
					t.Errorf("%s\ndrawn by -run=%s$ -grep.seed=%d -grep.first=%d -grep.cases=1",
						fault, t.Name(), seed, i)
					lock.Unlock()
				}
			}
		})
	}
	group.Wait()
	t.Logf("%d trials from seed %d; GNU grep too slow for %d", made.Load(), seed, slow.Load())
}

// try makes a trial and says what differs, after shrinking the trial.
func try(drawn *trial, dir string) (fault string, err error) {
	_, _, differ, err := drawn.differs(dir)
	if err != nil || !differ {
		return "", err
	}
	s := &shrinker{trial: drawn, end: time.Now().Add(shrinkTime), fails: func(t *trial) bool {
		_, _, differ, err := t.differs(dir)
		return err == nil && differ && t.predictable()
	}}
	s.shrink()
	gnu, ours, differ, err := s.trial.differs(dir)
	if !differ {
		return fmt.Sprintf("%sdiffered, but not always", drawn), err
	}
	return fmt.Sprintf("\n%sgave %v\nnot  %v", s.trial, ours, gnu), err
}
