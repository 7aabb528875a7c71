package anyhost

import (
	"reflect"

	"github.com/go-logr/logr"
	"k8s.io/klog/v2"
	kubeletconfig "k8s.io/kubernetes/pkg/kubelet/apis/config"
)

// OnConfiguration tells what a kubelet command that is executed next logs as its configuration: read, merged and
// validated, just before it would run. Unlike configz that tells an empty map from none. The command takes the logger
// that is in force before its own logging settings apply; found may end its goroutine.
func OnConfiguration(found func(*kubeletconfig.KubeletConfiguration)) {
	klog.SetLoggerWithOptions(logr.New(configurationSink{found}), klog.ContextualLogger(true))
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
