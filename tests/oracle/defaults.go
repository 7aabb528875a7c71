package main

import (
	"sync"

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
	return config.DeepCopy(), nil
}
