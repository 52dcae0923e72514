package worker

import (
	"github.com/linefork/linefork/worker/grep"
	"github.com/linefork/linefork/worker/rows"
)

// The layout of each message: its fields in order, for both directions.

func (j *Job) code(c *codec) {
	count, filter, search := j.Count != nil, j.Filter != nil, j.Grep != nil
	c.bool(&count)
	c.bool(&filter)
	c.bool(&search)
	if count {
		if c.reading {
			j.Count = new(Count)
		}
		number(c, &j.Count.Want)
		number(c, &j.Count.Locale)
		c.bool(&j.Count.PosixlyCorrect)
	}
	if filter {
		if c.reading {
			j.Filter = &rows.Spec{Keys: new(rows.Keys)}
		}
		codeRows(c, j.Filter)
	}
	if search {
		if c.reading {
			j.Grep = new(grep.Spec)
		}
		codeGrep(c, j.Grep)
	}
}

func codeGrep(c *codec, s *grep.Spec) {
	p := &s.Pattern
	number(c, &p.Language)
	c.bytes(&p.Patterns)
	c.bytes(&p.Sample)
	c.string(&p.Charset)
	number(c, &s.Binary)
	for _, b := range []*bool{
		&p.None, &p.FoldCase, &p.Words, &p.Lines, &p.UTF8, &p.Null, &p.CRLF,
		&s.Invert, &s.Spans, &s.Each, &s.Matches, &s.Count,
	} {
		c.bool(b)
	}
}

func codeRows(c *codec, s *rows.Spec) {
	c.bool(&s.Numeric)
	c.bool(&s.Invert)
	c.bool(&s.Tally)
	number(c, &s.Delimiter)
	number(c, &s.Quote)
	number(c, &s.Escape)
	c.string(&s.Charset)
	c.bool(&s.Spans)
	c.bool(&s.Each)
	data, lengths := s.Keys.Raw()
	n := len(lengths)
	c.bytes(&data)
	number(c, &n)
	if c.reading {
		// Each length takes a byte at least.
		if n < 0 || n > len(c.b) {
			c.broken, n = true, 0
		}
		lengths = make([]uint32, n)
	}
	for i := range lengths {
		number(c, &lengths[i])
	}
	if c.reading && !c.broken {
		c.broken = !s.Keys.SetRaw(data, lengths)
	}
}

func (t *Task) code(c *codec) {
	c.string(&t.Name)
	number(c, &t.Input.Kind)
	c.string(&t.Input.Path)
	c.uint(&t.Input.Device)
	c.uint(&t.Input.Inode)
	number(c, &t.Input.Size)
	number(c, &t.Input.ModTime)
	number(c, &t.Range.Start)
	number(c, &t.Range.End)
	number(c, &t.Column)
	number(c, &t.Start)
	c.uint(&t.Max)
	number(c, &t.Ahead)
	number(c, &t.MaxSpans)
	c.bool(&t.Binary)
	c.bool(&t.Mark)
	c.bool(&t.Unpack)
	c.bool(&t.Marks)
	list(c, &t.Batch)
	for i := range t.Batch {
		c.string(&t.Batch[i])
	}
	c.bytes(&t.Header)
}

func (r *Result) code(c *codec) {
	number(c, &r.Counts.Lines)
	number(c, &r.Counts.Words)
	number(c, &r.Counts.Chars)
	number(c, &r.Counts.Bytes)
	number(c, &r.Counts.MaxWidth)
	codeSelected(c, &r.Rows)
	codeFound(c, &r.Grep)
	list(c, &r.Batch)
	for i := range r.Batch {
		f := &r.Batch[i]
		c.bool(&f.Large)
		c.string(&f.Reason)
		c.bool(&f.Opened)
		number(c, &f.Size)
		codeSelected(c, &f.Rows)
		codeFound(c, &f.Grep)
		c.bytes(&f.Data)
	}
}

func codeSelected(c *codec, r *rows.Result) {
	for _, p := range []*rows.Part{&r.Head, &r.Alt, &r.Rest} {
		c.uint(&p.Rows)
		c.bytes((*[]byte)(&p.Spans))
		c.bytes(&p.Data)
		c.bytes((*[]byte)(&p.Tally))
		c.bool(&p.TooLong)
	}
	number(c, &r.Tail)
	c.bool(&r.Converged)
	number(c, &r.Open)
	c.uint(&r.OpenLine)
	c.uint(&r.Lines)
	c.bool(&r.Stopped)
	c.bool(&r.GivenUp)
}

func codeFound(c *codec, g *grep.Result) {
	c.uint(&g.Selected)
	c.bytes((*[]byte)(&g.Spans))
	c.bytes(&g.Data)
	c.bytes((*[]byte)(&g.Matches))
	c.uint(&g.Lines)
	c.bool(&g.Invalid)
	c.bool(&g.Binary)
	number(c, &g.TextEnd)
	c.uint(&g.Quiet)
	c.bool(&g.Stopped)
	c.bool(&g.GivenUp)
}
