package main

import (
	"fmt"
	"strings"

	cadvisorapi "github.com/google/cadvisor/info/v1"
	cadvisorapiv2 "github.com/google/cadvisor/info/v2"
	v1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	cadvisortest "k8s.io/kubernetes/pkg/kubelet/cadvisor/testing"
)

// machine stands in for cAdvisor on a node of a given capacity. Like cAdvisor it knows whole cores, bytes and huge
// pages; anything between is rounded up, huge pages are rounded down.
type machine struct {
	cadvisortest.Fake
	info                  cadvisorapi.MachineInfo
	ephemeralStorageBytes uint64
	pods                  int
}

// newMachine reads a capacity written as in a node's status. Resources that no kubelet measures are refused.
func newMachine(capacity map[string]string) (*machine, error) {
	m := &machine{}
	m.info.NumCores = 1 // a container manager wants one, asked about or not
	for _, name := range sortedKeys(capacity) {
		quantity, err := resource.ParseQuantity(capacity[name])
		if err != nil {
			return nil, err
		}
		if err := m.add(v1.ResourceName(name), quantity); err != nil {
			return nil, err
		}
	}
	return m, nil
}

func (m *machine) add(name v1.ResourceName, quantity resource.Quantity) error {
	switch name {
	case v1.ResourceCPU:
		m.info.NumCores = int(quantity.Value())
	case v1.ResourceMemory:
		m.info.MemoryCapacity = uint64(quantity.Value())
	case v1.ResourceEphemeralStorage:
		m.ephemeralStorageBytes = uint64(quantity.Value())
	case v1.ResourcePods:
		m.pods = int(quantity.Value())
	default:
		return m.addHugePages(string(name), quantity)
	}
	return nil
}

func (m *machine) addHugePages(name string, quantity resource.Quantity) error {
	size, isHugePages := strings.CutPrefix(name, v1.ResourceHugePagesPrefix)
	if !isHugePages {
		return fmt.Errorf("oracle: a kubelet measures no %q", name)
	}
	pageSize, err := resource.ParseQuantity(size)
	if err != nil {
		return err
	}
	if pageSize.Value() < 1024 {
		return fmt.Errorf("oracle: huge pages of %q are less than 1 KiB", size)
	}
	m.info.HugePages = append(m.info.HugePages, cadvisorapi.HugePagesInfo{
		PageSize: uint64(pageSize.Value()) / 1024,
		NumPages: uint64(quantity.Value() / pageSize.Value()),
	})
	return nil
}

// isolatesLocalStorage tells whether ephemeral storage is part of the capacity.
func (m *machine) isolatesLocalStorage() bool { return m.ephemeralStorageBytes > 0 }

// MachineInfo is part of cadvisor.Interface.
func (m *machine) MachineInfo() (*cadvisorapi.MachineInfo, error) {
	info := m.info
	return &info, nil
}

// RootFsInfo is part of cadvisor.Interface.
func (m *machine) RootFsInfo() (cadvisorapiv2.FsInfo, error) {
	return cadvisorapiv2.FsInfo{Capacity: m.ephemeralStorageBytes}, nil
}
