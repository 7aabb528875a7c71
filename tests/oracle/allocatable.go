package main

import (
	"context"
	"regexp"
	"slices"
	"strings"

	v1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	"k8s.io/apimachinery/pkg/util/sets"
	"k8s.io/kubernetes/pkg/kubelet/cm"
	"k8s.io/kubernetes/pkg/kubelet/eviction"
	"k8s.io/kubernetes/pkg/kubelet/nodestatus"
	kubetypes "k8s.io/kubernetes/pkg/kubelet/types"
)

func init() {
	register("allocatable.node", allocatableNode)
}

// nodeQuestion is a node's capacity and what its kubelet is told to keep of it.
type nodeQuestion struct {
	Capacity, SystemReserved, KubeReserved, EvictionHard map[string]string
}

// nodeAnswer has the quantities as they are printed. Resources that the capacity does not name are left out.
type nodeAnswer struct {
	Reservation    map[string]string `json:"reservation"`
	Allocatable    map[string]string `json:"allocatable"`
	KubepodsMemory string            `json:"kubepodsMemory,omitempty"`
	ValidateError  string            `json:"validateError,omitempty"`
}

// allocatableNode asks the kubelet's container manager for the reservation, for the limit of the pods' cgroup and for
// what it says at its start, and the setter of the node's status for what is allocatable.
func allocatableNode(in nodeQuestion) (any, error) {
	m, err := newMachine(in.Capacity)
	if err != nil {
		return nil, err
	}
	config, err := in.config()
	if err != nil {
		return nil, err
	}
	rootDir, remove, err := temporaryFolder()
	if err != nil {
		return nil, err
	}
	defer remove()
	manager, err := newContainerManager(m, rootDir, config)
	if err != nil {
		return nil, err
	}
	invalid, err := startContainerManager(manager, m)
	if err != nil {
		return nil, err
	}
	node := &v1.Node{}
	setter := nodestatus.MachineInfo("node", m.pods, 0, m.MachineInfo, manager.GetCapacity, manager.GetDevicePluginResourceCapacity,
		manager.GetNodeAllocatableReservation, func(_, _, _ string) {}, m.isolatesLocalStorage())
	if err := setter(context.Background(), node); err != nil {
		return nil, err
	}
	answer := nodeAnswer{
		Reservation:   in.printed(manager.GetNodeAllocatableReservation()),
		Allocatable:   in.printed(node.Status.Allocatable),
		ValidateError: sortedComplaints(invalid),
	}
	if _, known := in.Capacity[string(v1.ResourceMemory)]; known {
		memory := manager.GetNodeAllocatableAbsolute()[v1.ResourceMemory]
		answer.KubepodsMemory = decimal(memory.Value())
	}
	return answer, nil
}

// config reads the settings as a kubelet with the default enforcement does.
func (in nodeQuestion) config() (config cm.NodeAllocatableConfig, err error) {
	config.EnforceNodeAllocatable = sets.New(kubetypes.NodeAllocatableEnforcementKey)
	if config.SystemReserved, err = in.reserved(in.SystemReserved); err != nil {
		return config, err
	}
	if config.KubeReserved, err = in.reserved(in.KubeReserved); err != nil {
		return config, err
	}
	config.HardEvictionThresholds, err = eviction.ParseThresholdConfig(nil, in.EvictionHard, nil, nil, nil)
	return config, err
}

// reserved leaves out what the capacity does not name: the machine would count it as a capacity of zero.
func (in nodeQuestion) reserved(list map[string]string) (v1.ResourceList, error) {
	reserved := v1.ResourceList{}
	for _, name := range sortedKeys(list) {
		quantity, err := resource.ParseQuantity(list[name])
		if err != nil {
			return nil, err
		}
		if _, known := in.Capacity[name]; known {
			reserved[v1.ResourceName(name)] = quantity
		}
	}
	return reserved, nil
}

func (in nodeQuestion) printed(list v1.ResourceList) map[string]string {
	texts := map[string]string{}
	for name, quantity := range list {
		if _, known := in.Capacity[string(name)]; known {
			texts[string(name)] = quantity.String()
		}
	}
	return texts
}

// bigNumber is how fmt prints a number that does not fit into an int64 or has a binary fraction: as an address.
var bigNumber = regexp.MustCompile(`\{0x[0-9a-f]+\}`)

// sortedComplaints puts the complaints about each resource in the order of their names, and leaves the addresses out.
func sortedComplaints(invalid string) string {
	rest, found := strings.CutPrefix(invalid, invalidAllocatable)
	if !found {
		return invalid
	}
	const end = " Expected capacity >= reservation."
	complaints := strings.Split(strings.TrimSuffix(rest, end), end+" ")
	slices.Sort(complaints)
	return invalidAllocatable + bigNumber.ReplaceAllString(strings.Join(complaints, end+" ")+end, "{0x…}")
}
