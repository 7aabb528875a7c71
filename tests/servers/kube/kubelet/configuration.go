package kubelet

import (
	"context"
	"errors"
	"reflect"
	"runtime"
	"slices"
	"strings"

	"github.com/go-logr/logr"
	"github.com/opencontainers/cgroups"
	"k8s.io/klog/v2"
	"k8s.io/kubernetes/cmd/kubelet/app"
	kubeletconfig "k8s.io/kubernetes/pkg/kubelet/apis/config"
)

// failCgroupV1 is the flag without which no kubelet starts on a host with cgroup v1, whatever it is asked.
const failCgroupV1 = "--fail-cgroupv1"

// errEndedEarly is a kubelet command that neither got as far as its configuration nor said why.
var errEndedEarly = errors.New("the kubelet command ended before it had its configuration")

// readConfiguration is the kubelet command as far as the log entry that carries its final configuration: flags parsed,
// drop-ins merged, flags put on top, defaults set and everything validated. The next thing it would do is run.
func readConfiguration(ctx context.Context, args []string) (*kubeletconfig.KubeletConfiguration, error) {
	foreignHost := !cgroups.IsCgroup2UnifiedMode() && !slices.ContainsFunc(args, func(arg string) bool { return strings.HasPrefix(arg, failCgroupV1) })
	if foreignHost {
		args = append([]string{failCgroupV1 + "=false"}, args...)
	}
	var config *kubeletconfig.KubeletConfiguration
	err := errEndedEarly
	done := make(chan struct{})
	go func() {
		defer close(done)
		sink := configurationSink{func(found *kubeletconfig.KubeletConfiguration) {
			config, err = found, nil
			runtime.Goexit()
		}}
		// The command takes the logger that is in force before its own logging settings apply.
		klog.SetLoggerWithOptions(logr.New(sink), klog.ContextualLogger(true))
		command := app.NewKubeletCommand(ctx)
		command.SilenceErrors = true
		command.SetArgs(args)
		err = command.Execute()
	}()
	<-done
	beQuiet()
	if err != nil {
		return nil, err
	}
	if foreignHost {
		config.FailCgroupV1 = true
	}
	return config, nil
}

// configurationSink is a log that waits for the kubelet's configuration.
type configurationSink struct {
	found func(*kubeletconfig.KubeletConfiguration)
}

// Info is part of logr.LogSink.
func (s configurationSink) Info(_ int, message string, keysAndValues ...any) {
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
func (s configurationSink) Init(logr.RuntimeInfo)          {}
func (s configurationSink) Enabled(int) bool               { return true }
func (s configurationSink) Error(error, string, ...any)    {}
func (s configurationSink) WithValues(...any) logr.LogSink { return s }
func (s configurationSink) WithName(string) logr.LogSink   { return s }
