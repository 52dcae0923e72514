package rows

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var keyString = rapid.Custom(func(t *rapid.T) string {
	if rapid.Bool().Draw(t, "known") {
		return rapid.SampledFrom(soupKeys).Draw(t, "key")
	}
	return string(rapid.SliceOfN(rapid.SampledFrom([]byte("ab\x00\xff")), 0, 20).Draw(t, "bytes"))
})

// indexed is the set that a Matcher makes of keys.
func indexed(t tb, k *Keys) *Keys {
	t.Helper()
	m, err := Compile(Spec{Where: []Condition{{In: k}}, Dialect: CSV})
	if err != nil {
		t.Fatalf("%v", err)
	}
	if m.tests == nil {
		k.index() // of no key, which Compile leaves out
		return k
	}
	return m.tests[0].keys
}

func TestKeys(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		keys := rapid.SliceOfN(keyString, 0, 100).Draw(t, "keys")
		set := map[string]bool{}
		for _, k := range keys {
			set[k] = true
		}
		k := indexed(t, NewKeys(keys...))
		if k.Len() != len(keys) {
			t.Fatalf("Len %d of %d keys", k.Len(), len(keys))
		}
		for i, key := range keys {
			if string(k.At(i)) != key {
				t.Fatalf("At(%d) is %q, not %q", i, k.At(i), key)
			}
			if !k.Has([]byte(key)) {
				t.Fatalf("%q is not in the set of %q", key, keys)
			}
		}
		for _, other := range rapid.SliceOfN(keyString, 0, 100).Draw(t, "others") {
			if k.Has([]byte(other)) != set[other] {
				t.Fatalf("Has(%q) is %v in the set of %q", other, !set[other], keys)
			}
		}
		if k.Has(nil) != set[""] {
			t.Fatalf("Has(nil) is %v in the set of %q", !set[""], keys)
		}
	})
}

func TestKeysRaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		keys := rapid.SliceOfN(keyString, 0, 30).Draw(t, "keys")
		k := NewKeys(keys...)
		if rapid.Bool().Draw(t, "indexed") {
			indexed(t, k)
		}
		data, lengths := k.Raw()
		var copied Keys
		if !copied.SetRaw(bytes.Clone(data), slices.Clone(lengths)) {
			t.Fatalf("SetRaw refuses what Raw says of %q", keys)
		}
		indexed(t, &copied)
		for i, key := range keys {
			if string(copied.At(i)) != key || !copied.Has([]byte(key)) {
				t.Fatalf("key %d of %q became %q", i, keys, copied.At(i))
			}
		}
		if copied.Len() != len(keys) {
			t.Fatalf("%d keys became %d", len(keys), copied.Len())
		}
		if new(Keys).SetRaw(append(bytes.Clone(data), 'x'), slices.Clone(lengths)) || new(Keys).SetRaw(nil, []uint32{1}) {
			t.Fatalf("SetRaw takes lengths that do not fit")
		}
	})
}

// TestAddNumber has numbers in their canonical form, as they are sent and found.
func TestAddNumber(t *testing.T) {
	k := newKeys(true, "1.0", "010", "-0")
	for _, bad := range []string{"", "x", "1x", "0x1"} {
		if k.AddNumber([]byte(bad)) {
			t.Errorf("AddNumber takes %q", bad)
		}
	}
	data, lengths := k.Raw()
	if string(data) != "1e11e20" || !slices.Equal(lengths, []uint32{3, 3, 1}) {
		t.Fatalf("Raw returns %q, %d", data, lengths)
	}
	var copied Keys
	if !copied.SetRaw(data, lengths) {
		t.Fatal("SetRaw refuses what Raw returned")
	}
	m, err := Compile(Spec{Where: []Condition{{In: &copied, Numeric: true}}, Dialect: CSV})
	if err != nil {
		t.Fatal(err)
	}
	r := m.Scanner().Scan([]byte("1\n1e1\n0.0\n100\n+10,x\n"), Task{Columns: []int{1}})
	if r.Head.Rows != 4 {
		t.Errorf("%d rows are selected", r.Head.Rows)
	}
}

// TestKeysLong has keys of one length, and of one beginning.
func TestKeysLong(t *testing.T) {
	for _, n := range []int{1, 2, 61, 62, 63, 64, 65, 200} {
		key := strings.Repeat("k", n-1) + "a"
		for _, keys := range [][]string{{key}, {key, "other"}} {
			k := indexed(t, NewKeys(keys...))
			for _, other := range []string{key[:n-1], key[:n-1] + "b", key + "a", key[1:], "a" + key} {
				if k.Has([]byte(other)) {
					t.Errorf("%q is in the set of %q", other, keys)
				}
			}
			if !k.Has([]byte(key)) {
				t.Errorf("%q is not in the set of %q", key, keys)
			}
		}
	}
}

// TestKeysMillion holds the memory to what the comment of Keys says.
func TestKeysMillion(t *testing.T) {
	const n = 1_000_000
	k := &Keys{}
	for i := range n {
		if !k.Add(strconv.AppendInt(nil, int64(1_000_000+i), 10)) {
			t.Fatalf("Add refuses key %d", i)
		}
	}
	k = indexed(t, k)
	if len(k.slots) > 2<<20 || len(k.slots) < n+n/3 {
		t.Errorf("%d slots for %d keys", len(k.slots), n)
	}
	if used := len(k.data) + 4*len(k.ends) + 8*len(k.slots); used > 28<<20 {
		t.Errorf("%d bytes for %d keys", used, n)
	}
	for i := range n {
		if key := strconv.AppendInt(nil, int64(1_000_000+i), 10); !k.Has(key) {
			t.Fatalf("%s is missing", key)
		}
		if key := strconv.AppendInt(nil, int64(2_000_000+i), 10); k.Has(key) {
			t.Fatalf("%s is in the set", key)
		}
	}
}

// TestKeysSlots keeps at least half of the slots free, without which a search
// would not end, or soon be long; a small table may be as wide as it likes.
func TestKeysSlots(t *testing.T) {
	for n := range 70 {
		keys := make([]string, n)
		for i := range keys {
			keys[i] = strings.Repeat("k", i)
		}
		k := indexed(t, NewKeys(keys...))
		if len(k.slots) < 2*n || len(k.slots) > max(4*n, 1<<15) {
			t.Errorf("%d slots for %d keys", len(k.slots), n)
		}
	}
	// Duplicates take one.
	k := indexed(t, NewKeys(slices.Repeat([]string{"k"}, 100)...))
	if used := len(k.slots) - bytes.Count(slotBytes(k), []byte{0}); used != 1 {
		t.Errorf("one key, given 100 times, takes %d slots", used)
	}
}

// slotBytes is a byte a slot, 0 where it is free.
func slotBytes(k *Keys) []byte {
	b := make([]byte, len(k.slots))
	for i, s := range k.slots {
		if s != 0 {
			b[i] = 1
		}
	}
	return b
}
