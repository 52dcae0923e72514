package faults

import (
	"errors"
	"math/rand/v2"
	"os"
	"syscall"
	"time"
)

// outputFaults are outputs that cannot be written to, or not at once.
func outputFaults() []*fault {
	stream := func(x *trial) bool { return !x.out.isFile() }
	isPipe := func(x *trial) bool { return x.out.pipe }
	file := func(x *trial) bool { return x.out.isFile() }
	appends := func(x *trial) bool { return x.out.appends() }
	always := func(*attempt) bool { return true }
	asNobody := func(x *trial) bool { return file(x) && os.Getuid() == 0 }
	return []*fault{
		{name: "output: full", fits: stream, prepare: func(a *attempt) (err error) {
			a.stdout, err = os.OpenFile("/dev/full", os.O_WRONLY, 0)
			return err
		}},
		{name: "output: no room for it", mixes: true, prepare: limit},
		// The runtime of Go opens the null device instead, and nobody can tell.
		{name: "output: closed before the start", fits: stream, unseen: true, prepare: func(a *attempt) error {
			a.wrap = []string{"sh", "-c", `exec "$@" >&-`, "sh"}
			return nil
		}},
		{name: "output: closed", fits: isPipe, kills: true, prepare: func(a *attempt) error {
			a.closed = a.IntN(2000)
			return nil
		}},
		{name: "output: stalled", fits: isPipe, strict: always, prepare: func(a *attempt) error {
			a.slow = func() { time.Sleep(time.Duration(rand.IntN(5000)) * time.Microsecond) }
			return nil
		}},
		{name: "output: stalled, then closed", fits: isPipe, kills: true, prepare: func(a *attempt) error {
			a.slow = func() { time.Sleep(20 * time.Millisecond) }
			a.closed = a.IntN(20_000)
			return nil
		}},
		{name: "output: locked for too long", fits: appends, prepare: func(a *attempt) error {
			a.options = append(a.options, "--lock-timeout=20ms")
			return a.lock(time.Hour)
		}},
		{name: "output: locked", fits: appends, strict: always, prepare: func(a *attempt) error {
			return a.lock(time.Duration(a.IntN(100)) * time.Millisecond)
		}},
		{name: "output: read-only", fits: asNobody, prepare: func(a *attempt) error {
			a.asNobody = true
			return os.Chmod(a.path(outName), 0o444)
		}},
		{name: "output: in a folder that is read-only", fits: asNobody, prepare: func(a *attempt) error {
			a.asNobody = true
			return os.Chmod(a.path(outDir), 0o555)
		}},
		{
			name: "output: a link", fits: file, strict: always, leaves: []string{"target"},
			prepare: func(a *attempt) error {
				if err := os.Rename(a.path(outName), a.path(outDir+"/target")); err != nil {
					return err
				}
				return os.Symlink("target", a.path(outName))
			},
			after: func(a *attempt) error {
				if to, err := os.Readlink(a.path(outName)); err != nil || to != "target" {
					return errors.New("the link is gone")
				}
				return nil
			},
		},
		{name: "output: a link to itself", fits: file, leaves: []string{"out"}, prepare: instead(func(_ *attempt, path string) error {
			return os.Symlink("out", path)
		})},
		{name: "output: a folder", fits: file, prepare: instead(func(_ *attempt, path string) error {
			return os.Mkdir(path, 0o755)
		})},
		{name: "output: its folder is moved away", fits: file, strays: true, prepare: (*attempt).slowDown,
			strike: moveAway, fired: struck},
		{name: "output: FIFO", fits: func(x *trial) bool { return file(x) && !x.out.appends() },
			strict: always, prepare: instead(fifo)},
		{name: "output: /dev/full", fits: file, prepare: instead(func(_ *attempt, path string) error {
			return os.Symlink("/dev/full", path)
		})},
		{name: "output: an input", fits: func(x *trial) bool {
			return file(x) && x.in.victim != "" && x.in.name != "folder" && x.in.name != "UTF-16"
		}, prepare: instead(func(a *attempt, path string) error {
			a.old = string(a.in.files[a.in.victim])
			return os.Link(a.path(a.in.victim), path)
		})},
	}
}

// moveAway moves the folder of the output, and back after the run.
func moveAway(a *attempt) {
	a.reach()
	a.struck = !a.over() && os.Rename(a.path(outDir), a.path("elsewhere")) == nil
	<-a.ended
	if a.struck {
		_ = os.Rename(a.path("elsewhere"), a.path(outDir))
	}
}

// limit lets no file become longer than some hundred bytes.
func limit(a *attempt) error {
	a.wrap = []string{"sh", "-c", `trap "" XFSZ; ulimit -f 1; exec "$@"`, "sh"}
	return nil
}

// lock holds the lock of the output for some time.
func (a *attempt) lock(d time.Duration) error {
	f, err := os.Open(a.path(outName))
	if err != nil {
		return err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX); err != nil {
		return err
	}
	go func() {
		a.sleep(d)
		f.Close()
	}()
	return nil
}

// instead makes something else of the output.
func instead(make func(a *attempt, path string) error) func(*attempt) error {
	return func(a *attempt) error {
		a.old = ""
		path := a.path(outName)
		if err := os.Remove(path); err != nil {
			return err
		}
		return make(a, path)
	}
}

// fifo makes a pipe that has a name, and a reader.
func fifo(a *attempt, path string) error {
	if err := syscall.Mkfifo(path, 0o666); err != nil {
		return err
	}
	// With a writer of its own it has no end, and opening it does not wait.
	fd, err := syscall.Open(path, syscall.O_RDWR|syscall.O_NONBLOCK|syscall.O_CLOEXEC, 0)
	if err != nil {
		return err
	}
	a.fifo = make(chan string, 1)
	go func() {
		defer syscall.Close(fd)
		var all []byte
		piece := make([]byte, 4096)
		for {
			over := a.over()
			n, err := syscall.Read(fd, piece)
			all = append(all, piece[:max(n, 0)]...)
			if err != nil && over {
				break
			}
			if err != nil {
				a.sleep(500 * time.Microsecond)
			}
		}
		a.fifo <- string(all)
	}()
	return nil
}
