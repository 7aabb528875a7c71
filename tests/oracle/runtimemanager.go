package main

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"time"
	"unsafe"

	cadvisorapi "github.com/google/cadvisor/info/v1"
	"github.com/opencontainers/cgroups"
	"go.opentelemetry.io/otel/trace/noop"
	v1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/tools/record"
	"k8s.io/client-go/util/flowcontrol"
	internalapi "k8s.io/cri-api/pkg/apis"
	runtimeapi "k8s.io/cri-api/pkg/apis/runtime/v1"
	criapitest "k8s.io/cri-api/pkg/apis/testing"
	kubeletconfig "k8s.io/kubernetes/pkg/kubelet/apis/config"
	"k8s.io/kubernetes/pkg/kubelet/cm"
	kubecontainer "k8s.io/kubernetes/pkg/kubelet/container"
	containertest "k8s.io/kubernetes/pkg/kubelet/container/testing"
	"k8s.io/kubernetes/pkg/kubelet/kuberuntime"
	"k8s.io/kubernetes/pkg/kubelet/logs"
	proberesults "k8s.io/kubernetes/pkg/kubelet/prober/results"
)

// runtimeSettings is what of a node and its kubelet shows in the containers that it creates.
type runtimeSettings struct {
	machine           cadvisorapi.MachineInfo
	allocatable       v1.ResourceList
	swapBehavior      string
	throttlingFactor  float64
	reservationPolicy kubeletconfig.MemoryReservationPolicy
}

// containerConfig is what the kubelet's runtime manager asks the container runtime to create for the pod's first
// container. What the manager logs goes to the context's logger.
func (s runtimeSettings) containerConfig(ctx context.Context, pod *v1.Pod) (*runtimeapi.ContainerConfig, error) {
	if !cgroups.IsCgroup2UnifiedMode() {
		return nil, errors.New("oracle: this machine has no cgroup v2, and the right to mount it is missing")
	}
	rootDir, remove, err := temporaryFolder()
	if err != nil {
		return nil, err
	}
	defer remove()
	service := &creationService{FakeRuntimeService: criapitest.NewFakeRuntimeService()}
	manager, err := s.newManager(ctx, rootDir, service, cm.NewFakeContainerManager(), &containertest.FakeRuntimeHelper{})
	if err != nil {
		return nil, err
	}
	if err := offerSwapController(manager); err != nil {
		return nil, err
	}
	for i := range pod.Spec.Containers {
		pod.Spec.Containers[i].Image = presentImage
		pod.Spec.Containers[i].ImagePullPolicy = v1.PullNever
	}
	result := manager.SyncPod(ctx, pod, podInSandbox(), nil, flowcontrol.NewBackOff(time.Second, time.Minute), false)
	if service.created == nil {
		return nil, fmt.Errorf("oracle: no container was created: %w", result.Error())
	}
	return service.created, nil
}

// newManager is the kubelet's runtime manager on a container runtime, cgroups and statistics that stand for the node's.
// What was actuated before is in the folder.
func (s runtimeSettings) newManager(ctx context.Context, rootDir string, service internalapi.RuntimeService, containers cm.ContainerManager, helper kubecontainer.RuntimeHelper) (kuberuntime.KubeGenericRuntime, error) {
	images := criapitest.NewFakeImageService()
	images.SetFakeImages([]string{presentImage})
	manager, _, err := kuberuntime.NewKubeGenericRuntimeManager(ctx, &record.FakeRecorder{},
		proberesults.NewManager(), proberesults.NewManager(), proberesults.NewManager(),
		rootDir, rootDir, &s.machine, livingPods{}, 110, &containertest.FakeOS{}, helper, nil,
		flowcontrol.NewBackOff(time.Second, time.Minute), false, nil, 0, 0, string(kubeletconfig.NeverVerify), nil, "", "",
		nil, true, metav1.Duration{Duration: 100 * time.Millisecond}, service, images,
		containers, logs.NewStubContainerLogManager(), nil, false, s.swapBehavior,
		func() v1.ResourceList { return s.allocatable }, s.throttlingFactor, s.reservationPolicy,
		livingPods{}, noop.NewTracerProvider(), nil, nil, nil)
	return manager, err
}

// offerSwapController makes the manager believe that the host's cgroups can limit swap, which it otherwise looks for
// in the oracle's own cgroup. Upstream's tests set the same field.
func offerSwapController(manager kuberuntime.KubeGenericRuntime) error {
	field := reflect.ValueOf(manager).Elem().FieldByName("getSwapControllerAvailable")
	if !field.IsValid() || field.Type() != reflect.TypeFor[func() bool]() {
		return errors.New("oracle: the runtime manager has no getSwapControllerAvailable")
	}
	*(*func() bool)(unsafe.Pointer(field.UnsafeAddr())) = func() bool { return true }
	return nil
}

const presentImage = "image:latest"

// podInSandbox is the status of a pod whose sandbox is ready and whose containers are all to be created.
func podInSandbox() *kubecontainer.PodStatus {
	return &kubecontainer.PodStatus{SandboxStatuses: []*runtimeapi.PodSandboxStatus{{
		Id:       "sandbox",
		Metadata: &runtimeapi.PodSandboxMetadata{},
		State:    runtimeapi.PodSandboxState_SANDBOX_READY,
	}}}
}

// creationService is a container runtime that keeps what it is first asked to create, and creates nothing.
type creationService struct {
	*criapitest.FakeRuntimeService
	created *runtimeapi.ContainerConfig
}

// CreateContainer is part of internalapi.RuntimeService.
func (s *creationService) CreateContainer(_ context.Context, _ string, config *runtimeapi.ContainerConfig, _ *runtimeapi.PodSandboxConfig) (string, error) {
	if s.created == nil {
		s.created = config
	}
	return "", errors.New("asked far enough")
}

// livingPods says of every pod that it is to go on, and times nothing.
type livingPods struct{}

// IsPodTerminationRequested, ShouldPodContentBeRemoved and ShouldPodRuntimeBeRemoved are what the manager asks of pods.
func (livingPods) IsPodTerminationRequested(types.UID) bool { return false }
func (livingPods) ShouldPodContentBeRemoved(types.UID) bool { return false }
func (livingPods) ShouldPodRuntimeBeRemoved(types.UID) bool { return false }

// RecordImageStartedPulling and RecordImageFinishedPulling are images.ImagePodPullingTimeRecorder.
func (livingPods) RecordImageStartedPulling(types.UID)  {}
func (livingPods) RecordImageFinishedPulling(types.UID) {}
