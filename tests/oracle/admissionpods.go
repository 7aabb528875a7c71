package main

import (
	"time"

	v1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/utils/ptr"
)

// restartedPod is a pod that was on the node when the kubelet started.
type restartedPod struct {
	Name            string
	Created         *time.Time
	Priority        *int32
	Static, Mirror  bool
	Phase           v1.PodPhase
	Requests        v1.ResourceList
	Limits          v1.ResourceList
	InitRequests    v1.ResourceList
	SidecarRequests v1.ResourceList
	Overhead        v1.ResourceList
	Allocated       v1.ResourceList
	Tolerations     []v1.Toleration
}

// object is the pod as the kubelet knows it. A mirror is given for the static pod that it mirrors, which the kubelet
// reads from a file, without a time of creation. An init container comes before a sidecar.
func (p restartedPod) object(uid string) *v1.Pod {
	pod := &v1.Pod{
		ObjectMeta: metav1.ObjectMeta{Name: p.Name, Namespace: metav1.NamespaceDefault, UID: types.UID(uid)},
		Spec: v1.PodSpec{
			Priority:    p.Priority,
			Tolerations: p.Tolerations,
			Overhead:    p.Overhead,
			Containers:  []v1.Container{{Name: containerName, Resources: v1.ResourceRequirements{Requests: p.Requests, Limits: p.Limits}}},
		},
		Status: v1.PodStatus{Phase: p.Phase},
	}
	if p.InitRequests != nil {
		pod.Spec.InitContainers = append(pod.Spec.InitContainers, v1.Container{Name: "init", Resources: v1.ResourceRequirements{Requests: p.InitRequests}})
	}
	if p.SidecarRequests != nil {
		pod.Spec.InitContainers = append(pod.Spec.InitContainers, v1.Container{
			Name: "sidecar", RestartPolicy: ptr.To(v1.ContainerRestartPolicyAlways), Resources: v1.ResourceRequirements{Requests: p.SidecarRequests},
		})
	}
	if p.Created != nil && !p.Mirror {
		pod.CreationTimestamp = metav1.NewTime(*p.Created)
	}
	setSource(pod, p.Static || p.Mirror)
	return pod
}

// allocatedObject is the pod with the requests that the kubelet's checkpoint holds, where they differ from the pod's own.
func (p restartedPod) allocatedObject(pod *v1.Pod) *v1.Pod {
	allocated := pod.DeepCopy()
	resources := &allocated.Spec.Containers[0].Resources
	if resources.Requests == nil {
		resources.Requests = v1.ResourceList{}
	}
	for name, quantity := range p.Allocated {
		resources.Requests[name] = quantity
	}
	return allocated
}
