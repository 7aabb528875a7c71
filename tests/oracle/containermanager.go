package main

import (
	"context"
	"errors"
	"strings"

	v1 "k8s.io/api/core/v1"
	utilfeature "k8s.io/apiserver/pkg/util/feature"
	"k8s.io/client-go/tools/record"
	"k8s.io/component-base/featuregate"
	internalapi "k8s.io/cri-api/pkg/apis"
	runtimeapi "k8s.io/cri-api/pkg/apis/runtime/v1"
	"k8s.io/kubernetes/pkg/features"
	"k8s.io/kubernetes/pkg/kubelet/cm"
	"k8s.io/mount-utils"
)

// useManyContainerManagers switches off the gate that lets a process have one container manager only: dynamic resource
// allocation registers its metrics once. The gate is locked to on, and nothing that is asked here depends on it.
func useManyContainerManagers() {
	utilfeature.DefaultFeatureGate = withoutDynamicResourceAllocation{utilfeature.DefaultFeatureGate}
}

type withoutDynamicResourceAllocation struct{ featuregate.FeatureGate }

// Enabled is part of featuregate.FeatureGate.
func (g withoutDynamicResourceAllocation) Enabled(key featuregate.Feature) bool {
	return key != features.DynamicResourceAllocation && g.FeatureGate.Enabled(key)
}

// errStartedFarEnough ends a container manager's start behind its checks, before it changes the host.
var errStartedFarEnough = errors.New("oracle: started far enough")

const invalidAllocatable = "invalid Node Allocatable configuration. "

type mounter struct{ mount.FakeMounter }

// List is part of mount.Interface and the first thing a container manager asks after it has checked its settings.
func (*mounter) List() ([]mount.MountPoint, error) { return nil, errStartedFarEnough }

// emptyRuntime is a container runtime without any pods.
type emptyRuntime struct{ internalapi.RuntimeService }

// ListPodSandbox is part of internalapi.RuntimeService.
func (emptyRuntime) ListPodSandbox(context.Context, *runtimeapi.PodSandboxFilter) ([]*runtimeapi.PodSandbox, error) {
	return nil, nil
}

// ListContainers is part of internalapi.RuntimeService.
func (emptyRuntime) ListContainers(context.Context, *runtimeapi.ContainerFilter) ([]*runtimeapi.Container, error) {
	return nil, nil
}

// newContainerManager makes the kubelet's container manager for a machine.
func newContainerManager(m *machine, rootDir string, allocatable cm.NodeAllocatableConfig) (cm.ContainerManager, error) {
	return cm.NewContainerManager(context.Background(), &mounter{}, m, cm.NodeConfig{
		KubeletRootDir:        rootDir,
		NodeAllocatableConfig: allocatable,
		CPUManagerPolicy:      "none",
		MemoryManagerPolicy:   "None",
		TopologyManagerPolicy: "none",
		TopologyManagerScope:  "container",
	}, false, &record.FakeRecorder{}, nil)
}

// startContainerManager starts a container manager as far as its check of the reservations, and returns the text with
// which that fails, if it does.
func startContainerManager(manager cm.ContainerManager, m *machine) (invalid string, err error) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	err = manager.Start(ctx, &v1.Node{}, nil, nil, nil, nil, emptyRuntime{}, m.isolatesLocalStorage())
	switch text := err.Error(); {
	case strings.HasPrefix(text, invalidAllocatable):
		return text, nil
	case strings.HasSuffix(text, errStartedFarEnough.Error()):
		return "", nil
	default:
		return "", err
	}
}
