package main

import (
	"slices"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	statsapi "k8s.io/kubelet/pkg/apis/stats/v1alpha1"
	"k8s.io/kubernetes/pkg/kubelet/eviction"
	evictionapi "k8s.io/kubernetes/pkg/kubelet/eviction/api"
)

// signalOrder is the order in which this oracle reclaims several signals that are under pressure at once. Upstream
// takes them in the order of Go's maps, after those of memory.
var signalOrder = []evictionapi.Signal{
	evictionapi.SignalMemoryAvailable,
	evictionapi.SignalAllocatableMemoryAvailable,
	evictionapi.SignalNodeFsAvailable,
	evictionapi.SignalNodeFsInodesFree,
	evictionapi.SignalImageFsAvailable,
	evictionapi.SignalImageFsInodesFree,
	evictionapi.SignalContainerFsAvailable,
	evictionapi.SignalContainerFsInodesFree,
	evictionapi.SignalPIDAvailable,
}

func signalRank(signal evictionapi.Signal) int { return slices.Index(signalOrder, signal) }

// containerFsSource are the signals whose thresholds upstream gives to a containerfs signal, whatever was configured.
var containerFsSource = map[evictionapi.Signal][]evictionapi.Signal{
	evictionapi.SignalContainerFsAvailable:  {evictionapi.SignalNodeFsAvailable, evictionapi.SignalImageFsAvailable},
	evictionapi.SignalContainerFsInodesFree: {evictionapi.SignalNodeFsInodesFree, evictionapi.SignalImageFsInodesFree},
}

// thresholdFor is eviction.ParseThresholdConfig of one hard threshold. With it come those that upstream would put in its
// place; they are never met unless their own signals are observed.
func thresholdFor(signal evictionapi.Signal, value, minReclaim string) ([]evictionapi.Threshold, error) {
	hard := map[string]string{string(signal): value}
	for _, source := range containerFsSource[signal] {
		hard[string(source)] = value
	}
	reclaim := map[string]string{}
	if minReclaim != "" {
		for name := range hard {
			reclaim[name] = minReclaim
		}
	}
	return eviction.ParseThresholdConfig(nil, hard, nil, nil, reclaim)
}

// observation is a signal's available amount and capacity, as upstream derives them from the node's statistics.
type observation struct{ available, capacity int64 }

// observe writes statistics into the summary from which upstream makes exactly this observation of the signal.
func observe(summary *statsapi.Summary, signal evictionapi.Signal, o observation, at metav1.Time) {
	available, rest, capacity := uint64(o.available), uint64(o.capacity)-uint64(o.available), uint64(o.capacity)
	node := &summary.Node
	if node.Runtime == nil {
		node.Runtime = &statsapi.RuntimeStats{}
	}
	switch signal {
	case evictionapi.SignalMemoryAvailable:
		node.Memory = &statsapi.MemoryStats{Time: at, AvailableBytes: &available, WorkingSetBytes: &rest}
	case evictionapi.SignalAllocatableMemoryAvailable:
		memory := &statsapi.MemoryStats{Time: at, AvailableBytes: &available, WorkingSetBytes: &rest}
		node.SystemContainers = []statsapi.ContainerStats{{Name: statsapi.SystemContainerPods, Memory: memory}}
	case evictionapi.SignalNodeFsAvailable:
		bytesOf(&node.Fs, available, capacity, at)
	case evictionapi.SignalNodeFsInodesFree:
		inodesOf(&node.Fs, available, capacity, at)
	case evictionapi.SignalImageFsAvailable:
		bytesOf(&node.Runtime.ImageFs, available, capacity, at)
	case evictionapi.SignalImageFsInodesFree:
		inodesOf(&node.Runtime.ImageFs, available, capacity, at)
	case evictionapi.SignalContainerFsAvailable:
		bytesOf(&node.Runtime.ContainerFs, available, capacity, at)
	case evictionapi.SignalContainerFsInodesFree:
		inodesOf(&node.Runtime.ContainerFs, available, capacity, at)
	case evictionapi.SignalPIDAvailable:
		maxPID, running := int64(capacity), int64(rest)
		node.Rlimit = &statsapi.RlimitStats{Time: at, MaxPID: &maxPID, NumOfRunningProcesses: &running}
	}
}

func bytesOf(fs **statsapi.FsStats, available, capacity uint64, at metav1.Time) {
	if *fs == nil {
		*fs = &statsapi.FsStats{}
	}
	(*fs).Time, (*fs).AvailableBytes, (*fs).CapacityBytes = at, &available, &capacity
}

func inodesOf(fs **statsapi.FsStats, free, inodes uint64, at metav1.Time) {
	if *fs == nil {
		*fs = &statsapi.FsStats{}
	}
	(*fs).Time, (*fs).InodesFree, (*fs).Inodes = at, &free, &inodes
}
