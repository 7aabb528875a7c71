package fleet

import (
	"context"
	"slices"
	"testing"

	v1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	"k8s.io/klog/v2"
	"k8s.io/kubernetes/pkg/kubelet/eviction"
)

// underPressure is an eviction manager that says the same all the time.
type underPressure struct {
	eviction.Manager
	memory bool
}

func (u underPressure) IsUnderMemoryPressure() bool { return u.memory }
func (u underPressure) IsUnderDiskPressure() bool   { return false }
func (u underPressure) IsUnderPIDPressure() bool    { return false }

func TestConditionsTellWhatHasChanged(t *testing.T) {
	list := v1.ResourceList{}
	for _, name := range []v1.ResourceName{v1.ResourceCPU, v1.ResourceMemory, v1.ResourcePods, v1.ResourceEphemeralStorage} {
		list[name] = resource.MustParse("1")
	}
	node := &v1.Node{Status: v1.NodeStatus{Capacity: list}}
	steps := []struct {
		memory bool
		want   []string
	}{
		{false, []string{"NodeHasSufficientMemory", "NodeHasNoDiskPressure", "NodeHasSufficientPID"}},
		{false, nil},
		{true, []string{"NodeHasInsufficientMemory"}},
		{true, nil},
		{false, []string{"NodeHasSufficientMemory"}},
	}
	for i, step := range steps {
		var told []string
		m := &Machine{keeper: &keeper{eviction: underPressure{memory: step.memory}}}
		m.setConditions(context.Background(), node, func(_ klog.Logger, _, event string) { told = append(told, event) })
		if !slices.Equal(told, step.want) {
			t.Errorf("step %d told %v, want %v", i, told, step.want)
		}
		for _, condition := range node.Status.Conditions {
			if pressed := condition.Type == v1.NodeMemoryPressure && step.memory; condition.Type != v1.NodeReady && pressed != (condition.Status == v1.ConditionTrue) {
				t.Errorf("step %d has %s %s", i, condition.Type, condition.Status)
			}
		}
	}
	if last := node.Status.Conditions[len(node.Status.Conditions)-1]; last.Type != v1.NodeReady || last.Status != v1.ConditionTrue {
		t.Errorf("the last condition is %s %s", last.Type, last.Status)
	}
}
