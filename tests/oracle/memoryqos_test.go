package main

import (
	"testing"

	"github.com/opencontainers/cgroups"
	utilfeature "k8s.io/apiserver/pkg/util/feature"
	"k8s.io/kubernetes/pkg/features"
)

func TestMemoryQoS(t *testing.T) {
	if !cgroups.IsCgroup2UnifiedMode() {
		t.Skip("the kubelet knows no memory QoS on cgroup v1, and there are no rights to mount cgroup v2")
	}
	for _, c := range []struct{ name, question, want string }{
		{"a limit alone", `"limit":"128Mi","nodeAllocatable":"8Gi","factor":0.9,"policy":"None"`,
			`{"unified":{"memory.min":"0","memory.low":"0","memory.high":"120795136"},"memoryLimitInBytes":"134217728","oomScoreAdj":999}`},
		{"rounded down to pages", `"limit":"2000M","nodeAllocatable":"8Gi","factor":0.9,"policy":"None","pageSize":4096`,
			`{"unified":{"memory.min":"0","memory.low":"0","memory.high":"1799999488"},"memoryLimitInBytes":"2000000000","oomScoreAdj":999}`},
		{"a request alone: up to what is allocatable", `"request":"1Gi","nodeAllocatable":"8Gi","factor":"0.5","policy":"TieredReservation"`,
			`{"unified":{"memory.low":"1073741824","memory.high":"4831838208"},"memoryLimitInBytes":"0","oomScoreAdj":875}`},
		{"Guaranteed", `"request":"1Gi","limit":"1Gi","nodeAllocatable":"8Gi","factor":0.9,"policy":"TieredReservation","guaranteed":true`,
			`{"unified":{"memory.min":"1073741824"},"memoryLimitInBytes":"1073741824","oomScoreAdj":-997}`},
		{"nothing", `"factor":0.9,"policy":"TieredReservation"`, `{"unified":{"memory.min":"0","memory.low":"0"},"memoryLimitInBytes":"0"}`},
		{"another machine's pages", `"factor":0.9,"policy":"None","pageSize":65536`, `{"unsupported":true}`},
	} {
		t.Run(c.name, func(t *testing.T) { answers(t, `{"op":"memoryQoS.container",`+c.question+`}`, c.want) })
	}
	if utilfeature.DefaultFeatureGate.Enabled(features.MemoryQoS) {
		t.Error("the feature gate stayed on")
	}
}
