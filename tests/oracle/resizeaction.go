package main

import (
	"errors"
	"reflect"

	v1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/types"
	kubecontainer "k8s.io/kubernetes/pkg/kubelet/container"
)

func init() { register("resize.action", resizeAction) }

// resizedContainer is a container whose resources are to change.
type resizedContainer struct {
	Name              string
	State             kubecontainer.State
	ResizePolicy      map[string]v1.ResourceResizeRestartPolicy
	Actuated, Desired v1.ResourceRequirements
}

// resizeAction is what the runtime manager decides to do with a pod's containers: computePodResizeAction, for each
// running container, as part of the SyncPod that a kubelet does. The decision is read from what SyncPod logs. SyncPod
// also starts and kills containers that do not run, which is no part of a resize and left out.
func resizeAction(in struct{ Containers []resizedContainer }) (any, error) {
	pod := &v1.Pod{}
	pod.Name, pod.Namespace, pod.UID = "p", "default", types.UID("uid")
	status := podInSandbox()
	node := resizingNode{actuated: map[string]v1.ResourceRequirements{}}
	running := map[string]bool{}
	for _, container := range in.Containers {
		node.actuated[container.Name] = container.Actuated
		pod.Spec.Containers = append(pod.Spec.Containers, container.object())
	}
	for i, container := range in.Containers {
		status.ContainerStatuses = append(status.ContainerStatuses, runningStatus(&pod.Spec.Containers[i], container.State))
		running[container.Name] = container.State == kubecontainer.ContainerStateRunning
	}
	_, log, err := node.sync(pod, status)
	if err != nil {
		return nil, err
	}
	actions, err := loggedActions(log)
	if err != nil {
		return nil, err
	}
	return actions.answer(pod.Spec.Containers, running), nil
}

func (c resizedContainer) object() v1.Container {
	container := presentContainer(c.Name, c.Desired)
	for _, name := range sortedKeys(c.ResizePolicy) {
		container.ResizePolicy = append(container.ResizePolicy, v1.ContainerResizePolicy{ResourceName: v1.ResourceName(name), RestartPolicy: c.ResizePolicy[name]})
	}
	return container
}

// podActions are the parts of kuberuntime's podActions, an unexported type, that a resize fills.
type podActions struct {
	killMessages       map[string]string
	containersToStart  []int
	containersToUpdate map[string][]string
	updatePodResources bool
}

func loggedActions(log *logCapture) (actions podActions, err error) {
	for _, entry := range log.entries {
		if entry.message == "computePodActions got for pod" {
			return readActions(reflect.ValueOf(entry.value("podActions"))), nil
		}
	}
	return actions, errors.New("oracle: SyncPod did not log its actions")
}

func readActions(logged reflect.Value) podActions {
	actions := podActions{
		killMessages:       map[string]string{},
		containersToStart:  logged.FieldByName("ContainersToStart").Interface().([]int),
		containersToUpdate: map[string][]string{},
		updatePodResources: logged.FieldByName("UpdatePodResources").Bool(),
	}
	for toKill := logged.FieldByName("ContainersToKill").MapRange(); toKill.Next(); {
		info := toKill.Value()
		actions.killMessages[info.FieldByName("name").String()] = info.FieldByName("message").String()
	}
	for toUpdate := logged.FieldByName("ContainersToUpdate").MapRange(); toUpdate.Next(); {
		var names []string
		for i := range toUpdate.Value().Len() {
			names = append(names, toUpdate.Value().Index(i).FieldByName("container").Elem().FieldByName("Name").String())
		}
		actions.containersToUpdate[toUpdate.Key().String()] = names
	}
	return actions
}

type resizeAnswer struct {
	KeepContainer      map[string]bool     `json:"keepContainer"`
	ContainersToKill   []string            `json:"containersToKill"`
	KillMessages       []string            `json:"killMessages"`
	ContainersToStart  []string            `json:"containersToStart"`
	ContainersToUpdate map[string][]string `json:"containersToUpdate"`
	UpdatePodResources bool                `json:"updatePodResources"`
}

// answer names the containers in the order of the pod's spec, but for updates, which are in the order of their doing.
// A container is kept unless it is to be killed.
func (a podActions) answer(containers []v1.Container, running map[string]bool) resizeAnswer {
	answer := resizeAnswer{
		KeepContainer: map[string]bool{}, ContainersToKill: []string{}, KillMessages: []string{}, ContainersToStart: []string{},
		ContainersToUpdate: a.containersToUpdate, UpdatePodResources: a.updatePodResources,
	}
	for _, container := range containers {
		message, killed := a.killMessages[container.Name]
		killed = killed && running[container.Name]
		answer.KeepContainer[container.Name] = !killed
		if killed {
			answer.ContainersToKill = append(answer.ContainersToKill, container.Name)
			answer.KillMessages = append(answer.KillMessages, message)
		}
	}
	for _, index := range a.containersToStart {
		if name := containers[index].Name; running[name] {
			answer.ContainersToStart = append(answer.ContainersToStart, name)
		}
	}
	return answer
}
