package unpack

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"sync"
	"testing"
)

// TestTogether runs jobs that wait for each other.
func TestTogether(t *testing.T) {
	const workers = 3
	p := newPipeline(workers, false)
	var all sync.WaitGroup
	all.Add(workers)
	go func() {
		for i := range workers {
			_, err := p.start(1, func(j *job) error {
				all.Done()
				all.Wait()
				return j.write([]byte{byte('a' + i)})
			})
			if err != nil {
				t.Error(err)
			}
		}
		p.end(nil)
	}()
	got, err := io.ReadAll(&Reader{p: p})
	if err != nil || string(got) != "abc" {
		t.Errorf("%q, %v", got, err)
	}
}

// TestBudget lets jobs run ahead of the reader.
func TestBudget(t *testing.T) {
	p := newPipeline(2, false)
	p.budget = 16 << 20
	const jobs, size = 4, 24 << 20 / chunkSize
	go func() {
		for range jobs {
			_, _ = p.start(0, func(j *job) error {
				for range size {
					if err := j.write(make([]byte, chunkSize)); err != nil {
						return err
					}
					p.mu.Lock()
					if p.waiting > p.budget+(3+ahead)*chunkSize {
						t.Errorf("%d bytes wait", p.waiting)
					}
					p.mu.Unlock()
				}
				return nil
			})
		}
		p.end(nil)
	}()
	n, err := io.Copy(io.Discard, &Reader{p: p})
	if n != jobs*size*chunkSize || err != nil {
		t.Errorf("%d bytes, %v", n, err)
	}
}

// TestJobs counts the jobs that can run at the same time.
func TestJobs(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	data := make([]byte, 2<<20)
	for i := range data {
		data[i] = byte(r.Uint32())
	}
	for _, c := range []struct {
		format  Format
		times   int // concatenated archives
		command []string
		jobs    int // at least
	}{
		{Gzip, 1, []string{"bgzip", "-c"}, 7},
		{Bzip2, 1, []string{"bzip2", "-9"}, 3},
		{XZ, 1, []string{"xz", "-0", "-T2", "--block-size=512KiB"}, 4},
		{XZ, 1, []string{"xz", "-0", "-T1", "--block-size=512KiB"}, 4}, // no lengths in headers
		{Zstd, 3, []string{"zstd", "-1"}, 3},
		{LZ4, 3, []string{"lz4", "-1"}, 3},
	} {
		t.Run(c.format.String(), func(t *testing.T) {
			archive := bytes.Repeat(compress(t, c.command, data), c.times)
			p := newPipeline(100, false)
			split := splitters[c.format]
			if err := split(newInput(c.format, bytes.NewReader(archive), nil), p); err != nil {
				t.Fatal(err)
			}
			if len(p.jobs) < c.jobs {
				t.Errorf("%d jobs, want %d", len(p.jobs), c.jobs)
			}
			p.close()
		})
	}
}

func TestErrorOfJob(t *testing.T) {
	p := newPipeline(2, false)
	damage := errors.New("damage")
	go func() {
		for _, err := range []error{nil, damage, nil} {
			_, _ = p.start(0, func(j *job) error {
				_ = j.write([]byte("x"))
				return err
			})
		}
		p.end(errors.New("later"))
	}()
	got, err := io.ReadAll(&Reader{p: p})
	if string(got) != "xx" || err != damage {
		t.Errorf("%q, %v", got, err)
	}
}

// TestRecycle expects chunks to be used again, as many as the budget has room for.
func TestRecycle(t *testing.T) {
	const most = 2 * budgetPerWorker / chunkSize
	for waiting, want := range map[int]int{0: most, budgetPerWorker: most / 2, 3 * budgetPerWorker: 0} {
		p := newPipeline(2, false)
		p.waiting = waiting
		for range most + 10 {
			p.reuse(make([]byte, chunkSize))
		}
		if len(p.free) != want {
			t.Errorf("with %d bytes waiting there are %d chunks, want %d", waiting, len(p.free), want)
		}
		if want > 0 {
			if p.buffer(); len(p.free) != want-1 {
				t.Error("a chunk is made though others are there")
			}
		}
	}
}
