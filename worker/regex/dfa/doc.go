// Package dfa finds the records of a block that match a regular expression, by
// a deterministic finite automaton over bytes that is built as it is needed.
//
//	p, err := dfa.Compile(tree, dfa.Options{Terminator: '\n', UTF8: true})
//	m := p.Machine(fallback) // one for each goroutine
//	hits = m.Lines(block, hits[:0])
//	start, end, ok := m.Find(line, 0)
//
// # How it works
//
// The tree becomes a nondeterministic automaton by Thompson's construction,
// with sets of bytes on its arcs; characters beyond ASCII become the bytes of
// their UTF-8 encodings. The deterministic automaton's states are sets of its
// nodes, found while the input is read and kept in a cache of a few MiB (Ken
// Thompson, "Regular Expression Search Algorithm"; Russ Cox, "Regular
// Expression Matching Can Be Simple And Fast"). A state has one row of 256
// values, so that a step is one load.
//
// The terminator of a record is read like any byte: it decides what holds at a
// record's end and leads to the state at a record's begin. [Machine.Lines]
// therefore runs through a block without looking for records. It cuts the block
// into parts of whole records and walks through four of them in one loop, so
// that the loads of one part are done while those of another are waited for. A
// step is out of the ordinary, and says so by a flag in the value loaded, where
//
//   - the state has not been computed yet;
//   - a match is certain: the rest of the record is skipped;
//   - the state is left by one or two bytes only, such as one that waits for
//     the first letter of a word, or, where the record cannot match any more,
//     for its end: these bytes are searched for, if that has paid off so far;
//   - the byte does not tell enough, see below.
//
// [Machine.From] and [Machine.To] begin at a given place, where a match has to
// begin or to end. There is a state then from which nothing leads to a match, and
// most walks soon end in that.
//
// [Machine.Find] takes three walks, one of them backward through an automaton
// whose arcs are turned round; each is linear in the bytes passed.
//
// # Conditions
//
// What holds between two bytes depends on both. A node that is reached by way
// of a condition is therefore in a state together with those cases of the next
// byte in which the condition holds, and that byte picks the nodes to go on
// with. By the same token a match is noticed one byte late.
//
// # What it leaves to others
//
// It declines, and asks a [Fallback] about
//
//   - a record in which a condition on words meets a byte of a character beyond
//     ASCII, and the answer depends on whether that is part of a word; a byte
//     beyond ASCII where nothing hangs on it does no harm;
//   - a record in which a set asks for a byte that belongs to no character, and
//     the byte might belong to one;
//   - the rest of a block, or a single record, after so many new states that
//     the cache was filled without having been of use.
//
// Back-references, and expressions whose automaton would take more than some
// 10 MB, are errors of [Compile].
package dfa
