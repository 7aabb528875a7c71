package main

import (
	"fmt"
	"sort"
	"strings"
	"sync"

	v1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	statsapi "k8s.io/kubelet/pkg/apis/stats/v1alpha1"
	"k8s.io/kubernetes/pkg/kubelet/eviction"
	evictionapi "k8s.io/kubernetes/pkg/kubelet/eviction/api"
)

func init() { register("eviction.sortByPriority", sortByPriority) }

// sortByPriority sorts signals as synchronize sorts the thresholds it could act on: sort.Sort with byEvictionPriority,
// which is not a strict order, so that the outcome depends on where each signal stood. The comparison is unexported and
// is learned from a manager that chooses between two thresholds (see actsFirst). Only what it says about signals that
// the kubelet does not know is by reading: no threshold can have one.
func sortByPriority(in struct{ Signals []evictionapi.Signal }) (any, error) {
	thresholds := make(byPriority, len(in.Signals))
	for i, signal := range in.Signals {
		thresholds[i].Signal = signal
	}
	sort.Sort(thresholds)
	order := make([]evictionapi.Signal, len(thresholds))
	for i, threshold := range thresholds {
		order[i] = threshold.Signal
	}
	return struct {
		Order []evictionapi.Signal `json:"order"`
	}{order}, nil
}

// byPriority sorts as upstream's byEvictionPriority does.
type byPriority []evictionapi.Threshold

// Len is part of sort.Interface.
func (s byPriority) Len() int { return len(s) }

// Swap is part of sort.Interface.
func (s byPriority) Swap(i, j int) { s[i], s[j] = s[j], s[i] }

// Less is part of sort.Interface.
func (s byPriority) Less(i, j int) bool { return actsFirst(s[i].Signal, s[j].Signal) }

// actsFirst tells whether upstream's comparison puts a signal before another one.
func actsFirst(a, b evictionapi.Signal) bool {
	switch knownA, knownB := evictionapi.OpForSignal[a] != "", evictionapi.OpForSignal[b] != ""; {
	case !knownB:
		return true
	case !knownA:
		return false
	}
	return learnedPriorities()[[2]evictionapi.Signal{a, b}]
}

// learnedPriorities asks about every pair of signals once.
var learnedPriorities = sync.OnceValue(func() map[[2]evictionapi.Signal]bool {
	priorities := map[[2]evictionapi.Signal]bool{}
	for _, a := range signalOrder {
		for _, b := range signalOrder {
			first, asked := false, false
			for !asked {
				first, asked = overtakes(a, b)
			}
			priorities[[2]evictionapi.Signal{a, b}] = first
		}
	}
	return priorities
})

// overtakes lets a manager choose between two thresholds that are both met. The list it sorts has them in the order of
// a Go map; when b stands first there, sorting asks exactly one question: is a before b? The message about the evicted
// pod tells which one it acted on, by what is available or, for two thresholds of one signal, by their quantities.
func overtakes(a, b evictionapi.Signal) (first, asked bool) {
	node := &evictionNode{summary: &statsapi.Summary{}, pods: []*v1.Pod{{}}}
	observe(node.summary, a, observation{1, 9}, metav1.Time{})
	observe(node.summary, b, observation{0, 9}, metav1.Time{})
	loop := startManagerLoop(eviction.Config{Thresholds: bothMet(a, b)}, node, false)
	defer loop.end()
	loop.pass()
	met := loop.thresholdsMet()
	isB := func(t evictionapi.Threshold) bool { return t.Signal == b && (a != b || t.Value.Quantity.Value() == 2) }
	if len(met) != 2 {
		panic(fmt.Sprintf("oracle: %s and %s should both be under pressure", a, b))
	}
	if !isB(met[0]) {
		return false, false
	}
	actedOnB := "available: 0. "
	if a == b {
		actedOnB = "Threshold quantity: 2, "
	}
	return !strings.Contains(node.did.evictions[0].status.Message, actedOnB), true
}

// bothMet are hard thresholds of the two signals. One of containerfs is overwritten with that of the file system it lies
// on, which therefore needs one, too.
func bothMet(a, b evictionapi.Signal) []evictionapi.Threshold {
	thresholds := []evictionapi.Threshold{hardThreshold(b, 2), hardThreshold(a, 3)}
	for _, source := range append(containerFsSource[a], containerFsSource[b]...) {
		if source != a && source != b {
			thresholds = append(thresholds, hardThreshold(source, 3))
		}
	}
	return thresholds
}

func hardThreshold(signal evictionapi.Signal, value int64) evictionapi.Threshold {
	quantity := resource.NewQuantity(value, resource.BinarySI)
	return evictionapi.Threshold{Signal: signal, Operator: evictionapi.OpLessThan, Value: evictionapi.ThresholdValue{Quantity: quantity}}
}
