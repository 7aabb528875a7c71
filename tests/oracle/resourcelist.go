package main

import (
	"context"
	"errors"
	"runtime"
	"strings"

	v1 "k8s.io/api/core/v1"
	utilfeature "k8s.io/apiserver/pkg/util/feature"
	"k8s.io/kubernetes/cmd/kubelet/app"
	"k8s.io/kubernetes/cmd/kubelet/app/options"
	"k8s.io/kubernetes/pkg/kubelet/cm"
	"k8s.io/kubernetes/pkg/kubelet/server"
	"k8s.io/kubernetes/pkg/kubemark"
	"k8s.io/kubernetes/pkg/util/oom"

	"example.test/oracle/anyhost"
)

func init() {
	register("resourceList.parse", resourceListParse)
}

// resourceListParse is parseResourceList of cmd/kubelet/app, which reads --system-reserved and --kube-reserved. Of
// several errors upstream reports any; here it is the first by key.
func resourceListParse(in struct{ Input map[string]string }) (any, error) {
	list, err := parseResourceList(in.Input)
	if err != nil {
		for _, key := range sortedKeys(in.Input) {
			if _, first := parseResourceList(map[string]string{key: in.Input[key]}); first != nil {
				return nil, first
			}
		}
		return nil, err
	}
	return struct {
		Result map[string]string `json:"result"`
	}{printedList(list)}, nil
}

func printedList(list v1.ResourceList) map[string]string {
	if list == nil {
		return nil
	}
	texts := map[string]string{}
	for name, quantity := range list {
		texts[string(name)] = quantity.String()
	}
	return texts
}

// reservedError is what the kubelet puts before parseResourceList's own text.
const reservedError = "failed to run Kubelet: --system-reserved value failed to parse: "

// parseResourceList runs a whole kubelet up to its container manager, since nothing exported is closer to the function,
// and takes from the manager what was read.
func parseResourceList(input map[string]string) (v1.ResourceList, error) {
	folder, remove, err := temporaryFolder()
	if err != nil {
		return nil, err
	}
	defer remove()
	endpoint, stop, err := anyhost.ServeRuntime(folder)
	if err != nil {
		return nil, err
	}
	defer stop()
	kubelet, err := kubeletServer(folder, endpoint)
	if err != nil {
		return nil, err
	}
	kubelet.SystemReserved = input

	manager, err := runToContainerManager(kubelet)
	if err != nil {
		if text, found := strings.CutPrefix(err.Error(), reservedError); found {
			return nil, errors.New(text)
		}
		return nil, err
	}
	return manager.GetNodeConfig().SystemReserved, nil
}

// runToContainerManager is app.Run until the kubelet has its container manager.
func runToContainerManager(kubelet *options.KubeletServer) (cm.ContainerManager, error) {
	m, err := newMachine(nil)
	if err != nil {
		return nil, err
	}
	deps := kubemark.NewHollowKubelet(nil, nil, nil, nil, m, nil, nil, nil).KubeletDeps
	deps.Auth = struct{ server.AuthInterface }{}
	// The first thing that a kubelet does with its container manager at hand; here it goes no further.
	deps.OOMAdjuster = &oom.OOMAdjuster{ApplyOOMScoreAdj: func(int, int) error { runtime.Goexit(); return nil }}

	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	done := make(chan struct{})
	go func() {
		defer close(done)
		err = app.Run(ctx, kubelet, deps, utilfeature.DefaultFeatureGate)
	}()
	<-done
	anyhost.CloseRuntime(ctx, deps)
	return deps.ContainerManager, err
}

// kubeletServer is a kubelet that needs nothing of the host but a folder and the container runtime at the endpoint.
func kubeletServer(folder, endpoint string) (*options.KubeletServer, error) {
	config, err := defaultConfiguration()
	if err != nil {
		return nil, err
	}
	config.ContainerRuntimeEndpoint = endpoint
	config.FailSwapOn = false
	config.CgroupsPerQOS = false
	config.EnforceNodeAllocatable = nil
	flags := options.NewKubeletFlags()
	flags.RootDirectory = folder
	return &options.KubeletServer{KubeletFlags: *flags, KubeletConfiguration: *config}, nil
}
