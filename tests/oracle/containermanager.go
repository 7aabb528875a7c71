package main

import (
	"context"
	"strings"

	"k8s.io/client-go/tools/record"
	"k8s.io/kubernetes/pkg/kubelet/cm"

	"example.test/oracle/anyhost"
)

const invalidAllocatable = "invalid Node Allocatable configuration. "

// newContainerManager makes the kubelet's container manager for a machine.
func newContainerManager(m *machine, rootDir string, allocatable cm.NodeAllocatableConfig) (cm.ContainerManager, error) {
	return cm.NewContainerManager(context.Background(), &anyhost.Mounter{}, m, cm.NodeConfig{
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
	err = anyhost.StartContainerManager(ctx, manager, m.isolatesLocalStorage())
	if err != nil && strings.HasPrefix(err.Error(), invalidAllocatable) {
		return err.Error(), nil
	}
	return "", err
}
