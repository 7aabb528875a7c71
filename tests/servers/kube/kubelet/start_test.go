package kubelet

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// TestMain lets the test binary be the child that Start starts.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == ChildCommand {
		if err := RunChild(); err != nil {
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

var eightGiB = Machine{CPUCores: 4, MemoryBytes: 8 << 30, DiskBytes: 100 << 30}

func TestStart(t *testing.T) {
	tests := map[string]struct {
		args []string
		want string
	}{
		"nothing special":    {nil, ""},
		"an unknown signal":  {[]string{"--eviction-hard=memory.availabel<6Gi"}, "failed to run Kubelet: unsupported eviction signal memory.availabel"},
		"no grace period":    {[]string{"--eviction-soft=memory.available<6Gi"}, "failed to run Kubelet: failed to create kubelet: grace period must be specified for the soft eviction threshold memory.available"},
		"too much reserved":  {[]string{"--system-reserved=memory=9Gi"}, `Failed to start ContainerManager: invalid Node Allocatable configuration. Resource "memory" has a reservation of`},
		"just all reserved":  {[]string{"--system-reserved=memory=8Gi"}, ""},
		"no quantity":        {[]string{"--kube-reserved=memory=2GiB"}, `failed to run Kubelet: --kube-reserved value failed to parse: failed to parse quantity "2GiB" for "memory" resource`},
		"no flag":            {[]string{"--evictionhard=x"}, "failed to parse kubelet flag: unknown flag: --evictionhard"},
		"a malformed pair":   {[]string{"--eviction-hard=memory.available=6Gi"}, `failed to parse kubelet flag: invalid argument "memory.available=6Gi" for "--eviction-hard" flag: malformed pair, expect string<string`},
		"an invalid setting": {[]string{"--max-pods=-3"}, "failed to validate kubelet configuration, error: invalid configuration: maxPods (--max-pods) -3 must not be a negative number"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			answer := Start(Question{Args: test.args, Machine: eightGiB, Root: t.TempDir()})
			if !strings.HasPrefix(answer.Error, test.want) || (test.want == "") != (answer.Error == "") {
				t.Errorf("got %q, want %q", answer.Error, test.want)
			}
		})
	}
}

func TestStartTellsWhatTheKubeletRunsWith(t *testing.T) {
	answer := Start(Question{Args: []string{"--eviction-hard=memory.available<1Gi", "--system-reserved=memory=2Gi"}, Machine: eightGiB, Root: t.TempDir()})
	var configuration struct {
		Kind         string
		EvictionHard map[string]string
		FailCgroupV1 bool
	}
	if err := json.Unmarshal(answer.Configuration, &configuration); err != nil {
		t.Fatal(err)
	}
	if configuration.Kind != "KubeletConfiguration" || len(configuration.EvictionHard) != 1 || configuration.EvictionHard["memory.available"] != "1Gi" || !configuration.FailCgroupV1 {
		t.Errorf("the configuration is %+v", configuration)
	}
	allocatable, kubepods := answer.Allocatable["memory"], answer.Kubepods["memory"]
	if allocatable.Value() != 5<<30 || kubepods.Value() != 6<<30 {
		t.Errorf("allocatable %s, kubepods %s", allocatable.String(), kubepods.String())
	}
}

func TestOneChildAnswersManyQuestions(t *testing.T) {
	child, err := NewChild()
	if err != nil {
		t.Fatal(err)
	}
	defer child.Close()
	for range 3 {
		for _, test := range []struct{ arg, want string }{{"--eviction-hard=memory.available<1Gi", ""}, {"--eviction-hard=x<1Gi", "failed to run Kubelet: unsupported eviction signal x"}} {
			answer, err := child.Ask(Question{Args: []string{test.arg}, Machine: eightGiB, Root: t.TempDir()})
			if err != nil || answer.Error != test.want {
				t.Errorf("got %q, %v", answer.Error, err)
			}
		}
	}
}
