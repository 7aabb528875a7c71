package main

import (
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	kubeletconfig "k8s.io/kubernetes/pkg/kubelet/apis/config"
)

// configResult is the part of a kubelet's configuration that the protocol carries. A null map is not an empty one.
type configResult struct {
	EnforceNodeAllocatable           []string          `json:"enforceNodeAllocatable"`
	EvictionHard                     map[string]string `json:"evictionHard"`
	EvictionSoft                     map[string]string `json:"evictionSoft"`
	EvictionSoftGracePeriod          map[string]string `json:"evictionSoftGracePeriod"`
	EvictionMinimumReclaim           map[string]string `json:"evictionMinimumReclaim"`
	EvictionMaxPodGracePeriod        int32             `json:"evictionMaxPodGracePeriod"`
	EvictionPressureTransitionPeriod metav1.Duration   `json:"evictionPressureTransitionPeriod"`
	SystemReserved                   map[string]string `json:"systemReserved"`
	KubeReserved                     map[string]string `json:"kubeReserved"`
	MaxPods                          int32             `json:"maxPods"`
	FailSwapOn                       bool              `json:"failSwapOn"`
	ImageGCHighThresholdPercent      int32             `json:"imageGCHighThresholdPercent"`
	ImageGCLowThresholdPercent       int32             `json:"imageGCLowThresholdPercent"`
	MergeDefaultEvictionSettings     bool              `json:"mergeDefaultEvictionSettings"`
	MemorySwap                       memorySwap        `json:"memorySwap"`
}

type memorySwap struct {
	SwapBehavior string `json:"swapBehavior,omitempty"`
}

func describeConfiguration(config *kubeletconfig.KubeletConfiguration) configResult {
	return configResult{
		EnforceNodeAllocatable:           config.EnforceNodeAllocatable,
		EvictionHard:                     config.EvictionHard,
		EvictionSoft:                     config.EvictionSoft,
		EvictionSoftGracePeriod:          config.EvictionSoftGracePeriod,
		EvictionMinimumReclaim:           config.EvictionMinimumReclaim,
		EvictionMaxPodGracePeriod:        config.EvictionMaxPodGracePeriod,
		EvictionPressureTransitionPeriod: config.EvictionPressureTransitionPeriod,
		SystemReserved:                   config.SystemReserved,
		KubeReserved:                     config.KubeReserved,
		MaxPods:                          config.MaxPods,
		FailSwapOn:                       config.FailSwapOn,
		ImageGCHighThresholdPercent:      config.ImageGCHighThresholdPercent,
		ImageGCLowThresholdPercent:       config.ImageGCLowThresholdPercent,
		MergeDefaultEvictionSettings:     config.MergeDefaultEvictionSettings,
		MemorySwap:                       memorySwap{config.MemorySwap.SwapBehavior},
	}
}
