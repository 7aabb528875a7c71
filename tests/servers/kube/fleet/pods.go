package fleet

import (
	"context"
	"slices"
	"strings"
	"time"

	v1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/util/retry"
)

// Pods is part of kubelet.Source: the pods on the machine that are not done, by namespace and name, as the kubelet knows
// them.
func (m *Machine) Pods() []*v1.Pod {
	objects, _ := m.fleet.pods.ByIndex(byNode, m.Name())
	var pods []*v1.Pod
	for _, object := range objects {
		pod := object.(*v1.Pod)
		if pod.Status.Phase != v1.PodFailed && pod.Status.Phase != v1.PodSucceeded {
			pods = append(pods, static(pod))
		}
	}
	slices.SortFunc(pods, func(a, b *v1.Pod) int {
		return strings.Compare(a.Namespace+"/"+a.Name, b.Namespace+"/"+b.Name)
	})
	return pods
}

// static is the pod behind a mirror pod, which the kubelet runs under a uid of its own. Others are what they are.
func static(pod *v1.Pod) *v1.Pod {
	uid, isMirror := pod.Annotations[v1.MirrorPodAnnotationKey]
	if !isMirror {
		return pod
	}
	pod = pod.DeepCopy()
	pod.UID = types.UID(uid)
	delete(pod.Annotations, v1.MirrorPodAnnotationKey)
	return pod
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
	machine := f.Machine(pod.Spec.NodeName)
	if machine == nil || !machine.Running() || !needsUpkeep(pod) {
		return nil
	}
	pods := f.cluster.Client.CoreV1().Pods(pod.Namespace)
	if pod.DeletionTimestamp != nil {
		now := int64(0)
		err = pods.Delete(ctx, pod.Name, metav1.DeleteOptions{GracePeriodSeconds: &now, Preconditions: &metav1.Preconditions{UID: &pod.UID}})
	} else if machine.admits(pod) {
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

// admits lets the kubelet decide about a pod that is new to it.
func (m *Machine) admits(pod *v1.Pod) bool {
	m.mutex.Lock()
	keeper := m.keeper
	m.mutex.Unlock()
	others := slices.DeleteFunc(m.Pods(), func(other *v1.Pod) bool { return other.UID == pod.UID || other.Status.Phase != v1.PodRunning })
	return keeper != nil && keeper.admit(pod, others)
}

// fail ends a pod, in the way that its kubelet says.
func (m *Machine) fail(ctx context.Context, pod *v1.Pod, change func(*v1.PodStatus)) error {
	used := m.sample(time.Now(), []*v1.Pod{pod}).pods[0]
	pods := m.fleet.cluster.Client.CoreV1().Pods(pod.Namespace)
	err := retry.RetryOnConflict(retry.DefaultBackoff, func() error {
		current, err := pods.Get(ctx, pod.Name, metav1.GetOptions{})
		if err != nil {
			return err
		}
		change(&current.Status)
		for i := range current.Status.Conditions {
			if condition := &current.Status.Conditions[i]; condition.Type == v1.PodReady || condition.Type == v1.ContainersReady {
				condition.Status, condition.Reason, condition.LastTransitionTime = v1.ConditionFalse, "PodFailed", metav1.Now()
			}
		}
		current.Status.ContainerStatuses = nil
		_, err = pods.UpdateStatus(ctx, current, metav1.UpdateOptions{})
		return err
	})
	if err != nil {
		return err
	}
	m.mutex.Lock()
	m.memory.release(used)
	m.mutex.Unlock()
	return m.fleet.failed(ctx, pod)
}
