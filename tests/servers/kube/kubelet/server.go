package kubelet

import (
	"context"
	"encoding/json"
	"net/http"

	cadvisorapi "github.com/google/cadvisor/info/v1"
	v1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/component-base/configz"
	kubeletv1beta1 "k8s.io/kubelet/config/v1beta1"
	statsapi "k8s.io/kubelet/pkg/apis/stats/v1alpha1"
	kubeletconfig "k8s.io/kubernetes/pkg/kubelet/apis/config"
	"k8s.io/kubernetes/pkg/kubelet/server"
	"k8s.io/kubernetes/pkg/kubelet/server/stats"
)

// Source is what a kubelet's server asks the rest of the kubelet.
type Source interface {
	Pods() []*v1.Pod
	Summary() *statsapi.Summary
}

// NewHandler is the kubelet's own server around a source, with what Start answered as its configuration.
func NewHandler(ctx context.Context, configuration json.RawMessage, source Source) (http.Handler, error) {
	config := &kubeletv1beta1.KubeletConfiguration{}
	if err := json.Unmarshal(configuration, config); err != nil {
		return nil, err
	}
	configuredAs, err := newConfigz(config)
	if err != nil {
		return nil, err
	}
	// API access is not asked for here: the API server decides before it comes
	kubelet := server.NewServer(ctx, host{source: source}, analyzer{source: source}, nil, nil, nil, &kubeletconfig.KubeletConfiguration{EnableDebuggingHandlers: true})
	mux := http.NewServeMux()
	mux.Handle("/", &kubelet)
	mux.HandleFunc(configz.DefaultConfigzPath, func(w http.ResponseWriter, _ *http.Request) {
		body, err := json.Marshal(map[string]*configz.Config{configzName: configuredAs})
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		_, _ = w.Write(body)
	})
	return mux, nil
}

const configzName = "kubeletconfig"

// newConfigz makes a configuration that is not registered: the registry is one for the process, and there are many
// kubelets in it.
func newConfigz(config *kubeletv1beta1.KubeletConfiguration) (*configz.Config, error) {
	handle, err := configz.New(configzName)
	if err != nil {
		return nil, err
	}
	configz.Delete(configzName)
	return handle, handle.Set(config)
}

// host is the kubelet as its server sees it. What is not asked for here is missing.
type host struct {
	server.HostInterface
	source Source
}

// GetPods is part of server.HostInterface.
func (h host) GetPods() []*v1.Pod { return h.source.Pods() }

// GetPodByName is part of server.HostInterface.
func (h host) GetPodByName(namespace, name string) (*v1.Pod, bool) {
	for _, pod := range h.source.Pods() {
		if pod.Namespace == namespace && pod.Name == name {
			return pod, true
		}
	}
	return nil, false
}

// SyncLoopHealthCheck is part of server.HostInterface.
func (h host) SyncLoopHealthCheck(*http.Request) error { return nil }

// GetVersionInfo is part of server.HostInterface.
func (h host) GetVersionInfo() (*cadvisorapi.VersionInfo, error) {
	return &cadvisorapi.VersionInfo{}, nil
}

// GetCachedMachineInfo is part of server.HostInterface.
func (h host) GetCachedMachineInfo() (*cadvisorapi.MachineInfo, error) {
	return &cadvisorapi.MachineInfo{}, nil
}

// analyzer hands out the source's figures.
type analyzer struct {
	stats.ResourceAnalyzer
	source Source
}

// Get is part of stats.SummaryProvider.
func (a analyzer) Get(context.Context, bool) (*statsapi.Summary, error) {
	return a.source.Summary(), nil
}

// GetCPUAndMemoryStats is part of stats.SummaryProvider.
func (a analyzer) GetCPUAndMemoryStats(context.Context) (*statsapi.Summary, error) {
	return a.source.Summary(), nil
}

// GetPodVolumeStats is part of stats.ResourceAnalyzer.
func (a analyzer) GetPodVolumeStats(types.UID) (stats.PodVolumeStats, bool) {
	return stats.PodVolumeStats{}, false
}
