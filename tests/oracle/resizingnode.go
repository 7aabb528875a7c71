package main

import (
	"context"
	"math"
	"time"

	"github.com/go-logr/logr"
	cadvisorapi "github.com/google/cadvisor/info/v1"
	v1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/util/flowcontrol"
	runtimeapi "k8s.io/cri-api/pkg/apis/runtime/v1"
	criapitest "k8s.io/cri-api/pkg/apis/testing"
	"k8s.io/klog/v2"
	statsapi "k8s.io/kubelet/pkg/apis/stats/v1alpha1"
	"k8s.io/kubernetes/pkg/kubelet/cm"
	kubecontainer "k8s.io/kubernetes/pkg/kubelet/container"
	containertest "k8s.io/kubernetes/pkg/kubelet/container/testing"
)

// resizingNode is where a pod's containers run whose resources are to be changed.
type resizingNode struct {
	// actuated are the containers' resources so far, by name.
	actuated map[string]v1.ResourceRequirements
	// podMemoryLimit is the pod cgroup's present limit; nil is no limit.
	podMemoryLimit *int64
	// stats is what the pod uses.
	stats statsapi.PodStats
}

// sync lets the kubelet's runtime manager bring the pod's containers to what its spec says: SyncPod in
// pkg/kubelet/kuberuntime. Another SyncPod goes before, in which the manager creates them with the actuated resources and
// so takes note of these. The container runtime accepts every change and starts nothing.
func (n resizingNode) sync(pod *v1.Pod, status *kubecontainer.PodStatus) (kubecontainer.PodSyncResult, *logCapture, error) {
	rootDir, remove, err := temporaryFolder()
	if err != nil {
		return kubecontainer.PodSyncResult{}, nil, err
	}
	defer remove()
	log := &logCapture{}
	ctx := klog.NewContext(context.Background(), logr.New(log))
	service := acceptingService{&creationService{FakeRuntimeService: criapitest.NewFakeRuntimeService()}}
	helper := &containertest.FakeRuntimeHelper{PodStats: map[types.UID]*statsapi.PodStats{pod.UID: &n.stats}}
	settings := runtimeSettings{machine: cadvisorapi.MachineInfo{MemoryCapacity: 1 << 40}}
	manager, err := settings.newManager(ctx, rootDir, service, newPodCgroup(n.podMemoryLimit), helper)
	if err != nil {
		return kubecontainer.PodSyncResult{}, nil, err
	}
	backOff := flowcontrol.NewBackOff(time.Second, time.Minute)
	manager.SyncPod(ctx, n.before(pod), podInSandbox(), nil, backOff, false)
	log.reset()
	return manager.SyncPod(ctx, pod, status, nil, backOff, false), log, nil
}

// before is the pod as it was when its containers were created.
func (n resizingNode) before(pod *v1.Pod) *v1.Pod {
	before := pod.DeepCopy()
	before.Spec.Resources = nil
	for i := range before.Spec.Containers {
		before.Spec.Containers[i].Resources = n.actuated[before.Spec.Containers[i].Name]
	}
	return before
}

// presentContainer is a container that can be created.
func presentContainer(name string, resources v1.ResourceRequirements) v1.Container {
	return v1.Container{Name: name, Image: presentImage, ImagePullPolicy: v1.PullNever, Resources: resources}
}

// runningStatus is the status of a pod with a container of the kubelet's own making, in some state.
func runningStatus(container *v1.Container, containerState kubecontainer.State) *kubecontainer.Status {
	return &kubecontainer.Status{
		ID:    kubecontainer.ContainerID{Type: "fake", ID: container.Name},
		Name:  container.Name,
		State: containerState,
		Hash:  kubecontainer.HashContainer(container),
	}
}

// acceptingService is a container runtime that does as it is told with the containers it has.
type acceptingService struct{ *creationService }

// StopContainer is part of internalapi.RuntimeService.
func (acceptingService) StopContainer(context.Context, string, int64) error { return nil }

// UpdateContainerResources is part of internalapi.RuntimeService.
func (acceptingService) UpdateContainerResources(context.Context, string, *runtimeapi.ContainerResources) error {
	return nil
}

// UpdatePodSandboxResources is part of internalapi.RuntimeService.
func (acceptingService) UpdatePodSandboxResources(context.Context, *runtimeapi.UpdatePodSandboxResourcesRequest) (*runtimeapi.UpdatePodSandboxResourcesResponse, error) {
	return &runtimeapi.UpdatePodSandboxResourcesResponse{}, nil
}

// podCgroup is the pod's own cgroup.
type podCgroup struct {
	*cm.FakePodContainerManager
	config cm.ResourceConfig
}

// cgroupManager is the cm.ContainerManager of a node with one pod.
type cgroupManager struct {
	*cm.FakeContainerManager
	pod podCgroup
}

// newPodCgroup makes the cgroup of a pod without limits but the one given. Without any the kernel says the most it can.
func newPodCgroup(memoryLimit *int64) cm.ContainerManager {
	unlimitedMemory, unlimitedCPU, shares, period := int64(math.MaxInt64), int64(-1), uint64(cm.MinShares), uint64(cm.QuotaPeriod)
	if memoryLimit == nil {
		memoryLimit = &unlimitedMemory
	}
	config := cm.ResourceConfig{Memory: memoryLimit, CPUQuota: &unlimitedCPU, CPUShares: &shares, CPUPeriod: &period}
	return cgroupManager{cm.NewFakeContainerManager(), podCgroup{cm.NewFakePodContainerManager(), config}}
}

// NewPodContainerManager is part of cm.ContainerManager.
func (c cgroupManager) NewPodContainerManager() cm.PodContainerManager { return c.pod }

// GetPodCgroupConfig is part of cm.PodContainerManager.
func (p podCgroup) GetPodCgroupConfig(_ *v1.Pod, resource v1.ResourceName) (*cm.ResourceConfig, error) {
	if resource == v1.ResourceMemory {
		return &cm.ResourceConfig{Memory: p.config.Memory}, nil
	}
	return &cm.ResourceConfig{CPUQuota: p.config.CPUQuota, CPUShares: p.config.CPUShares, CPUPeriod: p.config.CPUPeriod}, nil
}
