package main

import (
	"sync"

	"github.com/opencontainers/cgroups"
	"k8s.io/kubernetes/cmd/kubelet/app/options"
	kubeletconfig "k8s.io/kubernetes/pkg/kubelet/apis/config"
)

// readDefaults is options.NewKubeletConfiguration, whose scheme takes long to build.
var readDefaults = sync.OnceValues(options.NewKubeletConfiguration)

// defaultConfiguration is a fresh copy of the configuration that a kubelet without any settings starts from.
func defaultConfiguration() (*kubeletconfig.KubeletConfiguration, error) {
	config, err := readDefaults()
	if err != nil {
		return nil, err
	}
	config = config.DeepCopy()
	if !cgroups.IsCgroup2UnifiedMode() {
		// Where ensureCgroup2 could not help, the kubelet would refuse every configuration for the host's sake.
		config.FailCgroupV1 = false
	}
	return config, nil
}
