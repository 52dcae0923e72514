//go:build unix

package window

import (
	"os"
	"unsafe"

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

// offset is the offset in Data of a faulting address, or 0 if the address is not in Data.
func (w *Window) offset(addr uintptr) int64 {
	if len(w.Data) == 0 {
		return 0
	}
	off := int64(addr) - int64(uintptr(unsafe.Pointer(&w.Data[0])))
	if off < 0 || off >= int64(len(w.Data)) {
		return 0
	}
	return off
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
