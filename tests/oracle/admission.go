package main

import (
	"context"
	"slices"
	"sort"
	"strconv"

	v1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/tools/record"
	podutil "k8s.io/kubernetes/pkg/api/v1/pod"
	"k8s.io/kubernetes/pkg/kubelet/allocation"
	"k8s.io/kubernetes/pkg/kubelet/lifecycle"
	"k8s.io/kubernetes/pkg/kubelet/preemption"
	"k8s.io/kubernetes/pkg/kubelet/util/sliceutils"
	schedulerframework "k8s.io/kubernetes/pkg/scheduler/framework"
)

func init() { register("admission.restart", admissionRestart) }

// admissionRestart admits the pods of a node again, as a kubelet does that has just started. What is real: the order
// (sliceutils.PodsByCreationTime), the checkpoint of allocated resources and the admission of one pod (the allocation
// manager's AddPod), the handlers for pressure (the eviction manager), for room (lifecycle.NewPredicateAdmitHandler,
// with the scheduler's noderesources.Fits) and for preemption (preemption.NewCriticalPodAdmissionHandler). By reading
// only is the loop around them, Kubelet.HandlePodAdditions, and what it leaves out here: handlers that have nothing to
// say about such pods, and the retry of pending resizes once every pod was added, in which a critical pod may preempt.
func admissionRestart(in struct {
	Allocatable v1.ResourceList
	Pressure    []v1.NodeConditionType
	Pods        []restartedPod
}) (any, error) {
	r := newRestart(in.Allocatable, in.Pressure)
	pods := make([]*v1.Pod, 0, len(in.Pods))
	for i, pod := range in.Pods {
		object := pod.object(strconv.Itoa(i))
		pods = append(pods, object)
		if pod.Allocated != nil {
			if err := r.allocation.SetAllocatedResources(pod.allocatedObject(object)); err != nil {
				return nil, err
			}
		}
	}
	sort.Sort(sliceutils.PodsByCreationTime(pods))
	for _, pod := range pods {
		r.add(pod)
	}
	return r.answer, nil
}

// restart is a kubelet that is adding its node's pods.
type restart struct {
	allocation allocation.Manager
	active     []*v1.Pod
	answer     restartAnswer
}

type restartAnswer struct {
	Admitted  []string      `json:"admitted"`
	Rejected  []rejectedPod `json:"rejected"`
	Preempted []string      `json:"preempted"`
}

type rejectedPod struct {
	Name   string `json:"name"`
	Reason string `json:"reason"`
}

func newRestart(allocatable v1.ResourceList, pressure []v1.NodeConditionType) *restart {
	r := &restart{
		allocation: allocation.NewInMemoryManager(nil, nil, nil, nil, nil, nil),
		answer:     restartAnswer{Admitted: []string{}, Rejected: []rejectedPod{}, Preempted: []string{}},
	}
	node := &v1.Node{
		ObjectMeta: metav1.ObjectMeta{Name: "node", Labels: map[string]string{v1.LabelOSStable: "linux"}},
		Status:     v1.NodeStatus{Allocatable: allocatable},
	}
	getNode := func(context.Context, bool) (*v1.Node, error) { return node, nil }
	noPlugins := func(*schedulerframework.NodeInfo, *lifecycle.PodAdmitAttributes) error { return nil }
	critical := preemption.NewCriticalPodAdmissionHandler(r.allocatedPods, r.kill, &record.FakeRecorder{})
	r.allocation.AddPodAdmitHandlers(lifecycle.PodAdmitHandlers{
		handlerUnderPressure(pressure),
		lifecycle.NewPredicateAdmitHandler(getNode, critical, noPlugins),
		lifecycle.NewPodFeaturesAdmitHandler(),
	})
	return r
}

// add is one round of Kubelet.HandlePodAdditions. Pods that ended are not admitted and take no room.
func (r *restart) add(pod *v1.Pod) {
	if podutil.IsPodPhaseTerminal(pod.Status.Phase) {
		return
	}
	r.active = append(r.active, pod)
	if ok, reason, _ := r.allocation.AddPod(slices.Clone(r.active), pod); !ok {
		r.remove(pod)
		r.answer.Rejected = append(r.answer.Rejected, rejectedPod{pod.Name, r.firstReason(pod, reason)})
		return
	}
	r.answer.Admitted = append(r.answer.Admitted, pod.Name)
}

// firstReason settles which of several missing resources is told. Upstream lists cpu, memory and ephemeral storage first
// and then the others in the order of a Go map; this asks again often enough to see each of them in front, and takes the
// first by name.
func (r *restart) firstReason(pod *v1.Pod, reason string) string {
	if !isScalarShortage(reason) {
		return reason
	}
	for range 200 {
		_, again, _ := r.allocation.AddPod(append(slices.Clone(r.active), pod), pod)
		reason = min(reason, again)
	}
	return reason
}

func isScalarShortage(reason string) bool {
	common := []string{lifecycle.OutOfPods, lifecycle.OutOfCPU, lifecycle.OutOfMemory, lifecycle.OutOfEphemeralStorage}
	return len(reason) > len(lifecycle.InsufficientResourcePrefix) &&
		reason[:len(lifecycle.InsufficientResourcePrefix)] == lifecycle.InsufficientResourcePrefix && !slices.Contains(common, reason)
}

// allocatedPods are the active pods as Kubelet.getAllocatedPods gives them to the preemption handler.
func (r *restart) allocatedPods() []*v1.Pod {
	pods := make([]*v1.Pod, len(r.active))
	for i, pod := range r.active {
		pods[i], _ = r.allocation.UpdatePodFromAllocation(pod)
	}
	return pods
}

// kill is the preemption handler's KillPodFunc: the pod ends at once.
func (r *restart) kill(pod *v1.Pod, _ bool, _ *int64, _ func(*v1.PodStatus)) error {
	r.remove(pod)
	r.answer.Preempted = append(r.answer.Preempted, pod.Name)
	return nil
}

func (r *restart) remove(pod *v1.Pod) {
	r.active = slices.DeleteFunc(r.active, func(p *v1.Pod) bool { return p.UID == pod.UID })
}
