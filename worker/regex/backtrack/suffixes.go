package backtrack

// suffixes is scratch space to work out how far what stands at a position occurs again.
type suffixes struct {
	order  []int32 // the positions, in the order of what starts there
	rank   []int32 // of each position, its place in order
	other  []int32
	counts []int32
	common []int32 // by rank: how many bytes it shares with the one before
	recurs []int32
}

// recurrences returns for each position of s a number of bytes such that no more than these occur
// again, as a whole and after themselves, in what follows. It takes time n log n.
//
// The positions leave the sorted order from left to right; the neighbors of each are then the most
// similar ones that come after it (compare M. Crochemore, L. Ilie, Computing longest previous
// factor in linear time, 2008).
func (x *suffixes) recurrences(s []byte) []int32 {
	n := len(s)
	x.sort(s)
	x.compare(s)
	before, after := x.other[:n+1], sized(&x.counts, n+1)
	for i := range n {
		before[i], after[i] = int32(i-1), int32(i+1)
	}
	recurs := sized(&x.recurs, n+1)
	recurs[n] = 0
	for pos := range n {
		r := x.rank[pos]
		b, a := before[r], after[r]
		most := int32(0)
		if b >= 0 {
			most = x.common[r]
			after[b] = a
		}
		if a < int32(n) {
			most = max(most, x.common[a])
			x.common[a] = min(x.common[a], x.common[r])
			before[a] = b
		}
		recurs[pos] = min(most, int32(n-pos)/2)
	}
	return recurs
}

// sort fills in order and rank, by prefix doubling (U. Manber, G. Myers, Suffix arrays, 1993).
func (x *suffixes) sort(s []byte) {
	n := len(s)
	order, rank, other := sized(&x.order, n), sized(&x.rank, n), sized(&x.other, n+1)
	counts := sized(&x.counts, max(n, 256)+1)
	for i, c := range s {
		other[i], rank[i] = int32(i), int32(c)
	}
	x.byRank(order, other[:n], rank, counts[:256])
	for size := 0; ; size = max(1, 2*size) {
		if size > 0 {
			// In the order of what starts size bytes further on; then stably by rank.
			k := 0
			for i := max(n-size, 0); i < n; i++ {
				other[k] = int32(i)
				k++
			}
			for _, i := range order {
				if int(i) >= size {
					other[k] = i - int32(size)
					k++
				}
			}
			x.byRank(order, other[:n], rank, counts[:n])
		}
		classes := int32(0)
		for k, i := range order {
			if k > 0 && !sameRank(rank, int(order[k-1]), int(i), size) {
				classes++
			}
			other[i] = classes
		}
		copy(rank, other[:n])
		if int(classes) >= n-1 {
			return
		}
	}
}

// byRank sorts from into to, stably, by rank.
func (x *suffixes) byRank(to, from, rank, counts []int32) {
	clear(counts)
	for _, i := range from {
		counts[rank[i]]++
	}
	sum := int32(0)
	for r, c := range counts {
		counts[r] = sum
		sum += c
	}
	for _, i := range from {
		r := rank[i]
		to[counts[r]] = i
		counts[r]++
	}
}

// sameRank reports whether two positions agree in rank, and also size bytes further on.
func sameRank(rank []int32, i, k, size int) bool {
	if rank[i] != rank[k] || size == 0 {
		return rank[i] == rank[k]
	}
	i, k = i+size, k+size
	return i < len(rank) && k < len(rank) && rank[i] == rank[k]
}

// compare fills in common (T. Kasai et al., Linear-time longest-common-prefix computation in suffix
// arrays, 2001).
func (x *suffixes) compare(s []byte) {
	common := sized(&x.common, len(s))
	same := 0
	for i, r := range x.rank {
		if r == 0 {
			common[r] = 0
			same = 0
			continue
		}
		for k := int(x.order[r-1]); i+same < len(s) && k+same < len(s) && s[i+same] == s[k+same]; {
			same++
		}
		common[r] = int32(same)
		same = max(0, same-1)
	}
}

// sized returns a slice of n elements, which is kept in s for the next time.
func sized[T any](s *[]T, n int) []T {
	if cap(*s) < n {
		*s = make([]T, n)
	}
	*s = (*s)[:n]
	return *s
}
