package main

import (
	"cmp"
	"slices"
	"sort"
	"strings"
	"time"

	v1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	statsapi "k8s.io/kubelet/pkg/apis/stats/v1alpha1"
	"k8s.io/kubernetes/pkg/kubelet/eviction"
	evictionapi "k8s.io/kubernetes/pkg/kubelet/eviction/api"
)

// evictionPlay runs a node through a number of steps. Which of several thresholds the manager acts on depends on the
// order of a Go map, and nothing else in its state does. Whenever it did not act on the one that preferred names, the
// play is repeated up to that step with another manager, until it does.
type evictionPlay struct {
	config                                  eviction.Config
	dedicatedImageFs, splitContainerImageFs bool
	localStorageCapacityIsolation           bool
	// preference lists every threshold the manager may have, the preferred first.
	preference []evictionapi.Threshold

	pods     []*v1.Pod
	podStats []statsapi.PodStats
	scenes   []scene
}

// scene is the node at one step. Its pods are only known when the steps before have been played.
type scene struct {
	now                     time.Time
	summary, summaryAfterGC *statsapi.Summary
	pods                    []*v1.Pod
}

func newEvictionPlay(config eviction.Config, dedicatedImageFs, splitContainerImageFs, localStorageCapacityIsolation bool) *evictionPlay {
	byPreference := func(a, b evictionapi.Threshold) int {
		return cmp.Or(cmp.Compare(signalRank(a.Signal), signalRank(b.Signal)), cmp.Compare(a.GracePeriod, b.GracePeriod))
	}
	slices.SortStableFunc(config.Thresholds, byPreference)
	updated, _ := eviction.UpdateContainerFsThresholds(slices.Clone(config.Thresholds), dedicatedImageFs, splitContainerImageFs)
	preference := append(slices.Clone(config.Thresholds), updated...)
	slices.SortStableFunc(preference, byPreference)
	return &evictionPlay{config, dedicatedImageFs, splitContainerImageFs, localStorageCapacityIsolation, preference, nil, nil, nil}
}

// run plays every step. A pod that is evicted in one is gone in the next.
func (p *evictionPlay) run() []stepAnswer {
	answers := make([]stepAnswer, 0, len(p.scenes))
	loop := p.start()
	pods := p.pods
	for i := range p.scenes {
		p.scenes[i].pods = pods
		p.playScene(loop, i)
		for !p.actedOnPreferred(loop) {
			loop.end()
			loop = p.start()
			for again := 0; again <= i; again++ {
				p.playScene(loop, again)
			}
		}
		answer := answerOf(loop)
		answers = append(answers, answer)
		pods = slices.DeleteFunc(slices.Clone(pods), func(pod *v1.Pod) bool { return slices.Contains(answer.EvictedPods, pod.Name) })
	}
	loop.end()
	return answers
}

// start makes a manager with thresholds of its own, since its first pass changes those of containerfs: in place or in a
// copy, according to the room left in the list, of which a later pass knows the copy.
func (p *evictionPlay) start() *managerLoop {
	config := p.config
	config.Thresholds = append(make([]evictionapi.Threshold, 0, cap(config.Thresholds)), config.Thresholds...)
	node := &evictionNode{dedicatedImageFs: p.dedicatedImageFs, splitContainerImageFs: p.splitContainerImageFs}
	return startManagerLoop(config, node, p.localStorageCapacityIsolation)
}

func (p *evictionPlay) playScene(loop *managerLoop, i int) {
	scene, node := p.scenes[i], loop.node
	node.now, node.summary, node.summaryAfterGC = scene.now, scene.summary, scene.summaryAfterGC
	node.pods = slices.Clone(scene.pods)
	node.did = passOutcome{}
	loop.pass()
}

// actedOnPreferred tells whether the pass acted on the preferred one of the thresholds it could have acted on: those met
// whose statistics are new. It took the first one after sorting them. A pass that evicted for local storage took none.
func (p *evictionPlay) actedOnPreferred(loop *managerLoop) bool {
	if !slices.ContainsFunc(loop.node.did.events, isAboutResource) {
		return true
	}
	updated := map[any]bool{}
	for _, entry := range loop.log.entries {
		if entry.value("log") == "thresholds - updated stats" {
			updated[entry.value("signal")] = true
		}
	}
	candidates := slices.DeleteFunc(slices.Clone(loop.thresholdsMet()), func(t evictionapi.Threshold) bool { return !updated[t.Signal] })
	preferred := slices.MinFunc(candidates, func(a, b evictionapi.Threshold) int {
		return cmp.Compare(slices.Index(p.preference, a), slices.Index(p.preference, b))
	})
	sort.Sort(byPriority(candidates))
	return candidates[0] == preferred
}

func isAboutResource(event string) bool {
	return strings.HasPrefix(event, "Warning EvictionThresholdMet ")
}

// evictionStep is what a node's statistics say at one step, and how long after the step before.
type evictionStep struct {
	Advance                                                 goDuration
	MemoryAvailable, MemoryWorkingSet                       *amount
	AllocatableMemoryAvailable, AllocatableMemoryWorkingSet *amount
	Nodefs, Imagefs, Containerfs, NodefsAfterGC             *fsAmounts
	Maxpid, Curproc                                         *amount
	SameStatsTimestampAsPreviousStep                        bool
}

type fsAmounts struct{ Available, Capacity, InodesFree, Inodes *amount }

// addSteps makes the scenes. Statistics are newer at every step, unless they are said to be those of the step before.
func (p *evictionPlay) addSteps(steps []evictionStep) {
	now := time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)
	var measured time.Time
	for i, step := range steps {
		now = now.Add(time.Duration(step.Advance))
		if i == 0 || !step.SameStatsTimestampAsPreviousStep {
			measured = later(now, measured.Add(time.Nanosecond))
		}
		scene := scene{now: now, summary: step.summary(metav1.NewTime(measured), step.Nodefs)}
		scene.summary.Pods = p.podStats
		if step.NodefsAfterGC != nil {
			scene.summaryAfterGC = step.summary(metav1.NewTime(measured), step.NodefsAfterGC)
		}
		p.scenes = append(p.scenes, scene)
	}
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func (s evictionStep) summary(at metav1.Time, nodeFs *fsAmounts) *statsapi.Summary {
	pods := &statsapi.MemoryStats{Time: at, AvailableBytes: s.AllocatableMemoryAvailable.pointer(), WorkingSetBytes: s.AllocatableMemoryWorkingSet.pointer()}
	return &statsapi.Summary{Node: statsapi.NodeStats{
		Memory:           &statsapi.MemoryStats{Time: at, AvailableBytes: s.MemoryAvailable.pointer(), WorkingSetBytes: s.MemoryWorkingSet.pointer()},
		SystemContainers: []statsapi.ContainerStats{{Name: statsapi.SystemContainerPods, Memory: pods}},
		Fs:               nodeFs.stats(at),
		Runtime:          &statsapi.RuntimeStats{ImageFs: s.Imagefs.stats(at), ContainerFs: s.Containerfs.stats(at)},
		Rlimit:           &statsapi.RlimitStats{Time: at, MaxPID: s.Maxpid.signed(), NumOfRunningProcesses: s.Curproc.signed()},
	}}
}

func (f *fsAmounts) stats(at metav1.Time) *statsapi.FsStats {
	if f == nil {
		return nil
	}
	return &statsapi.FsStats{
		Time: at, AvailableBytes: f.Available.pointer(), CapacityBytes: f.Capacity.pointer(),
		InodesFree: f.InodesFree.pointer(), Inodes: f.Inodes.pointer(),
	}
}
