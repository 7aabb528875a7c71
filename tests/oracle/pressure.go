package main

import (
	"math"
	"slices"

	v1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	statsapi "k8s.io/kubelet/pkg/apis/stats/v1alpha1"
	"k8s.io/kubernetes/pkg/kubelet/eviction"
	evictionapi "k8s.io/kubernetes/pkg/kubelet/eviction/api"
	"k8s.io/kubernetes/pkg/kubelet/lifecycle"
)

// signalOfCondition is a signal that puts a node under the pressure.
var signalOfCondition = map[v1.NodeConditionType]evictionapi.Signal{
	v1.NodeMemoryPressure: evictionapi.SignalMemoryAvailable,
	v1.NodeDiskPressure:   evictionapi.SignalNodeFsAvailable,
	v1.NodePIDPressure:    evictionapi.SignalPIDAvailable,
}

// handlersUnderPressure are the answers of handlerUnderPressure so far, by the pressures' signals.
var handlersUnderPressure = map[string]lifecycle.PodAdmitHandler{}

// handlerUnderPressure is the eviction manager's admission handler on a node that is under just these pressures: it has
// synchronized once, with nothing available of their signals.
func handlerUnderPressure(pressure []v1.NodeConditionType) lifecycle.PodAdmitHandler {
	var thresholds []evictionapi.Threshold
	node := &evictionNode{summary: &statsapi.Summary{}}
	key := ""
	for _, condition := range slices.Compact(slices.Sorted(slices.Values(pressure))) {
		signal := signalOfCondition[condition]
		key += string(signal) + " "
		thresholds = append(thresholds, hardThreshold(signal, 1))
		observe(node.summary, signal, observation{0, 1}, metav1.Time{})
	}
	handler, known := handlersUnderPressure[key]
	if !known {
		loop := startManagerLoop(eviction.Config{Thresholds: thresholds, PressureTransitionPeriod: math.MaxInt64}, node, false)
		loop.pass()
		loop.end()
		handler = loop.admit
		handlersUnderPressure[key] = handler
	}
	return handler
}
