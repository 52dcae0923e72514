//go:build unix

package window

import (
	"os"

	"golang.org/x/sys/unix"
)

// align is the boundary that mappings start at: that of a huge page, so that the kernel can map a
// huge folio of the page cache in one step.
const align = 2 << 20

func (w *Window) mapFile(start, end int64) error {
	from := start &^ (align - 1)
	memory, err := unix.Mmap(int(w.f.f.Fd()), from, int(end-from), unix.PROT_READ, unix.MAP_SHARED)
	if err != nil {
		return err
	}
	w.memory, w.lead = memory, int(start-from)
	w.Data = memory[w.lead:]
	return nil
}

func (w *Window) release(upTo int) {
	upTo &^= os.Getpagesize() - 1
	w.giveBack(w.freed, upTo)
	w.freed = upTo
}

// giveBack gives back the pages of memory[from:upTo].
func (w *Window) giveBack(from, upTo int) {
	_ = unix.Madvise(w.memory[from:upTo], unix.MADV_DONTNEED)
}

// Close unmaps the window. Data must not be used after it.
func (w *Window) Close() error {
	if w.memory == nil {
		w.Data = nil
		return nil
	}
	if sweeping.swept.Load() > 0 {
		sweeping.remove(w)
	}
	memory := w.memory
	w.memory, w.Data = nil, nil
	return unix.Munmap(memory)
}
