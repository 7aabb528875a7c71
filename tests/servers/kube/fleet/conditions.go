package fleet

import (
	"context"
	"time"

	v1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/klog/v2"
	"k8s.io/kubernetes/pkg/kubelet/cm"
	"k8s.io/kubernetes/pkg/kubelet/nodestatus"
)

// recordFunc is told of each condition that has become another one.
type recordFunc func(logger klog.Logger, eventType, event string)

// reference is how events of the kubelet name its node; the uid is the name, as in NewMainKubelet.
func (m *Machine) reference() *v1.ObjectReference {
	return &v1.ObjectReference{Kind: "Node", APIVersion: "v1", Name: m.Name(), UID: types.UID(m.Name())}
}

// recordStatus is a recordFunc that tells the cluster. Follows Kubelet.recordNodeStatusEvent.
func (m *Machine) recordStatus(_ klog.Logger, eventType, event string) {
	m.recorder.Eventf(m.reference(), eventType, event, "Node %s status is now: %s", m.Name(), event)
}

// unrecorded is a recordFunc that tells nobody.
func unrecorded(klog.Logger, string, string) {}

// setConditions writes a Node's conditions, by the kubelet's own setters in the order of defaultNodeStatusFuncs.
func (m *Machine) setConditions(ctx context.Context, node *v1.Node, record recordFunc) {
	pressed := m.pressures()
	is := func(kind v1.NodeConditionType) func() bool { return func() bool { return pressed[kind] } }
	fine := func() error { return nil }
	setters := []nodestatus.Setter{
		nodestatus.MemoryPressureCondition(time.Now, is(v1.NodeMemoryPressure), record),
		nodestatus.DiskPressureCondition(time.Now, is(v1.NodeDiskPressure), record),
		nodestatus.PIDPressureCondition(time.Now, is(v1.NodePIDPressure), record),
		nodestatus.ReadyCondition(time.Now, fine, fine, fine, func() cm.Status { return cm.Status{} }, fine, record, true),
	}
	for _, set := range setters {
		_ = set(ctx, node) // None of these ever fails
	}
}

func (m *Machine) pressures() map[v1.NodeConditionType]bool {
	if m.keeper == nil {
		return nil
	}
	return m.keeper.pressures()
}

func (m *Machine) pressureChanged(node *v1.Node) bool {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	pressures := m.pressures()
	for _, condition := range node.Status.Conditions {
		if pressed, known := pressures[condition.Type]; known && pressed != (condition.Status == v1.ConditionTrue) {
			return true
		}
	}
	return false
}
