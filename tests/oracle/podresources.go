package main

import (
	"encoding/json"

	v1 "k8s.io/api/core/v1"
	resourcehelper "k8s.io/component-helpers/resource"
	v1qos "k8s.io/kubernetes/pkg/apis/core/v1/helper/qos"
	"k8s.io/kubernetes/pkg/kubelet/qos"
	kubetypes "k8s.io/kubernetes/pkg/kubelet/types"
)

func init() {
	register("pod.resources", podResources)
}

// podResources is what a pod asks for as a whole, by component-helpers/resource, and how the kubelet rates it and each
// of its containers. The protocol has no operation for it: this one is our own.
func podResources(in struct {
	Pod                         json.RawMessage
	UseStatusResources          bool
	InPlacePodLevelResources    bool
	ExcludeOverhead             bool
	SkipPodLevelResources       bool
	SkipContainerLevelResources bool
	Capacity                    amount
}) (any, error) {
	options := resourcehelper.PodResourcesOptions{
		UseStatusResources: in.UseStatusResources,
		InPlacePodLevelResourcesVerticalScalingEnabled: in.InPlacePodLevelResources,
		ExcludeOverhead:             in.ExcludeOverhead,
		SkipPodLevelResources:       in.SkipPodLevelResources,
		SkipContainerLevelResources: in.SkipContainerLevelResources,
	}
	// Adding overhead changes a pod-level quantity that does not fit into an int64 in the pod itself: a fresh pod for each.
	var pods [3]v1.Pod
	for i := range pods {
		if err := json.Unmarshal(in.Pod, &pods[i]); err != nil {
			return nil, err
		}
	}
	pod := &pods[2]
	scores := []int{}
	for _, containers := range [][]v1.Container{pod.Spec.Containers, pod.Spec.InitContainers} {
		for i := range containers {
			scores = append(scores, qos.GetContainerOOMScoreAdjust(pod, &containers[i], int64(in.Capacity)))
		}
	}
	return struct {
		Requests    map[string]string `json:"requests"`
		Limits      map[string]string `json:"limits"`
		QOSClass    v1.PodQOSClass    `json:"qosClass"`
		Critical    bool              `json:"critical"`
		OOMScoreAdj []int             `json:"oomScoreAdj"`
	}{
		printedList(resourcehelper.PodRequests(&pods[0], options)), printedList(resourcehelper.PodLimits(&pods[1], options)),
		v1qos.GetPodQOS(pod), kubetypes.IsCriticalPod(pod), scores,
	}, nil
}
