package fleet

import "time"

// State is a machine's state at one moment.
type State struct {
	Running bool
	// Error is why the kubelet is not running, as its log ends.
	Error  string
	Boots  int
	Booted time.Time
	// KubeletArgs are those that the kubelet was started with last.
	KubeletArgs []string
}

// State tells how the machine is.
func (m *Machine) State() State {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	return State{m.server != nil, m.lastError, m.boots, m.booted, m.tried}
}

// MemoryUse is what a machine's memory is used for, in bytes.
type MemoryUse struct {
	CapacityBytes   uint64 `json:"capacityBytes"`
	WorkingSetBytes uint64 `json:"workingSetBytes"`
	SystemBytes     uint64 `json:"systemBytes"`
}

// MemoryUse measures the machine's memory.
func (m *Machine) MemoryUse() MemoryUse {
	used := m.sample(time.Now(), m.Pods())
	return MemoryUse{m.plan.Plan.MemoryBytes, used.workingSet, used.system}
}
