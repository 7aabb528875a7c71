package main

import statsapi "k8s.io/kubelet/pkg/apis/stats/v1alpha1"

// The protocol gives a pod neither a container's nor a volume's name, but some of upstream's texts do.
const (
	containerName = "c"
	volumeName    = "v"
)

// podStatistics are the statistics of a pod with one container and one emptyDir volume. What is nil is unknown, as it
// is for a container that was not measured yet.
func podStatistics(uid string, memoryWorkingSet, rootfsUsed, logsUsed, emptyDirUsed, processes *amount) statsapi.PodStats {
	container := statsapi.ContainerStats{Name: containerName, Rootfs: used(rootfsUsed), Logs: used(logsUsed)}
	stats := statsapi.PodStats{PodRef: statsapi.PodReference{UID: uid}}
	if memoryWorkingSet != nil {
		container.Memory = &statsapi.MemoryStats{WorkingSetBytes: memoryWorkingSet.pointer()}
		stats.Memory = container.Memory
	}
	if emptyDirUsed != nil {
		stats.VolumeStats = []statsapi.VolumeStats{{Name: volumeName, FsStats: *used(emptyDirUsed)}}
	}
	if processes != nil {
		stats.ProcessStats = &statsapi.ProcessStats{ProcessCount: processes.pointer()}
	}
	stats.Containers = []statsapi.ContainerStats{container}
	stats.EphemeralStorage = total(rootfsUsed, logsUsed, emptyDirUsed)
	return stats
}

func used(bytes *amount) *statsapi.FsStats {
	if bytes == nil {
		return nil
	}
	return &statsapi.FsStats{UsedBytes: bytes.pointer()}
}

// total is what the kubelet's own statistics say about a pod's local storage: the sum of its parts.
func total(parts ...*amount) *statsapi.FsStats {
	var sum amount
	known := false
	for _, part := range parts {
		if part != nil {
			sum += *part
			known = true
		}
	}
	if !known {
		return nil
	}
	return used(&sum)
}
