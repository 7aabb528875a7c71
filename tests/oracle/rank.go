package main

import (
	"errors"
	"strconv"

	v1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	statsapi "k8s.io/kubelet/pkg/apis/stats/v1alpha1"
	"k8s.io/kubernetes/pkg/kubelet/eviction"
	evictionapi "k8s.io/kubernetes/pkg/kubelet/eviction/api"
)

func init() { registerConcurrent("eviction.rank", evictionRank) }

// rankedPod is a pod to rank. Its single container has the requests and the statistics.
type rankedPod struct {
	Name                    string
	Priority                *int32
	MemoryRequest           *resource.Quantity
	MemoryWorkingSetBytes   *amount
	EphemeralStorageRequest *resource.Quantity
	RootfsUsedBytes         *amount
	LogsUsedBytes           *amount
	EmptyDirUsedBytes       *amount
	RootfsInodesUsed        *amount
	ProcessCount            *amount
	NoStats                 bool
}

// layouts are the file system layouts by their names in the protocol.
var layouts = map[string]struct{ dedicatedImageFs, splitContainerImageFs bool }{
	"":                  {false, false},
	"single":            {false, false},
	"dedicated-imagefs": {true, false},
	"split-containerfs": {true, true},
}

// evictionRank asks a manager that has just started to reclaim the signal: nothing is available of it. The manager
// ranks the list of pods in place, with the unexported functions of pkg/kubelet/eviction/helpers.go.
func evictionRank(in struct {
	Signal evictionapi.Signal
	Layout string
	Pods   []rankedPod
}) (any, error) {
	layout, known := layouts[in.Layout]
	if !known {
		return nil, errors.New("oracle: unknown layout " + strconv.Quote(in.Layout))
	}
	thresholds, err := thresholdFor(in.Signal, "1", "")
	if err != nil {
		return nil, err
	}
	summary := &statsapi.Summary{}
	observe(summary, in.Signal, observation{0, 1}, metav1.Time{})
	node := &evictionNode{dedicatedImageFs: layout.dedicatedImageFs, splitContainerImageFs: layout.splitContainerImageFs, summary: summary}
	for i, pod := range in.Pods {
		uid := strconv.Itoa(i)
		node.pods = append(node.pods, pod.object(uid))
		if !pod.NoStats {
			summary.Pods = append(summary.Pods, pod.stats(uid))
		}
	}
	loop := startManagerLoop(eviction.Config{Thresholds: thresholds}, node, false)
	loop.pass()
	loop.end()
	order := make([]string, 0, len(node.pods))
	for _, pod := range node.pods {
		order = append(order, pod.Name)
	}
	return struct {
		Order []string `json:"order"`
	}{order}, nil
}

func (p rankedPod) object(uid string) *v1.Pod {
	requests := v1.ResourceList{}
	if p.MemoryRequest != nil {
		requests[v1.ResourceMemory] = *p.MemoryRequest
	}
	if p.EphemeralStorageRequest != nil {
		requests[v1.ResourceEphemeralStorage] = *p.EphemeralStorageRequest
	}
	return &v1.Pod{
		ObjectMeta: metav1.ObjectMeta{Name: p.Name, UID: types.UID(uid)},
		Spec: v1.PodSpec{
			Priority:   p.Priority,
			Containers: []v1.Container{{Name: containerName, Resources: v1.ResourceRequirements{Requests: requests}}},
			Volumes:    []v1.Volume{{Name: volumeName, VolumeSource: v1.VolumeSource{EmptyDir: &v1.EmptyDirVolumeSource{}}}},
		},
	}
}

func (p rankedPod) stats(uid string) statsapi.PodStats {
	stats := podStatistics(uid, p.MemoryWorkingSetBytes, p.RootfsUsedBytes, p.LogsUsedBytes, p.EmptyDirUsedBytes, p.ProcessCount)
	if p.RootfsInodesUsed != nil {
		container := &stats.Containers[0]
		if container.Rootfs == nil {
			container.Rootfs = &statsapi.FsStats{}
		}
		container.Rootfs.InodesUsed = p.RootfsInodesUsed.pointer()
	}
	return stats
}
