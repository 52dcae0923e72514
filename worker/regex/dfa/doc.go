// Package dfa finds the records of a block that match a regular expression, with a deterministic
// finite automaton over bytes that is built as needed.
//
//	p, err := dfa.Compile(tree, dfa.Options{Terminator: '\n', UTF8: true})
//	m := p.Machine(fallback) // one for each goroutine
//	hits = m.Lines(block, hits[:0])
//	start, end, ok := m.Find(line, 0)
//
// # How it works
//
// The tree becomes a nondeterministic automaton by Thompson's construction, with sets of bytes on
// its arcs; characters beyond ASCII become the bytes of their UTF-8 encodings. The states of the
// deterministic automaton are sets of its nodes, found while the input is read and kept in a cache
// of a few MiB (Ken Thompson, "Regular Expression Search Algorithm"; Russ Cox, "Regular Expression
// Matching Can Be Simple And Fast"). A state has one row of 256 values, so that a step is one load.
//
// The terminator of a record is read like any other byte: it decides what holds at the end of a
// record and leads to the state at the start of the next. So [Machine.Lines] runs through a block
// without looking for records. It cuts the block into pieces of whole records and passes through
// four of them in one loop, so that the loads of one proceed while those of another are waited for.
// A flag in the loaded value says that a step is out of the ordinary:
//
//   - the state has not been computed yet;
//   - a match is certain: the rest of the record is skipped;
//   - only one or two bytes lead out of the state, such as the first letter of a
//     word, or the end of a record that can no longer match: these bytes are
//     searched for, if that has paid off so far;
//   - the byte does not tell enough, see below.
//
// [Machine.From] and [Machine.To] start at a given place, where a match must start or end. From
// there, most paths soon lead to a state from which no match can be reached.
//
// [Machine.Find] takes three passes, one of them backward through an automaton with reversed arcs;
// each is linear in the bytes passed.
//
// # Conditions
//
// What holds between two bytes depends on both. A node that is reached through a condition is
// therefore in a state together with those cases of the next byte in which the condition holds, and
// that byte picks the nodes to continue with. For the same reason, a match is noticed one byte
// late.
//
// # What it leaves to others
//
// It declines, and asks a [Fallback] about
//
//   - a record in which a condition on words meets a byte of a character beyond
//     ASCII, and the answer depends on whether that is part of a word; a byte
//     beyond ASCII on which nothing depends does no harm;
//   - a record in which a set asks for a byte that is not part of a character,
//     and the byte might be part of one;
//   - the rest of a block, or a single record, after so many new states that
//     the cache was filled without having been of use.
//
// Back-references, and expressions whose automaton would take more than some 10 MB, are errors of
// [Compile].
package dfa
