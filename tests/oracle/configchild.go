package main

import (
	"context"
	"encoding/json"
	"os"
	"reflect"

	"github.com/go-logr/logr"
	"github.com/opencontainers/cgroups"
	"k8s.io/klog/v2"
	"k8s.io/kubernetes/cmd/kubelet/app"
	kubeletconfig "k8s.io/kubernetes/pkg/kubelet/apis/config"
)

// configChild as the first argument makes this program the kubelet command; the answer's file and the kubelet's own
// arguments follow.
const configChild = "kubelet-configuration"

// isConfigChild tells whether this process was started by configLoad.
func isConfigChild() bool { return len(os.Args) > 2 && os.Args[1] == configChild }

// runKubeletCommand is the kubelet command up to the point where it has read, merged and validated its configuration
// and logs it, just before it would start. The configuration is taken from that log entry: unlike configz it tells an
// empty map from none.
func runKubeletCommand(answerPath string, args []string) {
	if !cgroups.IsCgroup2UnifiedMode() {
		// Where the host could not be given cgroup v2 the kubelet would refuse every configuration.
		args = append([]string{"--fail-cgroupv1=false"}, args...)
	}
	finish := func(answer any) {
		text, err := json.Marshal(answer)
		if err == nil {
			err = os.WriteFile(answerPath, text, 0o600)
		}
		if err != nil {
			os.Exit(1)
		}
		os.Exit(0)
	}
	sink := configSink{found: func(config *kubeletconfig.KubeletConfiguration) {
		finish(map[string]any{"result": describeConfiguration(config)})
	}}
	// The command keeps the logger that is in force before its own logging settings apply.
	klog.SetLoggerWithOptions(logr.New(sink), klog.ContextualLogger(true))
	command := app.NewKubeletCommand(context.Background())
	command.SilenceErrors = true
	command.SetArgs(args)
	if err := command.Execute(); err != nil {
		finish(map[string]string{"error": err.Error()})
	}
}

// configSink is a log that waits for the kubelet's configuration.
type configSink struct {
	found func(*kubeletconfig.KubeletConfiguration)
}

func (s configSink) Info(_ int, message string, keysAndValues ...any) {
	if message != "KubeletConfiguration" {
		return
	}
	for _, value := range keysAndValues {
		if config := formattedConfiguration(value); config != nil {
			s.found(config)
		}
	}
}

// formattedConfiguration takes the configuration out of what klog.Format wraps it in, if that is what value is.
func formattedConfiguration(value any) *kubeletconfig.KubeletConfiguration {
	wrapper := reflect.ValueOf(value)
	if wrapper.Kind() != reflect.Struct {
		return nil
	}
	object := wrapper.FieldByName("Object")
	if !object.IsValid() {
		return nil
	}
	config, _ := object.Interface().(*kubeletconfig.KubeletConfiguration)
	return config
}

// Init, Enabled, Error, WithValues and WithName complete logr.LogSink.
func (s configSink) Init(logr.RuntimeInfo)          {}
func (s configSink) Enabled(int) bool               { return true }
func (s configSink) Error(error, string, ...any)    {}
func (s configSink) WithValues(...any) logr.LogSink { return s }
func (s configSink) WithName(string) logr.LogSink   { return s }
