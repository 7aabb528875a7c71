package kubelet

import (
	cadvisorapi "github.com/google/cadvisor/info/v1"
	cadvisorapiv2 "github.com/google/cadvisor/info/v2"
	cadvisortest "k8s.io/kubernetes/pkg/kubelet/cadvisor/testing"
)

// Machine is what a kubelet measures of the hardware that it runs on.
type Machine struct {
	CPUCores    int    `json:"cpuCores"`
	MemoryBytes uint64 `json:"memoryBytes"`
	// DiskBytes is the size of the one filesystem that holds the kubelet's data, images and logs.
	DiskBytes uint64 `json:"diskBytes"`
	BootID    string `json:"bootID"`
}

// cAdvisor stands in for cAdvisor on a machine.
type cAdvisor struct {
	cadvisortest.Fake
	machine Machine
}

// MachineInfo is part of cadvisor.Interface. All cores sit on one socket: the CPU manager wants a topology.
func (c *cAdvisor) MachineInfo() (*cadvisorapi.MachineInfo, error) {
	node := cadvisorapi.Node{Memory: c.machine.MemoryBytes}
	for id := range c.machine.CPUCores {
		node.Cores = append(node.Cores, cadvisorapi.Core{Id: id, Threads: []int{id}})
	}
	return &cadvisorapi.MachineInfo{
		NumCores:       c.machine.CPUCores,
		MemoryCapacity: c.machine.MemoryBytes,
		BootID:         c.machine.BootID,
		Topology:       []cadvisorapi.Node{node},
		HugePages:      []cadvisorapi.HugePagesInfo{{PageSize: 2 << 10}, {PageSize: 1 << 20}},
	}, nil
}

// RootFsInfo is part of cadvisor.Interface.
func (c *cAdvisor) RootFsInfo() (cadvisorapiv2.FsInfo, error) {
	return cadvisorapiv2.FsInfo{Capacity: c.machine.DiskBytes}, nil
}
