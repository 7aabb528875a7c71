package main

import (
	"encoding/json"
	"os"
	"slices"
	"testing"

	v1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	statsapi "k8s.io/kubelet/pkg/apis/stats/v1alpha1"
	"k8s.io/kubernetes/pkg/kubelet/eviction"
	evictionapi "k8s.io/kubernetes/pkg/kubelet/eviction/api"
)

// benchData is what tests/bench measures our own functions on.
type benchData struct {
	Pods       []*v1.Pod
	Stats      []statsapi.PodStats
	Quantities []string
}

func readBenchData(b *testing.B) (data benchData) {
	file := os.Getenv("BENCH_DATA")
	if file == "" {
		b.Skip("BENCH_DATA does not name a file; npm run bench -- --go sets it")
	}
	text, err := os.ReadFile(file)
	if err != nil {
		b.Fatal(err)
	}
	if err := json.Unmarshal(text, &data); err != nil {
		b.Fatal(err)
	}
	return data
}

// BenchmarkPass is one synchronize of a node short of memory: its pods are ranked and one of them is evicted.
func BenchmarkPass(b *testing.B) {
	data := readBenchData(b)
	thresholds, err := eviction.ParseThresholdConfig([]string{"pods"},
		map[string]string{"memory.available": "6Gi", "nodefs.available": "5%", "imagefs.available": "5%"}, nil, nil,
		map[string]string{"memory.available": "4Gi", "nodefs.available": "10%", "imagefs.available": "10%"})
	if err != nil {
		b.Fatal(err)
	}
	node := &evictionNode{summary: &statsapi.Summary{Pods: data.Stats}}
	observe(node.summary, evictionapi.SignalMemoryAvailable, observation{1 << 30, 64 << 30}, metav1.Time{})
	observe(node.summary, evictionapi.SignalNodeFsAvailable, observation{50 << 30, 100 << 30}, metav1.Time{})
	observe(node.summary, evictionapi.SignalImageFsAvailable, observation{50 << 30, 100 << 30}, metav1.Time{})
	loop := startManagerLoop(eviction.Config{Thresholds: thresholds, MaxPodGracePeriodSeconds: 120}, node, true)
	defer loop.end()
	for b.Loop() {
		node.pods = slices.Clone(data.Pods)
		node.did = passOutcome{}
		loop.pass()
		if len(node.did.evictions) != 1 {
			b.Fatalf("%d pods evicted", len(node.did.evictions))
		}
	}
}

// BenchmarkParseQuantity parses every text once.
func BenchmarkParseQuantity(b *testing.B) {
	data := readBenchData(b)
	for b.Loop() {
		for _, text := range data.Quantities {
			if _, err := resource.ParseQuantity(text); err != nil {
				b.Fatal(err)
			}
		}
	}
}
