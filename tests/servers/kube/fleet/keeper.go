package fleet

import (
	"context"
	"encoding/json"
	"runtime"
	"slices"
	"sort"
	"sync"
	"time"

	v1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/types"
	kubeletv1beta1 "k8s.io/kubelet/config/v1beta1"
	statsapi "k8s.io/kubelet/pkg/apis/stats/v1alpha1"
	"k8s.io/kubernetes/pkg/kubelet/allocation"
	"k8s.io/kubernetes/pkg/kubelet/eviction"
	"k8s.io/kubernetes/pkg/kubelet/lifecycle"
	"k8s.io/kubernetes/pkg/kubelet/preemption"
	"k8s.io/kubernetes/pkg/kubelet/util/sliceutils"
	"k8s.io/kubernetes/pkg/scheduler/framework"
	"k8s.io/utils/clock"
)

// evictionPeriod is how often thresholds are looked at: five times as often as by other kubelets, so that nobody waits.
const evictionPeriod = 2 * time.Second

// keeper is what a running kubelet decides about pods with: the kubelet's own eviction manager and admission handlers.
type keeper struct {
	machine    *Machine
	ctx        context.Context
	eviction   eviction.Manager
	allocation allocation.Manager

	mutex sync.Mutex
	// active are the pods among which the one that is being admitted has to find room, itself included.
	active []*v1.Pod
}

// newKeeper starts to keep the pods of a machine whose kubelet runs with a configuration, until the context ends.
func newKeeper(ctx context.Context, machine *Machine, configuration json.RawMessage) (*keeper, error) {
	var config kubeletv1beta1.KubeletConfiguration
	if err := json.Unmarshal(configuration, &config); err != nil {
		return nil, err
	}
	thresholds, err := eviction.ParseThresholdConfig(config.EnforceNodeAllocatable, config.EvictionHard, config.EvictionSoft, config.EvictionSoftGracePeriod, config.EvictionMinimumReclaim)
	if err != nil {
		return nil, err
	}
	k := &keeper{machine: machine, ctx: ctx}
	manager, admit := eviction.NewManager(k, eviction.Config{
		PressureTransitionPeriod: config.EvictionPressureTransitionPeriod.Duration,
		MaxPodGracePeriodSeconds: int64(config.EvictionMaxPodGracePeriod),
		Thresholds:               thresholds,
	}, k.kill, k, k, machine.recorder, machine.reference(), clock.RealClock{}, true)
	k.eviction = manager
	k.allocation = allocation.NewInMemoryManager(nil, nil, nil, nil, nil, nil)
	noPlugins := func(*framework.NodeInfo, *lifecycle.PodAdmitAttributes) error { return nil }
	k.allocation.AddPodAdmitHandlers(lifecycle.PodAdmitHandlers{
		admit,
		lifecycle.NewPredicateAdmitHandler(k.node, preemption.NewCriticalPodAdmissionHandler(k.activePods, k.kill, machine.recorder), noPlugins),
		lifecycle.NewPodFeaturesAdmitHandler(),
	})
	k.admitAgain(machine.Pods())
	manager.Start(ctx, k, k.watchedPods, func(*v1.Pod) bool { return true }, evictionPeriod)
	return k, nil
}

// admitAgain does what a kubelet does first: all pods that are there are admitted anew, oldest first.
func (k *keeper) admitAgain(pods []*v1.Pod) {
	sort.Sort(sliceutils.PodsByCreationTime(pods))
	for _, pod := range pods {
		if pod.DeletionTimestamp == nil && pod.Status.Phase == v1.PodRunning {
			k.admit(pod, k.activePods())
		}
	}
}

// admit decides about one pod beside others; one that is refused fails. Follows Kubelet.HandlePodAdditions.
func (k *keeper) admit(pod *v1.Pod, others []*v1.Pod) bool {
	active := append(others, pod)
	k.setActive(active)
	ok, reason, message := k.allocation.AddPod(slices.Clone(active), pod)
	if !ok {
		k.forget(pod.UID)
		k.machine.recorder.Event(pod, v1.EventTypeWarning, reason, message)
		k.machine.fail(k.ctx, pod, func(status *v1.PodStatus) {
			status.Phase, status.Reason, status.Message = v1.PodFailed, reason, "Pod was rejected: "+message
		})
	}
	return ok
}

// pressures are the conditions that the eviction manager reports.
func (k *keeper) pressures() map[v1.NodeConditionType]bool {
	return map[v1.NodeConditionType]bool{
		v1.NodeMemoryPressure: k.eviction.IsUnderMemoryPressure(), v1.NodeDiskPressure: k.eviction.IsUnderDiskPressure(), v1.NodePIDPressure: k.eviction.IsUnderPIDPressure(),
	}
}

// node is a lifecycle.getNodeAnyWayFunc.
func (k *keeper) node(ctx context.Context, _ bool) (*v1.Node, error) {
	node, err := k.machine.fleet.node(k.machine.Name())
	if err != nil {
		return nil, err
	}
	node = node.DeepCopy()
	k.machine.setStatus(ctx, node, unrecorded)
	return node, nil
}

// kill is a eviction.KillPodFunc. The pod ends at once.
func (k *keeper) kill(pod *v1.Pod, _ bool, _ *int64, change func(*v1.PodStatus)) error {
	k.forget(pod.UID)
	return k.machine.fail(k.ctx, pod, change)
}

func (k *keeper) activePods() []*v1.Pod {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	return slices.Clone(k.active)
}

func (k *keeper) setActive(pods []*v1.Pod) {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	k.active = pods
}

func (k *keeper) forget(uid types.UID) {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	k.active = slices.DeleteFunc(slices.Clone(k.active), func(pod *v1.Pod) bool { return pod.UID == uid })
}

// watchedPods are the pods that may be evicted. The manager asks for them in every round of its loop, which nothing but
// this ends.
func (k *keeper) watchedPods() []*v1.Pod {
	if k.ctx.Err() != nil {
		runtime.Goexit()
	}
	return k.machine.Pods()
}

// Get is part of stats.SummaryProvider.
func (k *keeper) Get(context.Context, bool) (*statsapi.Summary, error) {
	return k.machine.Summary(), nil
}

// GetCPUAndMemoryStats is part of stats.SummaryProvider.
func (k *keeper) GetCPUAndMemoryStats(context.Context) (*statsapi.Summary, error) {
	return k.machine.Summary(), nil
}

// HasDedicatedImageFs is part of eviction.DiskInfoProvider: Harvester's nodes have one filesystem for everything.
func (k *keeper) HasDedicatedImageFs(context.Context) (bool, error) { return false, nil }

// HasDedicatedContainerFs is part of eviction.DiskInfoProvider.
func (k *keeper) HasDedicatedContainerFs(context.Context) (bool, error) { return false, nil }

// DeleteAllUnusedContainers is part of eviction.ContainerGC.
func (k *keeper) DeleteAllUnusedContainers(context.Context) error { return nil }

// DeleteUnusedImages is part of eviction.ImageGC.
func (k *keeper) DeleteUnusedImages(context.Context) error { return nil }
