package main

import (
	"context"
	"errors"

	"github.com/go-logr/logr"
	cadvisorapi "github.com/google/cadvisor/info/v1"
	v1 "k8s.io/api/core/v1"
	"k8s.io/klog/v2"
	"k8s.io/kubernetes/pkg/kubelet/cm"
	kubetypes "k8s.io/kubernetes/pkg/kubelet/types"
)

func init() {
	register("swap.limited", swapLimited)
}

// errNoNodeMemory is calcSwapForBurstablePods' text by reading alone: a kubelet on a machine without memory would have
// divided by it before, for the container's OOM score.
var errNoNodeMemory = errors.New("total node memory is 0")

// swapLimited is the swap that a container of a Burstable pod may use under LimitedSwap: memory.swap.max of the
// container that the kubelet would create. Where the kubelet cannot calculate it, it says why in its log and gives none.
func swapLimited(in struct {
	Request              string
	NodeMemory, NodeSwap amount
}) (any, error) {
	if in.NodeMemory == 0 {
		return nil, errNoNodeMemory
	}
	requests, err := resourceList(map[v1.ResourceName]string{v1.ResourceMemory: in.Request})
	if err != nil {
		return nil, err
	}
	pod := &v1.Pod{}
	pod.Name, pod.UID = "pod", "uid"
	pod.Spec.Containers = []v1.Container{{Name: "container", Resources: v1.ResourceRequirements{Requests: requests}}}
	settings := runtimeSettings{
		machine:      cadvisorapi.MachineInfo{MemoryCapacity: uint64(in.NodeMemory), SwapCapacity: uint64(in.NodeSwap)},
		swapBehavior: string(kubetypes.LimitedSwap),
	}
	log := &logCapture{}
	config, err := settings.containerConfig(klog.NewContext(context.Background(), logr.New(log)), pod)
	if err != nil {
		return nil, err
	}
	if reason := log.failure("Cannot calculate swap allocation amount; disallowing swap"); reason != nil {
		return nil, reason
	}
	return struct {
		Limit string `json:"limit"`
	}{config.GetLinux().GetResources().GetUnified()[cm.Cgroup2MaxSwapFilename]}, nil
}
