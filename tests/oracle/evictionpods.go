package main

import (
	"strconv"

	v1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/kubernetes/pkg/apis/scheduling"
	kubetypes "k8s.io/kubernetes/pkg/kubelet/types"
)

// The pods that are asked to be let in after every step.
var (
	bestEffortPod = &v1.Pod{}
	burstablePod  = &v1.Pod{Spec: v1.PodSpec{Containers: []v1.Container{{
		Name:      containerName,
		Resources: v1.ResourceRequirements{Requests: v1.ResourceList{v1.ResourceMemory: resource.MustParse("1Mi")}},
	}}}}
	criticalPriority = int32(scheduling.SystemCriticalPriority)
	criticalPod      = &v1.Pod{Spec: v1.PodSpec{Priority: &criticalPriority}}
)

// evictionPod is a pod on the node, with what it uses throughout.
type evictionPod struct {
	Name                                                            string
	Priority                                                        *int32
	Requests, Limits                                                v1.ResourceList
	MemoryWorkingSet, RootfsUsed, LogsUsed, EmptyDirUsed, Processes *amount
	EmptyDirSizeLimit                                               *resource.Quantity
	Static                                                          bool
	TerminationGracePeriodSeconds                                   *int64
}

func (p *evictionPlay) addPods(pods []evictionPod) {
	for i, pod := range pods {
		uid := strconv.Itoa(i)
		p.pods = append(p.pods, pod.object(uid))
		p.podStats = append(p.podStats, podStatistics(uid, pod.MemoryWorkingSet, pod.RootfsUsed, pod.LogsUsed, pod.EmptyDirUsed, pod.Processes))
	}
}

func (p evictionPod) object(uid string) *v1.Pod {
	pod := &v1.Pod{
		ObjectMeta: metav1.ObjectMeta{Name: p.Name, UID: types.UID(uid), Annotations: map[string]string{}},
		Spec: v1.PodSpec{
			Priority:                      p.Priority,
			TerminationGracePeriodSeconds: p.TerminationGracePeriodSeconds,
			Containers:                    []v1.Container{{Name: containerName, Resources: v1.ResourceRequirements{Requests: p.Requests, Limits: p.Limits}}},
			Volumes:                       []v1.Volume{{Name: volumeName, VolumeSource: v1.VolumeSource{EmptyDir: &v1.EmptyDirVolumeSource{SizeLimit: p.EmptyDirSizeLimit}}}},
		},
	}
	setSource(pod, p.Static)
	return pod
}

// setSource marks the pod as one from a file or from the API server, which is how the kubelet knows a static pod.
func setSource(pod *v1.Pod, static bool) {
	source := kubetypes.ApiserverSource
	if static {
		source = kubetypes.FileSource
	}
	metav1.SetMetaDataAnnotation(&pod.ObjectMeta, kubetypes.ConfigSourceAnnotationKey, source)
}
