package main

import (
	v1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	"k8s.io/apimachinery/pkg/types"
	statsapi "k8s.io/kubelet/pkg/apis/stats/v1alpha1"
	kubecontainer "k8s.io/kubernetes/pkg/kubelet/container"
)

func init() { register("resize.validateDecrease", resizeValidateDecrease) }

// memoryLimit is a container's, in bytes; nil or 0 is none.
type memoryLimit struct{ Limit *amount }

// resizeValidateDecrease is the kubelet's last check before it changes memory limits of a running pod:
// validateMemoryResizeAction in pkg/kubelet/kuberuntime, as part of SyncPod. A pod memory limit that is desired is one
// of the pod's own resources, since the sum of its containers' would follow from the container's; without one a second,
// unlimited container takes it away. A desired limit of 0 bytes is none for a kubelet: unsupported.
func resizeValidateDecrease(in struct {
	Desired, Current                   memoryLimit
	DesiredPodMemory, CurrentPodMemory *amount
	PodUsage, ContainerUsage           *amount
}) (any, error) {
	if in.DesiredPodMemory != nil && *in.DesiredPodMemory == 0 {
		return unsupported, nil
	}
	pod := &v1.Pod{}
	pod.Name, pod.Namespace, pod.UID = "p", "default", types.UID("uid")
	// The requests differ, so that the container is updated whatever its limits.
	desired, current := memoryResources(1, in.Desired.Limit), memoryResources(2, in.Current.Limit)
	node := resizingNode{podMemoryLimit: in.CurrentPodMemory.signed(), stats: statsapi.PodStats{
		Memory:     &statsapi.MemoryStats{UsageBytes: in.PodUsage.pointer()},
		Containers: []statsapi.ContainerStats{{Name: containerName, Memory: &statsapi.MemoryStats{UsageBytes: in.ContainerUsage.pointer()}}},
	}}
	pod.Spec.Containers = []v1.Container{presentContainer(containerName, desired)}
	if in.DesiredPodMemory != nil {
		limits := memoryResources(1, in.DesiredPodMemory)
		pod.Spec.Resources = &limits
		if len(desired.Limits) == 0 {
			// The container takes over the pod's limit. That is not the container's own change.
			current = memoryResources(2, in.DesiredPodMemory)
		}
	} else {
		pod.Spec.Containers = append(pod.Spec.Containers, presentContainer("unlimited", v1.ResourceRequirements{}))
	}
	node.actuated = map[string]v1.ResourceRequirements{containerName: current}
	status := podInSandbox()
	for i := range pod.Spec.Containers {
		status.ContainerStatuses = append(status.ContainerStatuses, runningStatus(&pod.Spec.Containers[i], kubecontainer.ContainerStateRunning))
	}
	result, _, err := node.sync(pod, status)
	if err != nil {
		return nil, err
	}
	answer := struct {
		Error string `json:"error"`
	}{}
	for _, part := range result.SyncResults {
		if part.Action == kubecontainer.ResizePodInPlace {
			answer.Error = part.Message
		}
	}
	return answer, nil
}

func memoryResources(request int64, limit *amount) v1.ResourceRequirements {
	resources := v1.ResourceRequirements{Requests: v1.ResourceList{v1.ResourceMemory: *resource.NewQuantity(request, resource.BinarySI)}}
	if limit != nil && *limit != 0 {
		resources.Limits = v1.ResourceList{v1.ResourceMemory: *resource.NewQuantity(int64(*limit), resource.BinarySI)}
	}
	return resources
}
