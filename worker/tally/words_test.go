package tally

import (
	"maps"
	"strconv"
	"testing"

	"pgregory.net/rapid"
)

// TestWordsIsMap counts keys of many lengths, mostly short ones that differ in few bits, and adds
// what words leaves over.
func TestWordsIsMap(t *testing.T) {
	aWord := rapid.Custom(func(t *rapid.T) string {
		n := rapid.IntRange(0, maxWord+1).Draw(t, "length")
		return string(rapid.SliceOfN(rapid.SampledFrom([]byte("\x00\x01\x80\xff")), n, n).Draw(t, "bytes"))
	})
	rapid.Check(t, func(t *rapid.T) {
		w := newWords()
		for range 2 {
			want, got := map[string]uint64{}, map[string]uint64{}
			for range rapid.IntRange(0, 4).Draw(t, "steps") {
				keys := rapid.SliceOfN(aWord, 0, 400).Draw(t, "keys")
				b, fields := joined(t, keys)
				for _, key := range keys {
					want[key]++
				}
				for _, f := range w.count(b, fields) {
					if f.To-f.From <= maxWord && int(f.From)+8 <= len(b) {
						t.Fatalf("%q was not counted", b[f.From:f.To])
					}
					got[string(b[f.From:f.To])]++
				}
			}
			words := 0
			for key, n := range w.all() {
				got[string(key)] += n
				words++
			}
			if w.used != words {
				t.Fatalf("%d keys of %d", w.used, words)
			}
			if !maps.Equal(got, want) {
				t.Fatalf("%v; want %v", got, want)
			}
			w.reset()
		}
	})
}

// TestWordsGrow repeats keys after the table has grown for others.
func TestWordsGrow(t *testing.T) {
	w := newWords()
	var b []byte
	var fields []Field
	for i := range 3_000 {
		from := uint32(len(b))
		b = strconv.AppendInt(b, int64(i%1_000), 10)
		fields = append(fields, Field{from, uint32(len(b))})
	}
	w.count(append(b, "       ."...), fields)
	for key, n := range w.all() {
		if n != 3 {
			t.Fatalf("%q: %d", key, n)
		}
	}
}

// TestWordsFull adds more keys than there is room for. Each is always counted, or never.
func TestWordsFull(t *testing.T) {
	const keys = 2 * mostBuckets * bucketLen
	w := newWords()
	left := map[string]int{}
	for range 3 {
		for i := range keys {
			b := append(strconv.AppendInt(nil, int64(i), 10), "       ."...)
			for _, f := range w.count(b, []Field{{0, uint32(len(b) - 8)}}) {
				left[string(b[f.From:f.To])]++
			}
		}
	}
	if w.used != mostBuckets*bucketLen/4*3 || len(w.buckets) != mostBuckets {
		t.Errorf("%d keys in %d buckets", w.used, len(w.buckets))
	}
	for key, n := range w.all() {
		if n != 3 || left[string(key)] != 0 {
			t.Fatalf("%q: %d, and %d left", key, n, left[string(key)])
		}
	}
	for key, n := range left {
		if n != 3 {
			t.Fatalf("%q was left %d times", key, n)
		}
	}
	if len(left)+w.used != keys {
		t.Errorf("%d keys left and %d counted of %d", len(left), w.used, keys)
	}
}

// TestPartialMany switches from words to the table when keys are many, or long.
func TestPartialMany(t *testing.T) {
	for _, prefix := range []string{"", "long enough"} {
		p := NewPartial()
		var b []byte
		var fields []Field
		for i := range 200_000 {
			from := uint32(len(b))
			b = strconv.AppendInt(append(b, prefix...), int64(i/2), 10)
			fields = append(fields, Field{from, uint32(len(b))})
		}
		p.Count(b, fields)
		if !p.many {
			t.Errorf("%q…: words would be asked forever", prefix)
		}
		var table Table
		table.AddList(p.List())
		if table.Len() != 100_000 {
			t.Errorf("%q…: %d keys", prefix, table.Len())
		}
		for key, n := range table.All() {
			if n != 2 {
				t.Fatalf("%q: %d", key, n)
			}
		}
	}
}

// TestWordsShrink counts few keys after many: a table with few keys becomes small again, one with
// many keeps its size.
func TestWordsShrink(t *testing.T) {
	w := newWords()
	fill := func(n int) {
		for key := range n {
			w.add(uint64(key + 1))
		}
		w.reset()
	}
	fill(10_000)
	if len(w.buckets) == leastBuckets {
		t.Fatal("a table in use was given up")
	}
	fill(10)
	if len(w.buckets) != leastBuckets || w.used != 0 {
		t.Fatalf("%d buckets, %d keys", len(w.buckets), w.used)
	}
	fill(10)
}
