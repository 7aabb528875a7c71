package anyhost

import (
	"context"
	"errors"
	"strings"

	v1 "k8s.io/api/core/v1"
	utilfeature "k8s.io/apiserver/pkg/util/feature"
	"k8s.io/component-base/featuregate"
	"k8s.io/kubernetes/pkg/features"
	"k8s.io/kubernetes/pkg/kubelet/cm"
	"k8s.io/mount-utils"
)

// UseManyContainerManagers switches off the gate that lets a process have one container manager only: dynamic resource
// allocation registers its metrics once. The gate is locked to on, and nothing that is asked here depends on it.
func UseManyContainerManagers() {
	utilfeature.DefaultFeatureGate = withoutDynamicResourceAllocation{utilfeature.DefaultFeatureGate}
}

type withoutDynamicResourceAllocation struct{ featuregate.FeatureGate }

// Enabled is part of featuregate.FeatureGate.
func (g withoutDynamicResourceAllocation) Enabled(key featuregate.Feature) bool {
	return key != features.DynamicResourceAllocation && g.FeatureGate.Enabled(key)
}

// errStartedFarEnough ends a container manager's start behind its checks, before it changes the host.
var errStartedFarEnough = errors.New("started far enough")

// Mounter is what a container manager made for StartContainerManager has to be given.
type Mounter struct{ mount.FakeMounter }

// List is part of mount.Interface and the first thing a container manager asks after it has checked its settings.
func (*Mounter) List() ([]mount.MountPoint, error) { return nil, errStartedFarEnough }

// StartContainerManager starts a container manager as far as its check of the reservations, and returns the error with
// which that fails, if it does.
func StartContainerManager(ctx context.Context, manager cm.ContainerManager, localStorageCapacityIsolation bool) error {
	err := manager.Start(ctx, &v1.Node{}, nil, nil, nil, nil, EmptyRuntime{}, localStorageCapacityIsolation)
	if err != nil && strings.HasSuffix(err.Error(), errStartedFarEnough.Error()) {
		return nil
	}
	return err
}
