package regex

import "github.com/linefork/linefork/worker/regex/syntax"

// words is the plan for strings under -w: one that stands between characters
// that are no part of a word. All occurrences are tried, those too that overlap.
type words struct {
	s    *search // without terminators
	utf8 bool
}

func (p *words) name() string   { return "words" }
func (p *words) engine() engine { return &wordsEngine{words: p} }

type wordsEngine struct {
	*words
	hits []int
	ends []int
}

func (e *wordsEngine) Err() error { return nil }

func (e *wordsEngine) Match(record []byte) bool {
	_, _, ok := e.Find(record, 0)
	return ok
}

func (e *wordsEngine) Find(record []byte, from int) (start, end int, ok bool) {
	for {
		if from, _ = e.s.next(record, from); from < 0 {
			return 0, 0, false
		}
		if end, ok := e.word(record, from); ok {
			return from, end, true
		}
		from++
	}
}

// word returns the end of the longest word at record[i], where a string occurs.
func (e *wordsEngine) word(record []byte, i int) (end int, ok bool) {
	if syntax.Before(record, i, e.utf8) == syntax.Word {
		return 0, false
	}
	e.ends = e.s.ends(record, i, e.ends[:0])
	for k := len(e.ends) - 1; k >= 0; k-- {
		if syntax.After(record, e.ends[k], e.utf8) != syntax.Word {
			return e.ends[k], true
		}
	}
	return 0, false
}

func (e *wordsEngine) count(b []byte) int {
	e.hits = e.lines(b, e.hits[:0])
	return len(e.hits)
}

func (e *wordsEngine) lines(b []byte, hits []int) []int {
	start, end := 0, -1 // of the record at hand
	for at := 0; at < len(b); {
		i, _ := e.s.next(b, at)
		if i < 0 {
			break
		}
		if i > end {
			start = recordStart(b, end+1, i, e.s.term)
			end = recordEnd(b, i, e.s.term)
		}
		at = i + 1
		if _, ok := e.word(b[start:end], i-start); ok {
			hits = append(hits, i)
			at = end + 1
		}
	}
	return hits
}
