package kubelet

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"strings"

	"github.com/opencontainers/cgroups"
	"k8s.io/kubernetes/cmd/kubelet/app"
	kubeletconfig "k8s.io/kubernetes/pkg/kubelet/apis/config"

	"example.test/oracle/anyhost"
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
		anyhost.OnConfiguration(func(found *kubeletconfig.KubeletConfiguration) {
			config, err = found, nil
			runtime.Goexit()
		})
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
