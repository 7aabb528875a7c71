package fleet

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	coordinationv1 "k8s.io/api/coordination/v1"
	v1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/util/retry"
	"k8s.io/kubernetes/pkg/kubelet/util"
)

const nodeArgsAnnotation = "rke2.io/node-args"

// statusPeriod is how often a kubelet reports when nothing has changed.
const statusPeriod = 10 * time.Second

// devices are the extended resources that KubeVirt's device plug-in offers on nodes that can run VMs.
var devices = []v1.ResourceName{"devices.kubevirt.io/kvm", "devices.kubevirt.io/tun", "devices.kubevirt.io/vhost-net"}

// join creates the Node, starts the kubelet, and stops it again where the plan says so.
func (m *Machine) join(ctx context.Context) error {
	node := m.plan.Object.DeepCopy()
	node.ObjectMeta = metav1.ObjectMeta{Name: node.Name, Labels: node.Labels, Annotations: node.Annotations}
	delete(node.Annotations, nodeArgsAnnotation)
	node.Status = v1.NodeStatus{}
	if _, err := m.fleet.cluster.Client.CoreV1().Nodes().Create(ctx, node, metav1.CreateOptions{}); err != nil {
		return err
	}
	if err := m.RestartKubelet(ctx); err != nil {
		return err
	}
	if m.plan.Plan.Down {
		m.Break()
	}
	return nil
}

// heartbeat is what a running kubelet tells the cluster every now and then. What fails is tried again next time.
func (m *Machine) heartbeat(ctx context.Context) {
	if !m.Running() {
		return
	}
	_ = m.renewLease(ctx)
	node, err := m.fleet.node(m.Name())
	if err == nil && (time.Since(lastHeartbeat(node)) >= statusPeriod || m.pressureChanged(node)) {
		_ = m.report(ctx)
	}
}

func lastHeartbeat(node *v1.Node) time.Time {
	for _, condition := range node.Status.Conditions {
		if condition.Type == v1.NodeReady {
			return condition.LastHeartbeatTime.Time
		}
	}
	return time.Time{}
}

func (m *Machine) renewLease(ctx context.Context) error {
	leases := m.fleet.cluster.Client.CoordinationV1().Leases(v1.NamespaceNodeLease)
	name, now, seconds := m.Name(), metav1.NowMicro(), int32(40)
	spec := coordinationv1.LeaseSpec{HolderIdentity: &name, RenewTime: &now, LeaseDurationSeconds: &seconds}
	lease, err := leases.Get(ctx, name, metav1.GetOptions{})
	if apierrors.IsNotFound(err) {
		lease = &coordinationv1.Lease{ObjectMeta: metav1.ObjectMeta{Name: name}, Spec: spec}
		if err := util.SetNodeOwnerFunc(ctx, m.fleet.cluster.Client, name)(lease); err != nil {
			return err
		}
		_, err = leases.Create(ctx, lease, metav1.CreateOptions{})
		return err
	}
	if err != nil {
		return err
	}
	lease.Spec = spec
	_, err = leases.Update(ctx, lease, metav1.UpdateOptions{})
	return err
}

// report writes the Node's status, as the kubelet does, and once after each of its starts RKE2's note of its arguments.
func (m *Machine) report(ctx context.Context) error {
	nodes := m.fleet.cluster.Client.CoreV1().Nodes()
	return retry.RetryOnConflict(retry.DefaultBackoff, func() error {
		node, err := nodes.Get(ctx, m.Name(), metav1.GetOptions{})
		if err != nil {
			return err
		}
		if args, noted := m.nodeArgs(); !noted {
			metav1.SetMetaDataAnnotation(&node.ObjectMeta, nodeArgsAnnotation, args)
			if node, err = nodes.Update(ctx, node, metav1.UpdateOptions{}); err != nil {
				return err
			}
			m.noteArgs(args)
		}
		m.setStatus(ctx, node, m.recordStatus)
		_, err = nodes.UpdateStatus(ctx, node, metav1.UpdateOptions{})
		return err
	})
}

func (m *Machine) nodeArgs() (args string, noted bool) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	return m.started.NodeArgs, m.noted
}

// noteArgs remembers that a note stands on the Node, unless it is that of an earlier start.
func (m *Machine) noteArgs(args string) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	m.noted = args == m.started.NodeArgs
}

// setStatus writes into a Node what the kubelet knows; what has changed is told to record.
func (m *Machine) setStatus(ctx context.Context, node *v1.Node, record recordFunc) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	node.Status = v1.NodeStatus{
		Addresses:       []v1.NodeAddress{{Type: v1.NodeInternalIP, Address: m.plan.Address}, {Type: v1.NodeHostName, Address: m.Name()}},
		Capacity:        m.withDevices(m.started.Capacity),
		Allocatable:     m.withDevices(m.started.Allocatable),
		Conditions:      node.Status.Conditions,
		DaemonEndpoints: v1.NodeDaemonEndpoints{KubeletEndpoint: v1.DaemonEndpoint{Port: kubeletPort}},
		NodeInfo: v1.NodeSystemInfo{
			Architecture: "amd64", OperatingSystem: "linux", OSImage: "SUSE Linux Micro 6.2", KernelVersion: "6.12.0-160000.9-default",
			ContainerRuntimeVersion: "containerd://2.2.1-k3s1", KubeletVersion: m.plan.KubernetesVersion,
			BootID: m.bootID(), MachineID: identity(m.Name(), "machine"), SystemUUID: identity(m.Name(), "system"),
		},
	}
	m.setConditions(ctx, node, record)
}

func (m *Machine) withDevices(list v1.ResourceList) v1.ResourceList {
	list = list.DeepCopy()
	if m.plan.Plan.Role != witness {
		for _, device := range devices {
			list[device] = resource.MustParse("1k")
		}
	}
	return list
}

// bootID is another one after every boot.
func (m *Machine) bootID() string { return identity(m.Name(), fmt.Sprint("boot ", m.boots)) }

// identity is a UUID that is always the same for the same machine.
func identity(machine, purpose string) string {
	sum := sha256.Sum256([]byte(machine + "/" + purpose))
	text := hex.EncodeToString(sum[:16])
	return fmt.Sprintf("%s-%s-%s-%s-%s", text[:8], text[8:12], text[12:16], text[16:20], text[20:])
}

// Adopter learns which uid the cluster gave to an object.
type Adopter interface {
	Adopted(namespace, written string, uid types.UID)
}

// Introduce tells the uids of all nodes, which own their static pods.
func (f *Fleet) Introduce(ctx context.Context, adopter Adopter) error {
	list, err := f.cluster.Client.CoreV1().Nodes().List(ctx, metav1.ListOptions{})
	if err != nil {
		return err
	}
	for _, node := range list.Items {
		adopter.Adopted("", "node-"+node.Name, node.UID)
	}
	return nil
}
