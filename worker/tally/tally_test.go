package tally

import (
	"bytes"
	"cmp"
	"iter"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// aKey draws keys around the lengths where their form changes; many differ only in trailing zeros.
var aKey = rapid.Custom(func(t *rapid.T) string {
	n := rapid.SampledFrom([]int{0, 1, 2, 5, 7, 8, 9, 14, 15, 16, 17, 40, 300}).Draw(t, "length")
	if rapid.Bool().Draw(t, "even") {
		return strings.Repeat(rapid.SampledFrom([]string{"\x00", "a", "\xff"}).Draw(t, "byte"), n)
	}
	return string(rapid.SliceOfN(rapid.SampledFrom([]byte("a\x00\xff")), n, n).Draw(t, "bytes"))
})

type entry struct {
	key string
	n   uint64
}

func collect(all iter.Seq2[[]byte, uint64]) (entries []entry) {
	for key, n := range all {
		entries = append(entries, entry{string(key), n})
	}
	return entries
}

// sorted returns what Sorted must yield.
func sorted(counts map[string]uint64, o Order) (entries []entry) {
	for key, n := range counts {
		entries = append(entries, entry{key, n})
	}
	slices.SortFunc(entries, func(a, b entry) int {
		if o == ByCount && a.n != b.n {
			return cmp.Compare(b.n, a.n)
		}
		return cmp.Compare(a.key, b.key)
	})
	return entries
}

// joined returns keys end to end and where each is. Sometimes the last one ends the slice, which is
// then too short to load 16 bytes.
func joined(t *rapid.T, keys []string) (b []byte, fields []Field) {
	for _, key := range keys {
		from := uint32(len(b))
		b = append(b, key...)
		fields = append(fields, Field{from, uint32(len(b))})
		b = append(b, rapid.SampledFrom([]string{"", ",", "\n", "aaaa"}).Draw(t, "between")...)
	}
	b = append(b, strings.Repeat("a", rapid.SampledFrom([]int{0, 3, 16}).Draw(t, "behind"))...)
	return slices.Clip(b), fields
}

func TestTableIsMap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var table Table
		for range rapid.IntRange(1, 3).Draw(t, "rounds") {
			want := map[string]uint64{}
			for range rapid.IntRange(0, 5).Draw(t, "steps") {
				keys := rapid.SliceOfN(aKey, 0, 60).Draw(t, "keys")
				if rapid.Bool().Draw(t, "together") {
					b, fields := joined(t, keys)
					if n := table.Count(b, fields); n != len(fields) {
						t.Fatalf("%d of %d fields were counted, without a limit", n, len(fields))
					}
					for _, key := range keys {
						want[key]++
					}
					continue
				}
				for _, key := range keys {
					n := rapid.SampledFrom([]uint64{1, 2, 1 << 40}).Draw(t, "n")
					if !table.Add([]byte(key), n) {
						t.Fatalf("%q was not added, without a limit", key)
					}
					want[key] += n
				}
			}
			if table.Len() != len(want) {
				t.Fatalf("%d keys, want %d", table.Len(), len(want))
			}
			got := collect(table.All())
			slices.SortFunc(got, func(a, b entry) int { return cmp.Compare(a.key, b.key) })
			if !slices.Equal(got, sorted(want, ByKey)) {
				t.Fatalf("%v; want %v", got, sorted(want, ByKey))
			}
			order := rapid.SampledFrom([]Order{ByKey, ByCount}).Draw(t, "order")
			if got := collect(table.Sorted(order)); !slices.Equal(got, sorted(want, order)) {
				t.Fatalf("in order %d %v; want %v", order, got, sorted(want, order))
			}
			table.Reset()
			if table.Len() != 0 || len(collect(table.All())) != 0 {
				t.Fatalf("the table is not empty after Reset")
			}
		}
	})
}

// TestTableGrows adds more keys than rapid likes to draw.
func TestTableGrows(t *testing.T) {
	var table Table
	want := map[string]uint64{}
	for i := range 200_000 {
		key := strings.Repeat("x", i%3*8) + string(rune(i/2))
		table.Add([]byte(key), 1)
		want[key]++
	}
	if got := collect(table.Sorted(ByKey)); !slices.Equal(got, sorted(want, ByKey)) {
		t.Errorf("%d keys are not the %d of the map", len(got), len(want))
	}
}

// size is what Limit limits.
func (t *Table) size() int { return len(t.slots)*slotSize + len(t.arena) }

func TestLimit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		limit := rapid.SampledFrom([]int{
			1, leastSlots * slotSize, leastSlots*slotSize + 100, 2 * leastSlots * slotSize,
		}).Draw(t, "limit")
		table := Table{Limit: limit}
		want := map[string]uint64{}
		for range 4 {
			keys := rapid.SliceOfN(aKey, 1, 150).Draw(t, "keys")
			b, fields := joined(t, keys)
			n := table.Count(b, fields)
			for _, key := range keys[:n] {
				want[key]++
			}
			if n < len(keys) {
				if _, there := want[keys[n]]; there || table.Len() == 0 || table.Add([]byte(keys[n]), 1) {
					t.Fatalf("%q of %q should have been counted, or else not added", keys[n], keys)
				}
			}
			if table.size() > max(limit, leastSlots*slotSize+310) { // the first key may be long
				t.Fatalf("%d bytes with a limit of %d", table.size(), limit)
			}
		}
		if got := collect(table.Sorted(ByKey)); !slices.Equal(got, sorted(want, ByKey)) {
			t.Fatalf("%v; want %v", got, sorted(want, ByKey))
		}
	})
}

// A table that was large does not stay large for few keys.
func TestResetShrinks(t *testing.T) {
	var table Table
	for i := range 100_000 {
		table.Add([]byte(strings.Repeat("x", 16)+string(rune(i))), 1)
	}
	large := len(table.slots)
	table.Reset()
	if len(table.slots) != large {
		t.Error("a table that was full starts again with fewer slots")
	}
	table.Add([]byte("k"), 1)
	table.Reset()
	if len(table.slots) != 0 || cap(table.arena) > 100 {
		t.Errorf("%d slots and %d bytes are kept for one key", len(table.slots), cap(table.arena))
	}
}

func TestPartial(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := newPartial(rapid.SampledFrom([]int{1, 4000, partialLimit}).Draw(t, "limit"))
		for range 2 {
			want := map[string]uint64{}
			rows := uint64(0)
			for range rapid.IntRange(0, 4).Draw(t, "steps") {
				keys := rapid.SliceOfN(aKey, 0, 150).Draw(t, "keys")
				if rapid.Bool().Draw(t, "together") {
					b, fields := joined(t, keys)
					p.Count(b, fields)
				} else {
					for _, key := range keys {
						p.Add(slices.Clip([]byte(key)))
					}
				}
				for _, key := range keys {
					want[key]++
				}
				rows += uint64(len(keys))
			}
			if p.Fields != rows {
				t.Fatalf("%d fields, want %d", p.Fields, rows)
			}
			var table Table
			if rest := table.AddList(p.List()); len(rest) > 0 {
				t.Fatalf("%d bytes of the list are left", len(rest))
			}
			got := map[string]uint64{}
			for key, n := range table.All() {
				got[string(key)] = n
			}
			if !maps.Equal(got, want) || p.Fields != 0 {
				t.Fatalf("%v; want %v", got, want)
			}
		}
	})
}

func TestListIsMap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var l List
		want := map[string]uint64{}
		for _, key := range rapid.SliceOfN(aKey, 0, 200).Draw(t, "keys") {
			n := rapid.SampledFrom([]uint64{0, 1, 1, 300, 1 << 40}).Draw(t, "n")
			l = l.Append([]byte(key), n)
			want[key] += n
		}
		table := Table{Limit: rapid.SampledFrom([]int{0, 1, 4000}).Draw(t, "limit")}
		got := map[string]uint64{}
		for len(l) > 0 {
			rest := table.AddList(l)
			if len(rest) >= len(l) {
				t.Fatalf("nothing of %q was added", l)
			}
			for key, n := range table.All() {
				got[string(key)] += n
			}
			table.Reset()
			l = rest
		}
		if !maps.Equal(got, want) {
			t.Fatalf("%v; want %v", got, want)
		}
	})
}

func FuzzList(f *testing.F) {
	f.Add([]byte(List(nil).Append([]byte("key"), 300).Append(nil, 1)))
	f.Add([]byte("\x05abc"))
	f.Add(bytes.Repeat([]byte{0xff}, 20))
	f.Fuzz(func(t *testing.T, b []byte) {
		var table Table
		if rest := table.AddList(b); len(rest) > 0 {
			t.Errorf("%q is left of %q, without a limit", rest, b)
		}
		size := 0
		for key := range table.All() {
			size += len(key) + 2
		}
		if size > len(b) {
			t.Errorf("%q yields more than it holds", b)
		}
	})
}

// TestSortedPlaces sorts keys that differ in one byte, at any position, or in their length.
func TestSortedPlaces(t *testing.T) {
	for _, last := range []byte{0, 'a', 0xff} {
		var table Table
		want := map[string]uint64{}
		for n := range 50 {
			key := bytes.Repeat([]byte{last}, n)
			want[string(key)] = 1
			for i := range key {
				for _, c := range []byte{0, 'b', 0xff} {
					other := bytes.Clone(key)
					other[i] = c
					want[string(other)] = 1
				}
			}
		}
		for key := range want {
			table.Add([]byte(key), 1)
		}
		for _, o := range []Order{ByKey, ByCount} {
			again := table
			again.slots = slices.Clone(table.slots)
			if got := collect(again.Sorted(o)); !slices.Equal(got, sorted(want, o)) {
				t.Errorf("keys of %q are not in order %d", last, o)
			}
		}
	}
}
