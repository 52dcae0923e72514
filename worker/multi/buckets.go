package multi

// mostPrints is the maximum number of buckets to start with.
const mostPrints = 64

// bucket is a set of bytes for each finger, given by their nibbles, and the share of all positions
// that would be its candidates if bytes were independent.
type bucket struct {
	fingers int
	low     [maxFingers]uint16
	high    [maxFingers]uint16
	rate    float64
}

// newTeddy returns the teddy with fingers at offs. Its buckets are made by joining, again and
// again, the two that together let through the fewest candidates that they do not let through
// separately.
func newTeddy(needles [][]byte, offs []int, fold bool, freq *[256]float64) *teddy {
	t := &teddy{fingers: len(offs)}
	copy(t.offs[:], offs)
	buckets := firstBuckets(needles, offs, fold)
	for i := range buckets {
		buckets[i].setRate(freq)
	}
	buckets = join(buckets, freq)
	for i, b := range buckets {
		for f := range offs {
			for n := range 16 {
				t.nibbles[f].low[n] |= byte(b.low[f]>>n&1) << i
				t.nibbles[f].high[n] |= byte(b.high[f]>>n&1) << i
			}
		}
	}
	return t
}

// firstBuckets returns a bucket for each fingerprint or, if there are too many, one for several.
func firstBuckets(needles [][]byte, offs []int, fold bool) []bucket {
	seen := make(map[[maxFingers]byte]bool)
	var buckets []bucket
	for _, needle := range needles {
		var print [maxFingers]byte
		for f, o := range offs {
			print[f] = needle[o]
		}
		if seen[print] {
			continue
		}
		k := len(seen) % mostPrints
		if len(seen) < mostPrints {
			buckets = append(buckets, bucket{fingers: len(offs)})
		}
		for f := range offs {
			buckets[k].add(f, print[f], fold)
		}
		seen[print] = true
	}
	return buckets
}

func (b *bucket) add(finger int, c byte, fold bool) {
	for _, c := range both(c, fold) {
		b.low[finger] |= 1 << (c & 15)
		b.high[finger] |= 1 << (c >> 4)
	}
}

func (b *bucket) setRate(freq *[256]float64) {
	b.rate = 1
	for f := range b.fingers {
		sum := 0.0
		for high := range 16 {
			if b.high[f]>>high&1 == 0 {
				continue
			}
			for low := range 16 {
				if b.low[f]>>low&1 != 0 {
					sum += freq[high<<4|low]
				}
			}
		}
		b.rate *= sum
	}
}

// union returns the union of a and b.
func union(a, b *bucket, freq *[256]float64) bucket {
	u := *a
	for f := range u.fingers {
		u.low[f] |= b.low[f]
		u.high[f] |= b.high[f]
	}
	u.setRate(freq)
	return u
}

// join joins buckets until there are at most maxBuckets.
func join(buckets []bucket, freq *[256]float64) []bucket {
	n := len(buckets)
	// extra[i][j] is the cost of joining i and j, for i < j.
	extra := make([][mostPrints]float64, n)
	price := func(i, j int) {
		u := union(&buckets[i], &buckets[j], freq)
		extra[i][j] = u.rate - buckets[i].rate - buckets[j].rate
	}
	for j := range n {
		for i := range j {
			price(i, j)
		}
	}
	for ; n > maxBuckets; n-- {
		a, b := 0, 1
		for j := range n {
			for i := range j {
				if extra[i][j] < extra[a][b] {
					a, b = i, j
				}
			}
		}
		buckets[a] = union(&buckets[a], &buckets[b], freq)
		// The last bucket moves to the place of b.
		last := n - 1
		buckets[b] = buckets[last]
		for i := range last {
			switch {
			case i < b:
				extra[i][b] = extra[i][last]
			case i > b:
				extra[b][i] = extra[i][last]
			}
		}
		for i := range last {
			if i < a {
				price(i, a)
			} else if i > a {
				price(a, i)
			}
		}
	}
	return buckets[:n]
}
