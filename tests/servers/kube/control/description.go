package control

import (
	"example.test/kube/fleet"
)

// description is what is known of a machine beyond its Node.
type description struct {
	Name string `json:"name"`
	// Kubelet is `running` or `down`.
	Kubelet string `json:"kubelet"`
	// Error is why the kubelet is not running, in its own words.
	Error       string            `json:"error"`
	Boots       int               `json:"boots"`
	BootedAt    int64             `json:"bootedAt"`
	Memory      fleet.MemoryUse   `json:"memory"`
	KubeletArgs []string          `json:"kubeletArgs"`
	Files       map[string]string `json:"files"`
}

func describe(m *fleet.Machine) description {
	state := m.State()
	kubelet := "down"
	if state.Running {
		kubelet = "running"
	}
	return description{m.Name(), kubelet, state.Error, state.Boots, state.Booted.UnixMilli(), m.MemoryUse(), state.KubeletArgs, m.All()}
}
