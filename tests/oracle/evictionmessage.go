package main

import (
	"math"
	"strings"

	v1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	statsapi "k8s.io/kubelet/pkg/apis/stats/v1alpha1"
	"k8s.io/kubernetes/pkg/kubelet/eviction"
	evictionapi "k8s.io/kubernetes/pkg/kubelet/eviction/api"
)

func init() { register("eviction.message", evictionMessage) }

// evictedContainer is a container of the evicted pod; what it uses is of the starved resource.
type evictedContainer struct {
	Name    string
	Request *resource.Quantity
	Usage   *amount
}

// evictionMessage lets a manager evict a pod for the signal and answers what it says about that (evictionMessage in
// pkg/kubelet/eviction/helpers.go). A first pass finds nothing available at all; the second still finds the threshold
// unresolved with the asked amount available, also where that is above the threshold, thanks to a minimum reclaim. A
// resource that is not the signal's cannot come together with it in a kubelet: unsupported.
func evictionMessage(in struct {
	Resource            v1.ResourceName
	Signal              evictionapi.Signal
	Threshold           string
	Capacity, Available amount
	Containers          []evictedContainer
	HasStats            bool
}) (any, error) {
	thresholds, err := thresholdFor(in.Signal, in.Threshold, decimal(max(int64(in.Available), 0))+"001")
	if err != nil {
		return nil, err
	}
	node := &evictionNode{summary: &statsapi.Summary{}}
	observe(node.summary, in.Signal, observation{math.MinInt64, int64(in.Capacity)}, metav1.Time{})
	loop := startManagerLoop(eviction.Config{Thresholds: thresholds}, node, false)
	defer loop.end()
	loop.pass()

	node.did = passOutcome{}
	observe(node.summary, in.Signal, observation{int64(in.Available), int64(in.Capacity)}, metav1.Time{})
	pod := &v1.Pod{ObjectMeta: metav1.ObjectMeta{Name: "p"}}
	stats := statsapi.PodStats{}
	for _, container := range in.Containers {
		pod.Spec.Containers = append(pod.Spec.Containers, container.object(in.Resource))
		stats.Containers = append(stats.Containers, container.stats())
	}
	node.pods = []*v1.Pod{pod}
	if in.HasStats {
		node.summary.Pods = []statsapi.PodStats{stats}
	}
	loop.pass()
	if len(node.did.evictions) != 1 || !strings.HasSuffix(node.did.events[0], " "+string(in.Resource)) {
		return unsupported, nil
	}
	evicted := node.did.evictions[0]
	return struct {
		Message     string            `json:"message"`
		Annotations map[string]string `json:"annotations"`
	}{evicted.status.Message, evicted.annotations}, nil
}

// unsupported is the answer to a question that upstream has no answer to.
var unsupported = map[string]bool{"unsupported": true}

func (c evictedContainer) object(starved v1.ResourceName) v1.Container {
	container := v1.Container{Name: c.Name}
	if c.Request != nil {
		container.Resources.Requests = v1.ResourceList{starved: *c.Request}
	}
	return container
}

// stats has the usage wherever upstream may look for it.
func (c evictedContainer) stats() statsapi.ContainerStats {
	stats := statsapi.ContainerStats{Name: c.Name}
	if c.Usage != nil {
		none := amount(0)
		stats.Memory = &statsapi.MemoryStats{WorkingSetBytes: c.Usage.pointer()}
		stats.Rootfs, stats.Logs = used(c.Usage), used(&none)
	}
	return stats
}
