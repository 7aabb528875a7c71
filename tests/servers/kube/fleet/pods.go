package fleet

import (
	"context"
	"slices"
	"strings"

	v1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/tools/cache"
)

// Pods is part of kubelet.Source: the pods on the machine that are not done, by namespace and name.
func (m *Machine) Pods() []*v1.Pod {
	objects, _ := m.fleet.pods.ByIndex(byNode, m.Name())
	var pods []*v1.Pod
	for _, object := range objects {
		pod := object.(*v1.Pod)
		if pod.Status.Phase != v1.PodFailed && pod.Status.Phase != v1.PodSucceeded {
			pods = append(pods, pod)
		}
	}
	slices.SortFunc(pods, func(a, b *v1.Pod) int {
		return strings.Compare(a.Namespace+"/"+a.Name, b.Namespace+"/"+b.Name)
	})
	return pods
}

// podHandler queues pods that a kubelet has to do something about.
func (f *Fleet) podHandler() cache.ResourceEventHandler {
	queue := func(object any) {
		if pod, isPod := object.(*v1.Pod); isPod && needsUpkeep(pod) {
			f.upkeep.Add(pod.Namespace + "/" + pod.Name)
		}
	}
	return cache.ResourceEventHandlerFuncs{AddFunc: queue, UpdateFunc: func(_, object any) { queue(object) }}
}

func needsUpkeep(pod *v1.Pod) bool {
	return pod.Spec.NodeName != "" && (pod.DeletionTimestamp != nil || pod.Status.Phase == v1.PodPending)
}

// keepPodsOf looks at a machine's pods again: its kubelet has come up.
func (f *Fleet) keepPodsOf(m *Machine) {
	for _, pod := range m.Pods() {
		if needsUpkeep(pod) {
			f.upkeep.Add(pod.Namespace + "/" + pod.Name)
		}
	}
}

func (f *Fleet) keepPods(ctx context.Context) {
	go func() {
		<-ctx.Done()
		f.upkeep.ShutDown()
	}()
	for {
		key, shutdown := f.upkeep.Get()
		if shutdown {
			return
		}
		if err := f.keepPod(ctx, key); err != nil {
			f.upkeep.AddRateLimited(key)
		} else {
			f.upkeep.Forget(key)
		}
		f.upkeep.Done(key)
	}
}

// keepPod lets a pod run on a machine whose kubelet runs, and go when it is to be deleted.
func (f *Fleet) keepPod(ctx context.Context, key string) error {
	object, exists, err := f.pods.GetByKey(key)
	if err != nil || !exists {
		return err
	}
	pod := object.(*v1.Pod)
	machine := f.machines[pod.Spec.NodeName]
	if machine == nil || !machine.Running() || !needsUpkeep(pod) {
		return nil
	}
	pods := f.cluster.Client.CoreV1().Pods(pod.Namespace)
	if pod.DeletionTimestamp != nil {
		now := int64(0)
		err = pods.Delete(ctx, pod.Name, metav1.DeleteOptions{GracePeriodSeconds: &now, Preconditions: &metav1.Preconditions{UID: &pod.UID}})
	} else {
		_, err = pods.UpdateStatus(ctx, running(pod, machine.plan.Address), metav1.UpdateOptions{})
	}
	if apierrors.IsNotFound(err) || apierrors.IsConflict(err) {
		return nil // There will be another event
	}
	return err
}

// running is a pod all of whose containers have come up.
func running(pod *v1.Pod, hostIP string) *v1.Pod {
	pod = pod.DeepCopy()
	now := metav1.Now()
	pod.Status.Phase, pod.Status.StartTime, pod.Status.HostIP = v1.PodRunning, &now, hostIP
	pod.Status.Conditions, pod.Status.ContainerStatuses = nil, nil
	for _, kind := range []v1.PodConditionType{v1.PodInitialized, v1.PodReady, v1.ContainersReady, v1.PodScheduled} {
		pod.Status.Conditions = append(pod.Status.Conditions, v1.PodCondition{Type: kind, Status: v1.ConditionTrue, LastTransitionTime: now})
	}
	for _, container := range pod.Spec.Containers {
		started := true
		pod.Status.ContainerStatuses = append(pod.Status.ContainerStatuses, v1.ContainerStatus{
			Name: container.Name, Image: container.Image, Ready: true, Started: &started,
			State:              v1.ContainerState{Running: &v1.ContainerStateRunning{StartedAt: now}},
			AllocatedResources: container.Resources.Requests, Resources: &container.Resources,
		})
	}
	return pod
}
