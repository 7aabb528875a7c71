package kubelet

import (
	"context"
	"errors"
	"path/filepath"
	"runtime"
	"strings"

	v1 "k8s.io/api/core/v1"
	k8sruntime "k8s.io/apimachinery/pkg/runtime"
	utilfeature "k8s.io/apiserver/pkg/util/feature"
	"k8s.io/client-go/tools/record"
	"k8s.io/component-base/featuregate"
	"k8s.io/kubernetes/cmd/kubelet/app"
	"k8s.io/kubernetes/cmd/kubelet/app/options"
	"k8s.io/kubernetes/pkg/features"
	kubeletconfig "k8s.io/kubernetes/pkg/kubelet/apis/config"
	"k8s.io/kubernetes/pkg/kubelet/cm"
	"k8s.io/kubernetes/pkg/kubelet/events"
	"k8s.io/kubernetes/pkg/kubelet/nodestatus"
	"k8s.io/kubernetes/pkg/kubelet/server"
	"k8s.io/kubernetes/pkg/kubemark"
	"k8s.io/kubernetes/pkg/util/oom"
	"k8s.io/mount-utils"
)

// useManyContainerManagers switches off the gate that lets a process have one container manager only: dynamic resource
// allocation registers its metrics once. The gate is locked to on, and no setting of ours depends on it.
func useManyContainerManagers() {
	utilfeature.DefaultFeatureGate = withoutDynamicResourceAllocation{utilfeature.DefaultFeatureGate}
}

type withoutDynamicResourceAllocation struct{ featuregate.FeatureGate }

// Enabled is part of featuregate.FeatureGate.
func (g withoutDynamicResourceAllocation) Enabled(key featuregate.Feature) bool {
	return key != features.DynamicResourceAllocation && g.FeatureGate.Enabled(key)
}

// errStarted ends the container manager's start behind its checks, before it changes the host.
var errStarted = errors.New("started")

type mounter struct{ mount.FakeMounter }

// List is part of mount.Interface and the first thing a container manager asks after it has checked its settings.
func (*mounter) List() ([]mount.MountPoint, error) { return nil, errStarted }

// birth is an event recorder that ends a kubelet's start when the kubelet announces itself: everything was accepted.
type birth struct{ record.FakeRecorder }

// Eventf is part of record.EventRecorder.
func (*birth) Eventf(_ k8sruntime.Object, _, reason, _ string, _ ...any) {
	if reason == events.StartingKubelet {
		runtime.Goexit()
	}
}

// run is app.Run until the kubelet has read its reservations and thresholds, has its container manager and is made,
// followed by the start of the container manager, which compares the reservations with the machine.
// What needs a real host is replaced: the container runtime, cAdvisor, cgroups.
func run(ctx context.Context, folder string, config *kubeletconfig.KubeletConfiguration, machine *cAdvisor) (cm.ContainerManager, error) {
	endpoint, stop, err := serveRuntime(folder)
	if err != nil {
		return nil, err
	}
	defer stop()
	kubelet := onAnyHost(folder, endpoint, config)
	deps := kubemark.NewHollowKubelet(nil, nil, nil, nil, machine, nil, nil, nil).KubeletDeps
	deps.Auth = struct{ server.AuthInterface }{}
	deps.Mounter = &mounter{}
	deps.Recorder = &birth{}
	deps.OOMAdjuster = &oom.OOMAdjuster{ApplyOOMScoreAdj: func(int, int) error {
		// Only the container manager must not touch cgroups: the thresholds depend on what is enforced
		kubelet.EnforceNodeAllocatable = config.EnforceNodeAllocatable
		return nil
	}}

	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	done := make(chan struct{})
	go func() {
		defer close(done)
		err = app.Run(ctx, kubelet, deps, utilfeature.DefaultFeatureGate)
	}()
	<-done
	for _, connection := range []interface{ Close(context.Context) error }{deps.RemoteRuntimeService, deps.RemoteImageService} {
		if connection != nil {
			_ = connection.Close(ctx)
		}
	}
	if err != nil {
		return nil, err
	}
	return deps.ContainerManager, startContainerManager(ctx, deps.ContainerManager)
}

// onAnyHost are the kubelet's settings without those that only a real host can follow.
func onAnyHost(folder, endpoint string, config *kubeletconfig.KubeletConfiguration) *options.KubeletServer {
	config = config.DeepCopy()
	config.ContainerRuntimeEndpoint = endpoint
	config.ImageServiceEndpoint = endpoint
	config.PodLogsDir = filepath.Join(folder, "pods")
	config.StaticPodPath = ""
	config.EnableServer = false
	config.ReadOnlyPort = 0
	config.HealthzPort = 0
	config.FailSwapOn = false
	config.FailCgroupV1 = false
	config.CgroupsPerQOS = false
	config.EnforceNodeAllocatable = nil
	flags := options.NewKubeletFlags()
	flags.RootDirectory = filepath.Join(folder, "kubelet")
	flags.CertDirectory = filepath.Join(folder, "pki")
	flags.HostnameOverride = "node"
	return &options.KubeletServer{KubeletFlags: *flags, KubeletConfiguration: *config}
}

func startContainerManager(ctx context.Context, manager cm.ContainerManager) error {
	err := manager.Start(ctx, &v1.Node{}, nil, nil, nil, nil, emptyRuntime{}, true)
	if err == nil || strings.HasSuffix(err.Error(), errStarted.Error()) {
		return nil
	}
	// What the kubelet logs when it ends here
	return errors.New("Failed to start ContainerManager: " + err.Error())
}

// nodeStatus is what the kubelet's own setter writes about capacity and allocatable.
func nodeStatus(ctx context.Context, config *kubeletconfig.KubeletConfiguration, machine *cAdvisor, manager cm.ContainerManager) (v1.NodeStatus, error) {
	node := &v1.Node{}
	setter := nodestatus.MachineInfo("node", int(config.MaxPods), int(config.PodsPerCore), machine.MachineInfo, manager.GetCapacity,
		manager.GetDevicePluginResourceCapacity, manager.GetNodeAllocatableReservation, func(_, _, _ string) {}, true)
	err := setter(ctx, node)
	return node.Status, err
}
