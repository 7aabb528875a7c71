package kubelet

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime"

	v1 "k8s.io/api/core/v1"
	k8sruntime "k8s.io/apimachinery/pkg/runtime"
	utilfeature "k8s.io/apiserver/pkg/util/feature"
	"k8s.io/client-go/tools/record"
	"k8s.io/kubernetes/cmd/kubelet/app"
	"k8s.io/kubernetes/cmd/kubelet/app/options"
	kubeletconfig "k8s.io/kubernetes/pkg/kubelet/apis/config"
	"k8s.io/kubernetes/pkg/kubelet/cm"
	"k8s.io/kubernetes/pkg/kubelet/events"
	"k8s.io/kubernetes/pkg/kubelet/nodestatus"
	"k8s.io/kubernetes/pkg/kubelet/server"
	"k8s.io/kubernetes/pkg/kubemark"
	"k8s.io/kubernetes/pkg/util/oom"

	"example.test/oracle/anyhost"
)

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
	endpoint, stop, err := anyhost.ServeRuntime(folder)
	if err != nil {
		return nil, err
	}
	defer stop()
	kubelet := onAnyHost(folder, endpoint, config)
	deps := kubemark.NewHollowKubelet(nil, nil, nil, nil, machine, nil, nil, nil).KubeletDeps
	deps.Auth = struct{ server.AuthInterface }{}
	deps.Mounter = &anyhost.Mounter{}
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
	anyhost.CloseRuntime(ctx, deps)
	if err != nil {
		return nil, err
	}
	if err := anyhost.StartContainerManager(ctx, deps.ContainerManager, true); err != nil {
		// What the kubelet logs when it ends here
		return nil, fmt.Errorf("Failed to start ContainerManager: %w", err)
	}
	return deps.ContainerManager, nil
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

// nodeStatus is what the kubelet's own setter writes about capacity and allocatable.
func nodeStatus(ctx context.Context, config *kubeletconfig.KubeletConfiguration, machine *cAdvisor, manager cm.ContainerManager) (v1.NodeStatus, error) {
	node := &v1.Node{}
	setter := nodestatus.MachineInfo("node", int(config.MaxPods), int(config.PodsPerCore), machine.MachineInfo, manager.GetCapacity,
		manager.GetDevicePluginResourceCapacity, manager.GetNodeAllocatableReservation, func(_, _, _ string) {}, true)
	err := setter(ctx, node)
	return node.Status, err
}
