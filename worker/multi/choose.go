package multi

import (
	"cmp"
	"math"
	"math/bits"
	"slices"

	"github.com/linefork/linefork/internal/cpu"
)

// What to search with is chosen by trial: each way is tried on a piece of the data. It costs what
// its filter takes per byte, and what the dictionary takes for the candidates that the filter lets
// through.

// Costs in nanoseconds, roughly. Only their ratios matter.
const (
	costTeddy      = 0.08 // per byte
	costFinger     = 0.02 // per byte and finger
	costGrams      = 0.30 // per byte
	costGramsLarge = 0.45 // per byte, with a table larger than the first-level cache
	costGramsHuge  = 0.70 // per byte, with a table that fills the second-level cache
	costTier       = 0.05 // per byte and tier
	costCandidate  = 15
	costSlow       = 12 // factor for a filter in portable Go
)

const (
	largeGramBits = 18
	hugeGramBits  = 21
)

const (
	minSample   = 512
	filterBytes = 32 << 10 // of the sample, to try filters on
	fingerBytes = 8 << 10  // of the sample, to choose fingers with
)

// defaultSample stands for the data to come if there is no sample.
const defaultSample = `2026-11-21 12:34:56,INFO,server,10.20.30.40,"GET /index.html?id=1234 HTTP/1.1",200,5678
It is a truth universally acknowledged, that a single man in possession of a good fortune, must be in want of a wife.
func main() { for i := 0; i < len(args); i++ { fmt.Printf("%d: %s\n", i, args[i]) } }
19872,2013-10-04 17:05:33,114.0579,22.5431,38,270,1
However little known the feelings or views of such a man may be on his first entering a neighbourhood, this truth
{"name": "value", "size": 1024, "tags": ["alpha", "beta"], "time": "2019-08-07T06:05:04Z"}
`

// cuts are the ways to divide needles by length: each tier but the last ends below one of these.
var cuts = [][]int{{}, {2}, {3}, {4}, {6}, {8}, {2, 4}, {3, 6}, {4, 8}}

// chooseTiers divides the needles into tiers.
func chooseTiers(needles [][]byte, fold bool, sample []byte) []tier {
	if len(sample) < minSample {
		sample = []byte(defaultSample)
	}
	c := chooser{needles: needles, fold: fold, sample: sample[:min(len(sample), filterBytes)]}
	var best []choice
	least := math.Inf(1)
	for _, cut := range cuts {
		if float64(len(cut)+1)*(costTeddy+costFinger+costTier) > least {
			continue
		}
		if choices, cost := c.divide(cut); cost < least {
			best, least = choices, cost
		}
	}
	tiers := make([]tier, len(best))
	for i, t := range best {
		tiers[i] = tier{needles: newDictionary(t.needles, fold), filter: t.filter}
	}
	return tiers
}

type chooser struct {
	needles [][]byte
	fold    bool
	sample  []byte
	freq    *[256]float64
	made    map[[2]int]choice // by the range of lengths
}

// choice is what to search for some of the needles with, and its cost per byte.
type choice struct {
	needles [][]byte
	filter  filter
	cost    float64
}

// divide returns the choices for the needles divided at the lengths in cut. The cost is infinite if
// there are no needles between two of them.
func (c *chooser) divide(cut []int) (choices []choice, cost float64) {
	low := 1
	for i := range len(cut) + 1 {
		high := math.MaxInt
		if i < len(cut) {
			high = cut[i]
		}
		one := c.choose(low, high)
		if one.needles == nil {
			return nil, math.Inf(1)
		}
		choices = append(choices, one)
		cost += one.cost + costTier
		low = high
	}
	return choices, cost
}

// choose returns the choice for the needles of lengths low to high-1.
func (c *chooser) choose(low, high int) choice {
	if made, ok := c.made[[2]int{low, high}]; ok {
		return made
	}
	p := choice{cost: math.Inf(1)}
	for _, n := range c.needles {
		if low <= len(n) && len(n) < high {
			p.needles = append(p.needles, n)
		}
	}
	if p.needles != nil {
		c.tryGrams(&p)
		c.tryTeddy(&p)
	}
	if c.made == nil {
		c.made = make(map[[2]int]choice)
	}
	c.made[[2]int{low, high}] = p
	return p
}

// try replaces p's filter by f if that costs less; perByte is the cost of f without candidates.
func (c *chooser) try(p *choice, f filter, perByte float64) {
	if !cpu.AVX2() {
		perByte *= costSlow
	}
	if perByte >= p.cost {
		return
	}
	if cost := perByte + costCandidate*f.rate(c.sample); cost < p.cost {
		p.filter, p.cost = f, cost
	}
}

// rate returns the candidates of f per byte of the sample.
func (f *filter) rate(sample []byte) float64 {
	marks := make([]uint64, (len(sample)-f.reach())/blockLen)
	f.mark(marks, sample)
	return float64(count(marks)) / float64(len(marks)*blockLen)
}

func count(set []uint64) (n int) {
	for _, w := range set {
		n += bits.OnesCount64(w)
	}
	return n
}

func (c *chooser) tryGrams(p *choice) {
	least := minLen(p.needles)
	size := min(least, maxGramLen)
	for _, perNeedle := range []int{5, 7} {
		log := min(max(bits.Len(uint(len(p.needles)))+perNeedle, minGramBits), maxGramBits, 8*size)
		perByte := costGrams
		switch {
		case log > hugeGramBits:
			perByte = costGramsHuge
		case log > largeGramBits:
			perByte = costGramsLarge
		}
		for off := 0; off <= min(least-size, maxGramOff) && p.cost > perByte*goodEnough; off++ {
			c.try(p, filter{grams: newGrams(p.needles, off, size, log, c.fold)}, perByte)
		}
	}
}

// goodEnough is a cost, relative to that of the filter alone, below which no better grams are
// sought.
const goodEnough = 1.2

func (c *chooser) tryTeddy(p *choice) {
	var best hand
	least := math.Inf(1)
	if len(p.needles) > fingerSample {
		least = p.cost // the estimate is good enough to save the work
	}
	for _, h := range chooseFingers(p.needles, c.fold, c.sample[:min(len(c.sample), fingerBytes)]) {
		if cost := h.perByte() + costCandidate*h.rate; cost < least {
			best, least = h, cost
		}
	}
	if best.offs != nil {
		t := newTeddy(p.needles, best.offs, c.fold, c.frequencies())
		c.try(p, filter{teddy: t}, best.perByte())
	}
}

func (h *hand) perByte() float64 { return costTeddy + costFinger*float64(len(h.offs)) }

// frequencies returns the share of each byte in the sample, with one of each added.
func (c *chooser) frequencies() *[256]float64 {
	if c.freq == nil {
		c.freq = new([256]float64)
		one := 1 / float64(len(c.sample)+256)
		for i := range c.freq {
			c.freq[i] = one
		}
		for _, b := range c.sample {
			c.freq[b] += one
		}
	}
	return c.freq
}

// both returns c, in both cases if fold is set.
func both(c byte, fold bool) []byte {
	if fold && 'a' <= c && c <= 'z' {
		return []byte{c, c &^ 0x20}
	}
	return []byte{c}
}

// sortedSome returns at most n of the needles, from all over their order.
func sortedSome(needles [][]byte, n int) [][]byte {
	var some [][]byte
	step := (len(needles) + n - 1) / n
	for i := 0; i < len(needles); i += step {
		some = append(some, needles[i])
	}
	slices.SortFunc(some, func(a, b []byte) int { return cmp.Compare(string(a), string(b)) })
	return some
}
