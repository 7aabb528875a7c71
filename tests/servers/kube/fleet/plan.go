// Package fleet is the cluster's machines: what their kubelets and node-managers do, and what happens to them.
package fleet

import v1 "k8s.io/api/core/v1"

// Role is what Harvester has a node for.
type Role string

const (
	management Role = "management"
	worker     Role = "worker"
	witness    Role = "witness"
)

// NodePlan is a node of a scenario.
type NodePlan struct {
	Plan struct {
		Name           string  `json:"name"`
		Role           Role    `json:"role"`
		CPUCores       int     `json:"cpuCores"`
		MemoryBytes    uint64  `json:"memoryBytes"`
		DiskBytes      uint64  `json:"diskBytes"`
		DiskUsedBytes  uint64  `json:"diskUsedBytes"`
		SystemUseBytes float64 `json:"systemUseBytes"`
		Course         *Course `json:"course"`
		// Down: the kubelet is not running when the scenario begins.
		Down bool `json:"down"`
	} `json:"plan"`
	Address           string  `json:"address"`
	KubernetesVersion string  `json:"kubernetesVersion"`
	Object            v1.Node `json:"object"`
	// Files lie on the disk when the scenario begins.
	Files map[string]string `json:"files"`
	// BootFiles are those that Harvester itself writes at every boot.
	BootFiles map[string]string `json:"bootFiles"`
}

// Course is what somebody asked a node's memory to do.
type Course struct {
	WorkingSetBytes float64 `json:"workingSetBytes"`
	BytesPerSecond  float64 `json:"bytesPerSecond"`
}
