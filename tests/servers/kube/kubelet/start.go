// Package kubelet starts kubelets with the kubelet's own code, as far as a process without a container runtime and
// without cgroups of its own can, and serves what they answer.
package kubelet

import (
	"context"
	"encoding/json"
	"os"
	"strings"

	v1 "k8s.io/api/core/v1"
	kubeletv1beta1 "k8s.io/kubelet/config/v1beta1"
	kubeletconfig "k8s.io/kubernetes/pkg/kubelet/apis/config"
	kubeletscheme "k8s.io/kubernetes/pkg/kubelet/apis/config/scheme"
)

// Question is a kubelet's command line and the machine that it runs on.
type Question struct {
	Args    []string `json:"args"`
	Machine Machine  `json:"machine"`
	// Root is the folder that stands for the machine's root directory: it is left out of what is answered.
	Root string `json:"root"`
}

// Answer tells what became of a kubelet: either its error, in upstream's words, or what it runs with.
type Answer struct {
	Error string `json:"error,omitempty"`
	// Configuration is what the kubelet runs with, as v1beta1.
	Configuration json.RawMessage `json:"configuration,omitempty"`
	Capacity      v1.ResourceList `json:"capacity,omitempty"`
	Allocatable   v1.ResourceList `json:"allocatable,omitempty"`
	// Kubepods is what the cgroup of all pods is limited to, where that is enforced.
	Kubepods v1.ResourceList `json:"kubepods,omitempty"`
}

// start starts a kubelet in this process, whose feature gates, flags and loggers it may change for good.
func start(question Question) Answer {
	answer, err := tryStart(question)
	if err != nil {
		answer = Answer{Error: err.Error()}
	}
	answer.Error = strings.ReplaceAll(answer.Error, question.Root, "")
	answer.Configuration = json.RawMessage(strings.ReplaceAll(string(answer.Configuration), question.Root, ""))
	return answer
}

func tryStart(question Question) (Answer, error) {
	folder, err := os.MkdirTemp("", "kubelet-")
	if err != nil {
		return Answer{}, err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	config, err := readConfiguration(ctx, question.Args)
	if err != nil {
		return Answer{}, err
	}
	machine := &cAdvisor{machine: question.Machine}
	manager, err := run(ctx, folder, config, machine)
	if err != nil {
		return Answer{}, err
	}
	status, err := nodeStatus(ctx, config, machine, manager)
	if err != nil {
		return Answer{}, err
	}
	text, err := asV1Beta1(config)
	return Answer{Configuration: text, Capacity: status.Capacity, Allocatable: status.Allocatable, Kubepods: manager.GetNodeAllocatableAbsolute()}, err
}

// asV1Beta1 follows setConfigz of cmd/kubelet/app.
func asV1Beta1(config *kubeletconfig.KubeletConfiguration) (json.RawMessage, error) {
	scheme, _, err := kubeletscheme.NewSchemeAndCodecs()
	if err != nil {
		return nil, err
	}
	versioned := &kubeletv1beta1.KubeletConfiguration{}
	if err := scheme.Convert(config, versioned, nil); err != nil {
		return nil, err
	}
	versioned.GetObjectKind().SetGroupVersionKind(kubeletv1beta1.SchemeGroupVersion.WithKind("KubeletConfiguration"))
	return json.Marshal(versioned)
}
