package main

import (
	"testing"

	evictionapi "k8s.io/kubernetes/pkg/kubelet/eviction/api"
)

// Every pair of signals, each with itself too: the comparison says yes exactly for those of memory, whatever the other.
func TestOnlySignalsOfMemoryActFirst(t *testing.T) {
	memory := map[evictionapi.Signal]bool{evictionapi.SignalMemoryAvailable: true, evictionapi.SignalAllocatableMemoryAvailable: true}
	for _, a := range signalOrder {
		for _, b := range signalOrder {
			if got := actsFirst(a, b); got != memory[a] {
				t.Errorf("%s before %s: %t", a, b, got)
			}
		}
	}
}

func TestSortByPriority(t *testing.T) {
	answers(t, `{"op":"eviction.sortByPriority","signals":["nodefs.available","memory.available","imagefs.available"]}`,
		`{"order":["memory.available","nodefs.available","imagefs.available"]}`)
	// The comparison is no strict order: of two signals of memory the later one comes first.
	answers(t, `{"op":"eviction.sortByPriority","signals":["memory.available","allocatableMemory.available"]}`,
		`{"order":["allocatableMemory.available","memory.available"]}`)
	answers(t, `{"op":"eviction.sortByPriority","signals":["sky.available","pid.available"]}`,
		`{"order":["pid.available","sky.available"]}`)
}
