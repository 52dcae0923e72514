//go:build !linux

package rlimit

// AddressSpace returns 0: the limit is not known.
func AddressSpace() int64 { return 0 }

// AddressSpaceInUse returns 0: it is not known.
func AddressSpaceInUse() int64 { return 0 }

// Threads returns 0: the limit is not known.
func Threads() int64 { return 0 }

// ThreadsInUse returns false: the number is not known.
func ThreadsInUse() (n int64, ok bool) { return 0, false }
