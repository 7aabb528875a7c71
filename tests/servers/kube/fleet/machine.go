package fleet

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"time"

	v1 "k8s.io/api/core/v1"
	"k8s.io/client-go/tools/record"

	"example.test/kube/kubelet"
	"example.test/kube/node"
)

// Machine is one machine of the fleet.
type Machine struct {
	*node.Machine
	fleet    *Fleet
	plan     NodePlan
	recorder record.EventRecorder
	// life is held while the machine boots, or its kubelet starts or stops.
	life sync.Mutex

	mutex   sync.Mutex
	memory  memory
	boots   int
	booted  time.Time
	started node.Started
	// noted: RKE2's note of the arguments of this start stands on the Node.
	noted  bool
	server *http.Server
	keeper *keeper
	// endKeeper ends what the running kubelet does by itself.
	endKeeper context.CancelFunc
	lastError string
	// tried are the arguments of the last attempt to start the kubelet.
	tried []string
	// managed: node-manager's container runs. It survives the kubelet, but not the machine.
	managed bool
	delay   time.Duration
}

func (f *Fleet) newMachine(plan NodePlan, root string) (*Machine, error) {
	command := "server"
	if plan.Plan.Role == worker {
		command = "agent"
	}
	hardware := kubelet.Machine{CPUCores: plan.Plan.CPUCores, MemoryBytes: plan.Plan.MemoryBytes, DiskBytes: plan.Plan.DiskBytes}
	machine, err := node.NewMachine(root, hardware, command)
	if err != nil {
		return nil, err
	}
	m := &Machine{Machine: machine, fleet: f, plan: plan, recorder: f.events.NewRecorder(plan.Plan.Name), booted: time.Now()}
	m.memory = memory{capacityBytes: float64(plan.Plan.MemoryBytes), systemBytes: plan.Plan.SystemUseBytes}
	m.memory.follow(plan.Plan.Course)
	m.Hardware.BootID = m.bootID()
	if err := m.WriteAll(plan.Files); err != nil {
		return nil, err
	}
	return m, m.Trust(true)
}

// Name is the node's.
func (m *Machine) Name() string { return m.plan.Plan.Name }

// Trust lets the kubelet serve with a certificate that the API server trusts, or with one that it does not, from its next
// start on.
func (m *Machine) Trust(trusted bool) error {
	signer := m.fleet.cluster.Authority
	if !trusted {
		signer = m.fleet.foreign
	}
	certificate, key, err := signer.Serving(m.plan.Address)
	if err != nil {
		return err
	}
	return m.InstallCertificates(m.fleet.cluster.Authority.PEM, certificate, key)
}

// Reboot boots the machine anew. An error means that a boot file asks for what cannot be done here, and that nothing was
// changed; a kubelet that does not come up is none.
func (m *Machine) Reboot(ctx context.Context) error {
	m.life.Lock()
	defer m.life.Unlock()
	if err := m.CheckBoot(); err != nil {
		return err
	}
	m.stopServer()
	m.mutex.Lock()
	m.managed = false
	m.boots++
	m.booted = time.Now()
	m.Hardware.BootID = m.bootID()
	m.mutex.Unlock()
	if err := m.Boot(m.plan.BootFiles); err != nil {
		return err
	}
	return m.start(ctx)
}

// RestartKubelet starts RKE2 anew: its layers are read again, boot files are not.
func (m *Machine) RestartKubelet(ctx context.Context) error {
	m.life.Lock()
	defer m.life.Unlock()
	m.stopServer()
	return m.start(ctx)
}

// Break ends the kubelet.
func (m *Machine) Break() {
	m.life.Lock()
	defer m.life.Unlock()
	m.stopServer()
	m.mutex.Lock()
	defer m.mutex.Unlock()
	m.lastError = "stopped on request"
}

// Running tells whether the kubelet runs.
func (m *Machine) Running() bool {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	return m.server != nil
}

// Managed tells whether node-manager runs on the machine.
func (m *Machine) Managed() bool {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	return m.managed
}

// Follow lets the node's memory follow a course; nil gives it back to its pods.
func (m *Machine) Follow(course *Course) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	m.memory.follow(course)
}

// Delay makes the kubelet's answers slow.
func (m *Machine) Delay(delay time.Duration) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	m.delay = delay
}

// Labels are those of the Node.
func (m *Machine) Labels() (map[string]string, error) {
	node, err := m.fleet.node(m.Name())
	if err != nil {
		return nil, err
	}
	return node.Labels, nil
}

func (m *Machine) bootedAt() time.Time {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	return m.booted
}

func (m *Machine) sample(now time.Time, pods []*v1.Pod) sample {
	uses := m.fleet.uses(pods)
	m.mutex.Lock()
	defer m.mutex.Unlock()
	return m.memory.sample(now, uses)
}

// podLimit is the memory limit of the pods' cgroup, where the kubelet enforces one.
func (m *Machine) podLimit() (bytes uint64, limited bool) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	if !strings.Contains(string(m.started.Configuration), `"enforceNodeAllocatable":["pods"]`) {
		return 0, false
	}
	memory := m.started.Kubepods[v1.ResourceMemory]
	return uint64(memory.Value()), true
}
