package main

import (
	"context"
	"encoding/json"
	"os"

	"github.com/opencontainers/cgroups"
	"k8s.io/kubernetes/cmd/kubelet/app"
	kubeletconfig "k8s.io/kubernetes/pkg/kubelet/apis/config"

	"example.test/oracle/anyhost"
)

// configChild as the first argument makes this program the kubelet command; the answer's file and the kubelet's own
// arguments follow.
const configChild = "kubelet-configuration"

// isConfigChild tells whether this process was started by configLoad.
func isConfigChild() bool { return len(os.Args) > 2 && os.Args[1] == configChild }

// runKubeletCommand is the kubelet command up to the point where it has read, merged and validated its configuration
// and logs it, just before it would start.
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
	anyhost.OnConfiguration(func(config *kubeletconfig.KubeletConfiguration) {
		finish(map[string]any{"result": describeConfiguration(config)})
	})
	command := app.NewKubeletCommand(context.Background())
	command.SilenceErrors = true
	command.SetArgs(args)
	if err := command.Execute(); err != nil {
		finish(map[string]string{"error": err.Error()})
	}
}
