package main

import (
	"context"
	"fmt"
	"time"

	v1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/runtime"
	statsapi "k8s.io/kubelet/pkg/apis/stats/v1alpha1"
	"k8s.io/utils/clock"
)

// evictionNode stands for the rest of the kubelet: it implements every interface through which eviction.Manager looks
// at its node and acts on it, and keeps what the manager did.
type evictionNode struct {
	clock.RealClock
	now                                     time.Time
	dedicatedImageFs, splitContainerImageFs bool
	// summary is what the node's statistics say; summaryAfterGC, unless nil, what they say once something was collected.
	summary, summaryAfterGC *statsapi.Summary
	// pods is the list that the manager is given. It ranks the list in place.
	pods []*v1.Pod

	did passOutcome
}

// passOutcome is what one synchronize did to the node.
type passOutcome struct {
	events                   []string
	containerGC, imageGC     bool
	evictions                []podEviction
	annotationsOfLatestEvent map[string]string
}

// podEviction is one call of the manager's KillPodFunc.
type podEviction struct {
	pod                 string
	gracePeriodOverride int64
	status              v1.PodStatus
	annotations         map[string]string
}

func (n *evictionNode) activePods() []*v1.Pod { return n.pods }

// kill is the eviction.KillPodFunc. The pod ends at once.
func (n *evictionNode) kill(pod *v1.Pod, _ bool, gracePeriodOverride *int64, update func(*v1.PodStatus)) error {
	eviction := podEviction{pod: pod.Name, gracePeriodOverride: *gracePeriodOverride, annotations: n.did.annotationsOfLatestEvent}
	update(&eviction.status)
	n.did.evictions = append(n.did.evictions, eviction)
	return nil
}

// Get is part of stats.SummaryProvider.
func (n *evictionNode) Get(context.Context, bool) (*statsapi.Summary, error) {
	if n.summaryAfterGC != nil && (n.did.containerGC || n.did.imageGC) {
		return n.summaryAfterGC, nil
	}
	return n.summary, nil
}

// GetCPUAndMemoryStats is part of stats.SummaryProvider.
func (n *evictionNode) GetCPUAndMemoryStats(context.Context) (*statsapi.Summary, error) {
	return n.summary, nil
}

// HasDedicatedImageFs is part of eviction.DiskInfoProvider.
func (n *evictionNode) HasDedicatedImageFs(context.Context) (bool, error) {
	return n.dedicatedImageFs, nil
}

// HasDedicatedContainerFs is part of eviction.DiskInfoProvider.
func (n *evictionNode) HasDedicatedContainerFs(context.Context) (bool, error) {
	return n.splitContainerImageFs, nil
}

// DeleteAllUnusedContainers is part of eviction.ContainerGC.
func (n *evictionNode) DeleteAllUnusedContainers(context.Context) error {
	n.did.containerGC = true
	return nil
}

// DeleteUnusedImages is part of eviction.ImageGC.
func (n *evictionNode) DeleteUnusedImages(context.Context) error {
	n.did.imageGC = true
	return nil
}

// Now is part of clock.WithTicker.
func (n *evictionNode) Now() time.Time { return n.now }

// Since is part of clock.WithTicker.
func (n *evictionNode) Since(t time.Time) time.Duration { return n.now.Sub(t) }

// NewTicker is part of clock.WithTicker. The manager only waits for evicted pods to be cleaned up with it, which here
// they are: the first tick is there from the start.
func (n *evictionNode) NewTicker(time.Duration) clock.Ticker {
	ticks := make(firedTicker, 1)
	ticks <- n.now
	return ticks
}

// firedTicker is a clock.Ticker with its ticks already in the channel.
type firedTicker chan time.Time

// C is part of clock.Ticker.
func (t firedTicker) C() <-chan time.Time { return t }

// Stop is part of clock.Ticker.
func (t firedTicker) Stop() {}

// eventRecorder is the record.EventRecorder of a managerLoop.
type eventRecorder struct{ loop *managerLoop }

// Event is part of record.EventRecorder.
func (r eventRecorder) Event(object runtime.Object, eventType, reason, message string) {
	r.AnnotatedEventf(object, nil, eventType, reason, "%s", message)
}

// Eventf is part of record.EventRecorder. The manager tells the resource that it is about to reclaim this way.
func (r eventRecorder) Eventf(object runtime.Object, eventType, reason, format string, args ...any) {
	r.loop.reclaiming = true
	r.AnnotatedEventf(object, nil, eventType, reason, format, args...)
}

// AnnotatedEventf is part of record.EventRecorder. The manager announces an eviction this way.
func (r eventRecorder) AnnotatedEventf(_ runtime.Object, annotations map[string]string, eventType, reason, format string, args ...any) {
	did := &r.loop.node.did
	did.events = append(did.events, fmt.Sprintf("%s %s %s", eventType, reason, fmt.Sprintf(format, args...)))
	did.annotationsOfLatestEvent = annotations
}
