package fleet

import (
	"math"
	"time"

	v1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	statsapi "k8s.io/kubelet/pkg/apis/stats/v1alpha1"
	"k8s.io/kubernetes/pkg/kubelet/stats/pidlimit"
)

const (
	mib           = 1 << 20
	bytesPerInode = 16 << 10
	// cacheShare is page cache that counts as used but can be dropped, as a part of what is free.
	cacheShare = 0.4
	// besideBytes is what a container beside a pod's workload uses, such as a VM's console log.
	besideBytes      = 24 * mib
	kubeletBytes     = 180 * mib
	imageShare       = 0.6
	besideShare      = 0.02
	processesPerHost = 900
	processesPerPod  = 40
)

// Summary is part of kubelet.Source.
func (m *Machine) Summary() *statsapi.Summary {
	now := metav1.Now()
	pods := m.Pods()
	used := m.sample(now.Time, pods)
	start := metav1.NewTime(m.bootedAt())
	plan := m.plan.Plan
	ofPods := uint64(0)
	summary := &statsapi.Summary{}
	for i, pod := range pods {
		ofPods += used.pods[i]
		summary.Pods = append(summary.Pods, m.podStats(pod, used.pods[i], now))
	}
	free := plan.MemoryBytes - used.workingSet
	nodeMemory := memoryStats(now, used.workingSet, uint64(cacheShare*float64(free)))
	nodeMemory.AvailableBytes = &free
	imageFs := m.fsStats(now, uint64(imageShare*float64(plan.DiskUsedBytes)))
	summary.Node = statsapi.NodeStats{
		NodeName: plan.Name, StartTime: start, CPU: cpuStats(now, 0.3*float64(plan.CPUCores)), Memory: nodeMemory,
		Fs:      m.fsStats(now, plan.DiskUsedBytes),
		Runtime: &statsapi.RuntimeStats{ImageFs: imageFs, ContainerFs: imageFs},
		Rlimit:  processes(now, len(pods)),
		SystemContainers: []statsapi.ContainerStats{
			{Name: statsapi.SystemContainerKubelet, StartTime: start, CPU: cpuStats(now, 0.1), Memory: memoryStats(now, min(kubeletBytes, used.system), 0)},
			{Name: statsapi.SystemContainerPods, StartTime: start, CPU: cpuStats(now, 0.1), Memory: m.kubepods(now, ofPods)},
		},
	}
	return summary
}

func (m *Machine) podStats(pod *v1.Pod, bytes uint64, now metav1.Time) statsapi.PodStats {
	start := pod.CreationTimestamp
	if pod.Status.StartTime != nil {
		start = *pod.Status.StartTime
	}
	names := pod.Spec.Containers
	// The first container is the workload; what stands beside it is small
	beside := min(uint64(besideShare*float64(bytes)), besideBytes)
	stats := statsapi.PodStats{
		PodRef:    statsapi.PodReference{Name: pod.Name, Namespace: pod.Namespace, UID: string(pod.UID)},
		StartTime: start, Memory: memoryStats(now, bytes, bytes/10), CPU: cpuStats(now, 0.02),
		EphemeralStorage: m.fsStats(now, uint64(len(names))*106_496),
	}
	for i, container := range names {
		use := beside
		if i == 0 {
			use = bytes - beside*uint64(len(names)-1)
		}
		stats.Containers = append(stats.Containers, statsapi.ContainerStats{
			Name: container.Name, StartTime: start, CPU: cpuStats(now, 0.02), Memory: memoryStats(now, use, use/10),
			Rootfs: m.fsStats(now, 40_960), Logs: m.fsStats(now, 65_536),
		})
	}
	return stats
}

// kubepods are the pods' cgroup, whose limit is what the kubelet enforces.
func (m *Machine) kubepods(now metav1.Time, bytes uint64) *statsapi.MemoryStats {
	stats := memoryStats(now, bytes, bytes/10)
	if limit, limited := m.podLimit(); limited && limit > bytes {
		available := limit - bytes
		stats.AvailableBytes = &available
	}
	return stats
}

func memoryStats(now metav1.Time, workingSet, cache uint64) *statsapi.MemoryStats {
	usage, rss, faults, major := workingSet+cache, workingSet*4/5, workingSet/4096, uint64(0)
	return &statsapi.MemoryStats{Time: now, UsageBytes: &usage, WorkingSetBytes: &workingSet, RSSBytes: &rss, PageFaults: &faults, MajorPageFaults: &major}
}

func cpuStats(now metav1.Time, cores float64) *statsapi.CPUStats {
	current := uint64(cores * float64(time.Second))
	total := current * uint64(time.Hour/time.Second)
	return &statsapi.CPUStats{Time: now, UsageNanoCores: &current, UsageCoreNanoSeconds: &total}
}

func (m *Machine) fsStats(now metav1.Time, used uint64) *statsapi.FsStats {
	size, taken := m.plan.Plan.DiskBytes, m.plan.Plan.DiskUsedBytes
	available, inodes, inodesUsed := size-taken, size/bytesPerInode, used/(8*bytesPerInode)
	inodesFree := inodes - taken/(8*bytesPerInode)
	return &statsapi.FsStats{Time: now, AvailableBytes: &available, CapacityBytes: &size, UsedBytes: &used, Inodes: &inodes, InodesFree: &inodesFree, InodesUsed: &inodesUsed}
}

// processes has the limit of the machine that all this runs on, which is also the one that its kubelets go by.
func processes(now metav1.Time, pods int) *statsapi.RlimitStats {
	stats, err := pidlimit.Stats()
	if err != nil || stats.MaxPID == nil {
		most := int64(math.MaxInt16)
		stats = &statsapi.RlimitStats{MaxPID: &most}
	}
	running := int64(processesPerHost + processesPerPod*pods)
	return &statsapi.RlimitStats{Time: now, MaxPID: stats.MaxPID, NumOfRunningProcesses: &running}
}
