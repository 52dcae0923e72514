package faults

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
)

// random draws.
type random struct{ *rand.Rand }

func pick[T any](r *random, of ...T) T { return of[r.IntN(len(of))] }

func newRandom(seed uint64, number int) *random {
	return &random{rand.New(rand.NewPCG(seed, uint64(number)))}
}

// moment is when a fault happens.
type moment int

const (
	atFirst moment = iota
	inTheMiddle
	atLast
)

func (m moment) String() string { return []string{"first", "middle", "last"}[m] }

// trial is one cell of the matrix.
type trial struct {
	number int
	*random
	op      *operation
	in      *input
	out     *outlet
	way     way
	fault   *fault
	moment  moment
	always  bool // again and again from then on
	nth     int  // which of the system calls that a thread makes fails; 0: is drawn
	retries int  // -1: as many as there are by default
}

// outlet is where the answer goes.
type outlet struct {
	name string
	args []string
	pipe bool // standard output is one
}

func (o *outlet) isFile() bool  { return len(o.args) > 0 }
func (o *outlet) appends() bool { return len(o.args) > 1 }

var outlets = []*outlet{
	{name: "file"},
	{name: "pipe", pipe: true},
	{name: "--output", args: []string{"--output=" + outName}},
	{name: "--append", args: []string{"--output=" + outName, "--append"}},
}

// draw draws a trial, from the seed and its number.
func draw(seed uint64, number int, allowed []kind) *trial {
	r := newRandom(seed, number)
	k := pick(r, allowed...)
	f := pick(r, k.faults...)
	for tries := 1; ; tries++ {
		if tries%100 == 0 { // it cannot happen here
			f = pick(r, k.faults...)
		}
		x := &trial{number: number, random: r, fault: f}
		x.op, x.in, x.out = pick(r, operations...), pick(r, inputs()...), pick(r, outlets...)
		x.way, x.moment, x.always = ways(r), moment(r.IntN(3)), r.IntN(4) == 0
		x.retries = pick(r, -1, -1, 1, 0)
		if x.out.isFile() && !x.op.writes || x.fault.fits != nil && !x.fault.fits(x) {
			continue
		}
		return x
	}
}

func (x *trial) String() string {
	how := fmt.Sprintf("at the %s task", x.moment)
	if x.always {
		how += " and from then on"
	}
	return fmt.Sprintf("trial %d: %s, %s: %s %s %s to %s, retries %d", x.number, x.fault.name, how,
		strings.Join(x.op.args, " "), strings.Join(x.way.args, " "), x.in.name, x.out.name, x.retries)
}

// elapsed is what JSON says of the time.
var elapsed = regexp.MustCompile(`"elapsed(_total)?":\{[^}]*\}`)

func timeless(s string) string { return elapsed.ReplaceAllString(s, "") }
