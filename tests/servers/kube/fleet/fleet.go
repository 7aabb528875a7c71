package fleet

import (
	"context"
	"fmt"
	"hash/fnv"
	"maps"
	"sync"
	"time"

	v1 "k8s.io/api/core/v1"
	"k8s.io/client-go/informers"
	corev1 "k8s.io/client-go/listers/core/v1"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/util/workqueue"

	"example.test/kube/cluster"
)

const byNode = "node"

// Fleet is all machines of a cluster.
type Fleet struct {
	cluster *cluster.Cluster
	// foreign is an authority that nobody in the cluster trusts.
	foreign *cluster.Authority
	pods    cache.Indexer
	nodes   corev1.NodeLister
	events  events
	// failed is told of pods that a kubelet has ended.
	failed func(context.Context, *v1.Pod) error
	upkeep workqueue.TypedRateLimitingInterface[string]

	started []func()

	mutex    sync.Mutex
	machines map[string]*Machine
	order    []string
	podUse   map[string]float64
}

// New makes the fleet of a cluster, without machines yet, and starts to watch nodes and pods. failed is told of pods that
// a kubelet has ended.
func New(ctx context.Context, c *cluster.Cluster, podUse map[string]float64, failed func(context.Context, *v1.Pod) error) (*Fleet, error) {
	foreign, err := cluster.NewAuthority("somebody-else")
	if err != nil {
		return nil, err
	}
	factory := informers.NewSharedInformerFactory(c.Client, 0)
	pods := factory.Core().V1().Pods().Informer()
	err = pods.AddIndexers(cache.Indexers{byNode: func(object any) ([]string, error) { return []string{object.(*v1.Pod).Spec.NodeName}, nil }})
	if err != nil {
		return nil, err
	}
	f := &Fleet{
		cluster: c, foreign: foreign, machines: map[string]*Machine{}, pods: pods.GetIndexer(), nodes: factory.Core().V1().Nodes().Lister(), podUse: podUse,
		events: newEvents(ctx, c.Client), failed: failed,
		upkeep: workqueue.NewTypedRateLimitingQueue(workqueue.DefaultTypedControllerRateLimiter[string]()),
	}
	if _, err := pods.AddEventHandler(f.podHandler()); err != nil {
		return nil, err
	}
	factory.Start(ctx.Done())
	factory.WaitForCacheSync(ctx.Done())
	go f.keepPods(ctx)
	return f, ctx.Err()
}

// each does something with machines, a few at a time.
func each(machines []*Machine, work func(*Machine) error) error {
	const atOnce = 4
	limit := make(chan struct{}, atOnce)
	failures := make(chan error, len(machines))
	for _, machine := range machines {
		limit <- struct{}{}
		go func() {
			failures <- work(machine)
			<-limit
		}()
	}
	var first error
	for range machines {
		if err := <-failures; err != nil && first == nil {
			first = err
		}
	}
	return first
}

// Run keeps the cluster informed about the machines until the context ends.
func (f *Fleet) Run(ctx context.Context) {
	period := f.cluster.NodeSilence / 4
	for ticker := time.NewTicker(period); ; {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			_ = each(f.Machines(), func(machine *Machine) error {
				machine.heartbeat(ctx)
				return nil
			})
		}
	}
}

// Machines are all machines, in the order in which they joined.
func (f *Fleet) Machines() []*Machine {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	machines := make([]*Machine, len(f.order))
	for i, name := range f.order {
		machines[i] = f.machines[name]
	}
	return machines
}

// Machine is the one with the name, or nil.
func (f *Fleet) Machine(name string) *Machine {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	return f.machines[name]
}

// OnStart calls a function whenever a kubelet has come up.
func (f *Fleet) OnStart(listener func()) { f.started = append(f.started, listener) }

// SetPodUse states how many bytes pods use, by `namespace/name`.
func (f *Fleet) SetPodUse(bytes map[string]float64) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	maps.Copy(f.podUse, bytes)
}

// uses are the bytes that pods use; one that nobody stated anything about uses 32 to 160 MiB, by its uid.
func (f *Fleet) uses(pods []*v1.Pod) []float64 {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	uses := make([]float64, len(pods))
	for i, pod := range pods {
		use, stated := f.podUse[pod.Namespace+"/"+pod.Name]
		if !stated {
			hash := fnv.New32a()
			_, _ = hash.Write([]byte(pod.UID))
			use = float64(32+hash.Sum32()%128) * mib
		}
		uses[i] = use
	}
	return uses
}

// Stop ends all kubelets.
func (f *Fleet) Stop() {
	for _, machine := range f.Machines() {
		machine.stopServer()
	}
}

func (f *Fleet) node(name string) (*v1.Node, error) {
	node, err := f.nodes.Get(name)
	if err != nil {
		return nil, fmt.Errorf("node %s: %w", name, err)
	}
	return node, nil
}
