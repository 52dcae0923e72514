package worker

import (
	"sync"
	"sync/atomic"
	"time"

	"github.com/linefork/linefork/split"
)

// Status is what a worker has done so far, and what it is at.
type Status struct {
	Name string // as "worker-1"

	// Of its current task.
	Input string      // the name of the input; "" while the worker is idle
	Range split.Range // what of it, in file offsets; for a batch, from 0 on in all its files
	At    int64       // the fileOffset up to which the range was scanned

	Bytes  int64         // scanned, in tasks that it finished and in the current one
	Hits   int64         // records that it selected, or lines that it counted, in the same
	Tasks  int           // finished
	Broken int           // how often it broke, and its task was tried again or given up
	Busy   time.Duration // since it had a task, without the time between tasks
	CPU    time.Duration // processor time of its children that have ended; 0 for a goroutine
}

// meter keeps the status of a worker. It is written by the goroutine of the worker, and read by any.
type meter struct {
	mu    sync.Mutex
	s     Status
	task  *Task
	since time.Time // when the task came

	at   atomic.Int64 // rangeOffset up to which the current task was scanned
	hits atomic.Int64 // that it has found so far
}

// begin starts a task.
func (m *meter) begin(t *Task) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.at.Store(0)
	m.hits.Store(0)
	m.task, m.since = t, time.Now()
}

// moved says that the current task was scanned up to rangeOffset, and what was found. A lower offset
// than before, of a second pass over the range, means nothing.
func (m *meter) moved(rangeOffset, hits int64) {
	m.hits.Store(hits)
	if by := rangeOffset - m.at.Load(); by > 0 {
		m.at.Store(rangeOffset)
		m.task.scanned(by)
	}
}

// end ends a task with its result, or the error of its input.
func (m *meter) end(r *Result, err error) {
	hits := int64(0)
	if err == nil {
		hits = r.hits()
		m.moved(r.size(m.task), hits)
	}
	m.leave(func(s *Status) {
		s.Tasks++
		s.Bytes += m.at.Load()
		s.Hits += hits
	})
}

// broke ends a task that its worker did not finish.
func (m *meter) broke() {
	m.task.scanned(-m.at.Load())
	m.leave(func(s *Status) { s.Broken++ })
}

func (m *meter) leave(add func(*Status)) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.s.Busy += time.Since(m.since)
	add(&m.s)
	m.task = nil
}

// spent adds the processor time of a child that has ended.
func (m *meter) spent(cpu time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.s.CPU += cpu
}

func (m *meter) status() Status {
	m.mu.Lock()
	defer m.mu.Unlock()
	s := m.s
	if m.task != nil {
		at := m.at.Load()
		s.Input, s.Range, s.At = m.task.Name, m.task.Range, m.task.Range.Start+at
		s.Bytes += at
		s.Hits += m.hits.Load()
		s.Busy += time.Since(m.since)
	}
	return s
}

// scanned adds to t.Scanned.
func (t *Task) scanned(by int64) {
	if t.Scanned != nil && by != 0 {
		t.Scanned.Add(by)
	}
}

// most is how many bytes the result of a task may be about.
func (t *Task) most() int64 {
	if t.Batch == nil {
		return t.Range.Len()
	}
	return int64(len(t.Batch.Files)) * SmallFile
}

// size is how many bytes the result of a task is about.
func (r *Result) size(t *Task) int64 {
	if t.Batch == nil {
		return t.Range.Len()
	}
	n := int64(0)
	for i := range r.Batch {
		n += r.Batch[i].Size
	}
	return n
}

// hits is the number of records that were selected, or of lines that were counted.
func (r *Result) hits() int64 {
	switch {
	case r.Count != nil:
		return r.Count.Lines
	case r.Rows != nil:
		return int64(r.Rows.Head.Rows + r.Rows.Rest.Rows)
	case r.Grep != nil:
		return int64(r.Grep.Selected + r.Grep.Quiet)
	}
	n := int64(0)
	for i := range r.Batch {
		f := &r.Batch[i]
		if f.Count != nil || f.Rows != nil || f.Grep != nil {
			n += (&Result{Count: f.Count, Rows: f.Rows, Grep: f.Grep}).hits()
		}
	}
	return n
}
