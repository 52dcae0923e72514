package command

import (
	"io/fs"
	"iter"
	"os"

	"github.com/linefork/linefork/internal/walk"
	"github.com/linefork/linefork/merge"
	"github.com/linefork/linefork/merge/print"
	"github.com/linefork/linefork/worker/grep"
	"github.com/linefork/linefork/worker/span"
)

// settle works out what the options mean together, for inputs that are named by
// the operands.
func (run *grepper) settle(operands []string) {
	f, s := &run.format, &run.spec
	f.Colors = run.colors()
	if !run.filenameGiven {
		f.Filename = len(operands) > 1 || run.walk.Directories == walk.Recurse && (len(operands) == 0 || isDir(operands[0]))
	}

	run.json = run.json && !f.Count && f.Matching == print.ListNone
	show := merge.ShowRecords
	switch {
	case run.quiet && !run.json:
		show = merge.ShowNothing
		f.Count, f.Matching = false, print.ListNone
	case f.Matching != print.ListNone:
		show = merge.ShowNothing
		f.Count = false
	case f.Count:
		show = merge.ShowCount
	}
	run.listing = show != merge.ShowRecords
	if run.json && s.Binary == grep.Quiet {
		s.Binary = grep.Text // JSON can show all bytes
	}
	before, after := firstSet(run.lead, run.context), firstSet(run.trail, run.context)
	run.selection = merge.Selection{Spec: s, Show: show, Max: run.max, Groups: before >= 0 || after >= 0}
	if show == merge.ShowRecords {
		run.selection.Before, run.selection.After = max(before, 0), max(after, 0)
	}
	if run.limited && run.max == 0 {
		s.Pattern.None, s.Parsed, s.Invert = true, nil, false // -L lists all
	}
	if show == merge.ShowNothing {
		run.selection.Max = 1
	}

	records := show == merge.ShowRecords
	s.Count = show == merge.ShowCount
	s.Spans = records || run.limited && show == merge.ShowCount
	run.selection.Recoder = run.recoder()
	s.Each = records && (run.selection.Recoder != nil || f.Filename || f.LineNumber || f.ByteOffset || f.OnlyMatching || run.json ||
		run.selection.Groups || f.Colors != print.Colors{}) || run.limited && s.Spans
	s.Matches = records && !s.Invert && (f.OnlyMatching || run.json || f.Colors.Match != "")
	s.Pattern.Sample = sample(operands)
}

// firstSet is the first number that is not negative, or -1.
func firstSet(numbers ...int) int {
	for _, n := range numbers {
		if n >= 0 {
			return n
		}
	}
	return -1
}

// isNull tells whether what is written to f is lost. GNU grep says nothing about
// binary files then.
func isNull(f *os.File) bool {
	null, err := os.Stat(os.DevNull)
	if err != nil {
		return false
	}
	info, err := f.Stat()
	return err == nil && os.SameFile(null, info)
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// printer makes what writes the result.
func (run *grepper) printer() (merge.Printer, error) {
	if run.json {
		return print.NewJSON(run.out, run.quiet, run.format.LineBuffered), nil
	}
	shown := run.shown()
	var search print.Matches
	if run.spec.Invert && (run.format.OnlyMatching || run.format.Colors != print.Colors{}) {
		// The matches are in context lines, of which the workers know nothing.
		m, err := grep.Compile(shown)
		if err != nil {
			return nil, err
		}
		searcher := m.Searcher()
		search = func(record []byte) iter.Seq[span.Span] {
			return grep.Matches(searcher, shown.Body(record))
		}
	}
	return print.NewText(run.out, run.format, shown, search), nil
}

// recoder is for what is written; JSON is in UTF-8.
func (run *grepper) recoder() *merge.Recoder {
	e := run.common.encoding
	e.utf8 = e.utf8 || e.json && e.name() != ""
	r := e.recoder()
	if r != nil {
		r.Replace = run.spec.Binary == grep.Text
	}
	return r
}

// shown is the spec for records as they are printed.
func (run *grepper) shown() *grep.Spec {
	s := run.spec
	if run.selection.Recoder != nil {
		if !s.Pattern.UTF8 {
			s.Parsed = nil // it means something else
		}
		s.Pattern.Charset, s.Pattern.UTF8 = "", true
	}
	return &s
}

// The sample by which a search is fitted to the data: so many pieces of so
// many bytes, spread over the first long input.
const (
	samplePieces = 16
	samplePiece  = 2 << 10
)

func sample(operands []string) []byte {
	for _, name := range operands {
		info, err := os.Stat(name)
		if err != nil || !info.Mode().IsRegular() || info.Size() < samplePieces*samplePiece {
			continue
		}
		f, err := os.Open(name)
		if err != nil {
			continue
		}
		defer f.Close()
		if isArchive(f, 0) {
			continue
		}
		b := make([]byte, 0, samplePieces*samplePiece)
		for i := range int64(samplePieces) {
			n, _ := f.ReadAt(b[len(b):len(b)+samplePiece], (info.Size()-samplePiece)/(samplePieces-1)*i)
			b = b[:len(b)+n]
		}
		return b
	}
	return nil
}

// total is the number of bytes of the operands, as far as that is known
// beforehand.
func (run *grepper) total(operands []string) (n int64, known bool) {
	known = len(operands) > 0
	for _, name := range operands {
		info, err := statInput(name)
		switch {
		case err != nil:
		case info.Mode().IsRegular():
			n += info.Size()
		case info.Mode()&fs.ModeType != 0:
			known = false
		}
	}
	return n, known
}
