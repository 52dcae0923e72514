package worker

import "github.com/linefork/linefork/worker/rows"

// The layout of each message: its fields in order, for both directions.

func (j *Job) code(c *codec) {
	count, filter := j.Count != nil, j.Filter != nil
	c.bool(&count)
	c.bool(&filter)
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
		codeSpec(c, j.Filter)
	}
}

func codeSpec(c *codec, s *rows.Spec) {
	c.bool(&s.Numeric)
	c.bool(&s.Invert)
	number(c, &s.Delimiter)
	number(c, &s.Quote)
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
	c.string(&t.Path)
	c.uint(&t.ID.Device)
	c.uint(&t.ID.Inode)
	number(c, &t.Range.Start)
	number(c, &t.Range.End)
	number(c, &t.Column)
	number(c, &t.Start)
	c.uint(&t.Max)
}

func (r *Result) code(c *codec) {
	number(c, &r.Counts.Lines)
	number(c, &r.Counts.Words)
	number(c, &r.Counts.Chars)
	number(c, &r.Counts.Bytes)
	number(c, &r.Counts.MaxWidth)
	for _, p := range []*rows.Part{&r.Rows.Head, &r.Rows.Alt, &r.Rows.Rest} {
		c.uint(&p.Rows)
		c.bytes((*[]byte)(&p.Spans))
	}
	number(c, &r.Rows.Tail)
	c.bool(&r.Rows.Converged)
	number(c, &r.Rows.Open)
	c.uint(&r.Rows.OpenLine)
	c.uint(&r.Rows.Lines)
	c.bool(&r.Rows.Stopped)
}
