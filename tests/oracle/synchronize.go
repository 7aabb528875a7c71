package main

import (
	"slices"
	"sort"
	"strings"
	"time"

	v1 "k8s.io/api/core/v1"
	"k8s.io/kubernetes/pkg/kubelet/eviction"
	"k8s.io/kubernetes/pkg/kubelet/lifecycle"
)

func init() { registerConcurrent("eviction.synchronize", synchronize) }

// synchronize runs a node through its steps, one pass of the real eviction manager's loop for each, and answers what the
// manager did and what it lets in afterwards.
func synchronize(in struct {
	evictionMaps
	EvictionMaxPodGracePeriod                                              int64
	EvictionPressureTransitionPeriod                                       goDuration
	DedicatedImageFs, SplitContainerImageFs, LocalStorageCapacityIsolation bool
	Pods                                                                   []evictionPod
	Steps                                                                  []evictionStep
}) (any, error) {
	thresholds, err := in.parse()
	if err != nil {
		return nil, err
	}
	play := newEvictionPlay(eviction.Config{
		Thresholds:               thresholds,
		MaxPodGracePeriodSeconds: in.EvictionMaxPodGracePeriod,
		PressureTransitionPeriod: time.Duration(in.EvictionPressureTransitionPeriod),
	}, in.DedicatedImageFs, in.SplitContainerImageFs, in.LocalStorageCapacityIsolation)
	play.addPods(in.Pods)
	play.addSteps(in.Steps)
	return struct {
		Steps []stepAnswer `json:"steps"`
	}{play.run()}, nil
}

// stepAnswer is what one pass did. Where it evicted several pods for their local storage, the fields about the pod are
// those of the last one.
type stepAnswer struct {
	NodeConditions          []string          `json:"nodeConditions"`
	ThresholdsMetAfterGrace []string          `json:"thresholdsMetAfterGrace"`
	Events                  []string          `json:"events"`
	ContainerGCInvoked      bool              `json:"containerGCInvoked"`
	ImageGCInvoked          bool              `json:"imageGCInvoked"`
	EvictedPods             []string          `json:"evictedPods"`
	GracePeriodOverride     string            `json:"gracePeriodOverride,omitempty"`
	PodStatusReason         string            `json:"podStatusReason,omitempty"`
	PodStatusMessage        string            `json:"podStatusMessage,omitempty"`
	DisruptionTargetReason  string            `json:"disruptionTargetReason,omitempty"`
	EventAnnotations        map[string]string `json:"eventAnnotations,omitempty"`
	AdmitBestEffort         string            `json:"admitBestEffort"`
	AdmitBurstable          string            `json:"admitBurstable"`
	AdmitCritical           string            `json:"admitCritical"`
}

// answerOf tells what the loop's latest pass did.
func answerOf(loop *managerLoop) stepAnswer {
	did := loop.node.did
	answer := stepAnswer{
		NodeConditions:          nodeConditions(loop.manager),
		ThresholdsMetAfterGrace: []string{},
		Events:                  append([]string{}, did.events...),
		ContainerGCInvoked:      did.containerGC,
		ImageGCInvoked:          did.imageGC,
		EvictedPods:             []string{},
		AdmitBestEffort:         admissionAnswer(loop.admit, bestEffortPod),
		AdmitBurstable:          admissionAnswer(loop.admit, burstablePod),
		AdmitCritical:           admissionAnswer(loop.admit, criticalPod),
	}
	for _, threshold := range loop.thresholdsMet() {
		answer.ThresholdsMetAfterGrace = append(answer.ThresholdsMetAfterGrace, string(threshold.Signal)+" grace="+threshold.GracePeriod.String())
	}
	slices.Sort(answer.ThresholdsMetAfterGrace)
	for _, evicted := range did.evictions {
		answer.EvictedPods = append(answer.EvictedPods, evicted.pod)
		answer.GracePeriodOverride = decimal(evicted.gracePeriodOverride)
		answer.PodStatusReason = evicted.status.Reason
		answer.PodStatusMessage = evicted.status.Message
		answer.EventAnnotations = evicted.annotations
		for _, condition := range evicted.status.Conditions {
			answer.DisruptionTargetReason = condition.Reason
		}
	}
	return answer
}

// nodeConditions are the conditions that the kubelet would report, sorted.
func nodeConditions(manager eviction.Manager) []string {
	conditions := []string{}
	for condition, reported := range map[v1.NodeConditionType]bool{
		v1.NodeMemoryPressure: manager.IsUnderMemoryPressure(),
		v1.NodeDiskPressure:   manager.IsUnderDiskPressure(),
		v1.NodePIDPressure:    manager.IsUnderPIDPressure(),
	} {
		if reported {
			conditions = append(conditions, string(condition))
		}
	}
	sort.Strings(conditions)
	return conditions
}

// admissionAnswer is what a handler says about a pod. It lists the node's conditions in the order of a Go map; here they are
// sorted.
func admissionAnswer(handler lifecycle.PodAdmitHandler, pod *v1.Pod) string {
	result := handler.Admit(&lifecycle.PodAdmitAttributes{Pod: pod, Operation: lifecycle.AddOperation})
	if result.Admit {
		return "admit"
	}
	message := result.Message
	before, list, found := strings.Cut(message, "[")
	if conditions, after, closed := strings.Cut(list, "]"); found && closed {
		names := strings.Fields(conditions)
		slices.Sort(names)
		message = before + "[" + strings.Join(names, " ") + "]" + after
	}
	return result.Reason + ": " + message
}
