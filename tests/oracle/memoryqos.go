package main

import (
	"context"
	"encoding/json"
	"os"

	cadvisorapi "github.com/google/cadvisor/info/v1"
	v1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	utilfeature "k8s.io/apiserver/pkg/util/feature"
	runtimeapi "k8s.io/cri-api/pkg/apis/runtime/v1"
	"k8s.io/kubernetes/pkg/features"
	kubeletconfig "k8s.io/kubernetes/pkg/kubelet/apis/config"
	"k8s.io/kubernetes/pkg/kubelet/cm"
)

func init() { register("memoryQoS.container", memoryQoSContainer) }

// memoryQoSContainer is what the kubelet's runtime manager writes into the cgroup of a container that it creates under
// the feature gate MemoryQoS, on cgroup v2 (generateLinuxContainerResources in pkg/kubelet/kuberuntime). The OOM score
// needs the node's memory, for which its allocatable memory stands; without any there is none. The page size is that of
// the machine: unsupported for another.
func memoryQoSContainer(in struct {
	Request, Limit, NodeAllocatable *resource.Quantity
	Factor                          json.Number
	Policy                          kubeletconfig.MemoryReservationPolicy
	Guaranteed                      bool
	PageSize                        amount
}) (any, error) {
	if in.PageSize != 0 && int(in.PageSize) != os.Getpagesize() {
		return unsupported, nil
	}
	factor, err := in.Factor.Float64()
	if err != nil {
		return nil, err
	}
	settings := runtimeSettings{throttlingFactor: factor, reservationPolicy: in.Policy, machine: cadvisorapi.MachineInfo{MemoryCapacity: 1}}
	if in.NodeAllocatable != nil {
		settings.allocatable = v1.ResourceList{v1.ResourceMemory: *in.NodeAllocatable}
		settings.machine.MemoryCapacity = uint64(max(in.NodeAllocatable.Value(), 1))
	}
	config, err := withFeature(string(features.MemoryQoS), func() (*runtimeapi.ContainerConfig, error) {
		return settings.containerConfig(context.Background(), memoryPod(in.Request, in.Limit, in.Guaranteed))
	})
	if err != nil {
		return nil, err
	}
	resources := config.GetLinux().GetResources()
	// The harness offers swap, which has an operation of its own.
	delete(resources.Unified, cm.Cgroup2MaxSwapFilename)
	answer := struct {
		Unified            map[string]string `json:"unified"`
		MemoryLimitInBytes string            `json:"memoryLimitInBytes"`
		OOMScoreAdj        *int64            `json:"oomScoreAdj,omitempty"`
	}{Unified: resources.Unified, MemoryLimitInBytes: decimal(resources.MemoryLimitInBytes)}
	if in.NodeAllocatable != nil {
		answer.OOMScoreAdj = &resources.OomScoreAdj
	}
	return answer, nil
}

// memoryPod is a pod of one container. A Guaranteed one is said to be so by its status, as the API server sets it.
func memoryPod(request, limit *resource.Quantity, guaranteed bool) *v1.Pod {
	pod := &v1.Pod{}
	pod.Name, pod.UID = "p", "uid"
	resources := v1.ResourceRequirements{Requests: v1.ResourceList{}, Limits: v1.ResourceList{}}
	if request != nil {
		resources.Requests[v1.ResourceMemory] = *request
	}
	if limit != nil {
		resources.Limits[v1.ResourceMemory] = *limit
	}
	pod.Spec.Containers = []v1.Container{{Name: containerName, Resources: resources}}
	if guaranteed {
		pod.Status.QOSClass = v1.PodQOSGuaranteed
	}
	return pod
}

// withFeature runs a function under a feature gate that is off by default.
func withFeature[T any](gate string, run func() (T, error)) (result T, err error) {
	if err = utilfeature.DefaultMutableFeatureGate.Set(gate + "=true"); err != nil {
		return result, err
	}
	defer func() { _ = utilfeature.DefaultMutableFeatureGate.Set(gate + "=false") }()
	return run()
}
