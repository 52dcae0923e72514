package worker

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/linefork/linefork/worker/wire"
)

// messages makes an empty message for each kind of frame, of both directions.
var messages = map[wire.Kind]func() wire.Message{
	kindJob:     func() wire.Message { return new(Job) },
	kindTask:    func() wire.Message { return &numbered[*Task]{message: new(Task)} },
	kindResult:  func() wire.Message { return &numbered[*Result]{message: new(Result)} },
	kindFailure: func() wire.Message { return &numbered[*failure]{message: new(failure)} },
	kindLife:    func() wire.Message { return new(life) },
}

// FuzzFrames reads streams of any bytes. Each frame is a message that can be sent on, or an
// ErrProtocol; and a stream ends with one of these, io.EOF, or io.ErrUnexpectedEOF.
func FuzzFrames(f *testing.F) {
	header := wire.AppendHeader(nil)
	f.Add(header)
	f.Add(append(bytes.Clone(header), 0xff, 0xff, 0xff, 0x7f, byte(kindResult)))
	for seed := range uint64(20) {
		fill := filler{rand.New(rand.NewPCG(seed, 1)), seed%2 == 1}
		var (
			job    Job
			task   Task
			result Result
		)
		for _, m := range []any{&job, &task, &result} {
			fill.fields(reflect.ValueOf(m).Elem())
		}
		stream := wire.AppendFrame(bytes.Clone(header), kindJob, &job)
		stream = wire.AppendFrame(stream, kindTask, &numbered[*Task]{seed, &task})
		stream = wire.AppendFrame(stream, kindLife, &life{int64(seed), 1})
		stream = wire.AppendFrame(stream, kindResult, &numbered[*Result]{seed, &result})
		f.Add(wire.AppendFrame(stream, kindFailure, &numbered[*failure]{seed, &failure{errors.New("why")}}))
	}
	f.Fuzz(func(t *testing.T, stream []byte) {
		r := wire.NewReader(bytes.NewReader(stream))
		for {
			kind, payload, err := r.Next()
			if err != nil {
				if err != io.EOF && err != io.ErrUnexpectedEOF && !errors.Is(err, wire.ErrProtocol) {
					t.Fatal(err)
				}
				return
			}
			if make := messages[kind]; make != nil {
				again(t, kind, payload, make)
			}
		}
	})
}

// again reads a message, writes it, and reads that.
func again(t *testing.T, kind wire.Kind, payload []byte, make func() wire.Message) {
	m := make()
	if err := wire.Decode(payload, m); err != nil {
		if !errors.Is(err, wire.ErrProtocol) {
			t.Fatal(err)
		}
		return
	}
	first := wire.AppendFrame(nil, kind, m)
	n := make()
	if err := wire.Decode(first[5:], n); err != nil {
		t.Fatalf("%+v was read, but cannot be sent: %v", m, err)
	}
	if second := wire.AppendFrame(nil, kind, n); !bytes.Equal(first, second) {
		t.Fatalf("%+v became %+v", m, n)
	}
}
