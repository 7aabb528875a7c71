package main

import (
	v1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	v1qos "k8s.io/kubernetes/pkg/apis/core/v1/helper/qos"
	"k8s.io/kubernetes/pkg/kubelet/qos"
	kubetypes "k8s.io/kubernetes/pkg/kubelet/types"
)

func init() {
	register("qos.oomScoreAdj", oomScoreAdj)
}

// oomQuestion is one container of a pod that is as it would be without the API server's defaults.
type oomQuestion struct {
	Kind                                             string
	MemoryRequest, MemoryLimit, CPURequest, CPULimit string
	Capacity                                         amount
	Priority                                         *int32
	PriorityClassName                                string
	Static                                           bool
	RegularContainerRequests                         []string
	PodLevelMemoryRequest                            string
}

// oomScoreAdj is qos.GetContainerOOMScoreAdjust of the container and the class that v1qos.GetPodQOS finds for its pod.
func oomScoreAdj(in oomQuestion) (any, error) {
	pod, container, err := in.pod()
	if err != nil {
		return nil, err
	}
	return struct {
		QOSClass    v1.PodQOSClass `json:"qosClass"`
		OOMScoreAdj int            `json:"oomScoreAdj"`
	}{v1qos.GetPodQOS(pod), qos.GetContainerOOMScoreAdjust(pod, container, int64(in.Capacity))}, nil
}

func (in oomQuestion) pod() (*v1.Pod, *v1.Container, error) {
	container, err := in.container()
	if err != nil {
		return nil, nil, err
	}
	regular, err := in.regularContainers()
	if err != nil {
		return nil, nil, err
	}
	pod := &v1.Pod{}
	pod.Spec.Priority = in.Priority
	pod.Spec.PriorityClassName = in.PriorityClassName
	if in.Static {
		pod.Annotations = map[string]string{kubetypes.ConfigSourceAnnotationKey: kubetypes.FileSource}
	}
	if in.PodLevelMemoryRequest != "" {
		requests, err := resourceList(map[v1.ResourceName]string{v1.ResourceMemory: in.PodLevelMemoryRequest})
		if err != nil {
			return nil, nil, err
		}
		pod.Spec.Resources = &v1.ResourceRequirements{Requests: requests}
	}
	if in.Kind == "sidecar" {
		always := v1.ContainerRestartPolicyAlways
		container.RestartPolicy = &always
		pod.Spec.InitContainers = []v1.Container{*container}
		pod.Spec.Containers = regular
	} else {
		pod.Spec.Containers = append([]v1.Container{*container}, regular...)
	}
	return pod, container, nil
}

func (in oomQuestion) container() (*v1.Container, error) {
	requests, err := resourceList(map[v1.ResourceName]string{v1.ResourceMemory: in.MemoryRequest, v1.ResourceCPU: in.CPURequest})
	if err != nil {
		return nil, err
	}
	limits, err := resourceList(map[v1.ResourceName]string{v1.ResourceMemory: in.MemoryLimit, v1.ResourceCPU: in.CPULimit})
	if err != nil {
		return nil, err
	}
	return &v1.Container{Name: "container", Resources: v1.ResourceRequirements{Requests: requests, Limits: limits}}, nil
}

// regularContainers are those beside the container. A pod has at least one regular container, so a sidecar is never alone.
func (in oomQuestion) regularContainers() ([]v1.Container, error) {
	if in.Kind == "sidecar" && len(in.RegularContainerRequests) == 0 {
		return []v1.Container{{}}, nil
	}
	var containers []v1.Container
	for _, request := range in.RegularContainerRequests {
		requests, err := resourceList(map[v1.ResourceName]string{v1.ResourceMemory: request})
		if err != nil {
			return nil, err
		}
		containers = append(containers, v1.Container{Resources: v1.ResourceRequirements{Requests: requests}})
	}
	return containers, nil
}

// resourceList parses quantities; an empty text stands for a resource that is not set.
func resourceList(texts map[v1.ResourceName]string) (v1.ResourceList, error) {
	list := v1.ResourceList{}
	for name, text := range texts {
		if text == "" {
			continue
		}
		quantity, err := resource.ParseQuantity(text)
		if err != nil {
			return nil, err
		}
		list[name] = quantity
	}
	return list, nil
}
