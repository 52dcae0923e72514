package merge

import (
	"github.com/linefork/linefork/split"
	"github.com/linefork/linefork/worker"
	"github.com/linefork/linefork/worker/span"
)

// pageSize is how many bytes the encoded matches of a page take, about: some hundred thousand matches.
// They take no more than Selection.Long.
const pageSize = 256 << 10

// pages are the matches in a long record. They may take more memory than the record, so they are asked
// for page by page, as they are shown.
type pages struct {
	find func(t *worker.Task) (*worker.Result, error)
	size int // of a page

	task    *worker.Task // of the next page; nil after the last
	matches span.Reader  // of the current one
	err     error        // of find
	reason  string       // why not all matches are known; see [grep.Result.Reason]
}

// begin starts the matches in a record, at that span of the range of t.
func (p *pages) begin(t *worker.Task, record span.Span) {
	one, task := *t, *t.Grep
	base := t.Range.Start
	one.Range = split.Range{Start: base + record.Start, End: base + record.End}
	task.Mark = task.Mark && record.Start == 0
	task.Page, task.From, task.MaxSpans, task.Ahead = true, 0, p.size, 0
	one.Grep, one.Scanned = &task, nil
	p.task, p.matches, p.err, p.reason = &one, span.Reader{}, nil, ""
}

// end gives up the matches that are left.
func (p *pages) end() { p.task, p.matches = nil, span.Reader{} }

// next returns the next match, as offsets in the record.
func (p *pages) next() (m span.Span, more bool) {
	for !p.matches.Next() {
		if p.task == nil {
			return span.Span{}, false
		}
		r, err := p.find(p.task)
		if err != nil {
			p.err = err
			p.end()
			return span.Span{}, false
		}
		p.matches, p.reason = span.Reader{List: r.Grep.Matches}, r.Grep.Reason
		if p.task.Grep.From = r.Grep.Next; r.Grep.Next == 0 {
			p.task = nil
		}
	}
	return p.matches.Span, true
}
