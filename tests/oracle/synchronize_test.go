package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// play asks how a node fares and returns its steps.
func play(t *testing.T, settings string, pods string, steps ...string) []stepAnswer {
	t.Helper()
	question := fmt.Sprintf(`{"op":"eviction.synchronize",%s,"pods":[%s],"steps":[%s]}`, settings, pods, strings.Join(steps, ","))
	answer := answerTo(t, question)
	text, err := json.Marshal(answer["steps"])
	if err != nil {
		t.Fatal(err)
	}
	var result []stepAnswer
	if err := json.Unmarshal(text, &result); err != nil || len(result) != len(steps) {
		t.Fatalf("%v: %v", err, answer)
	}
	return result
}

// expect compares what a step did, in short: conditions, thresholds met, evicted pods and the grace they were given.
func expect(t *testing.T, step stepAnswer, want string) {
	t.Helper()
	got := fmt.Sprintf("%v %v %v %s", step.NodeConditions, step.ThresholdsMetAfterGrace, step.EvictedPods, step.GracePeriodOverride)
	if strings.TrimSpace(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func memory(advance string, available int) string {
	return fmt.Sprintf(`{"advance":%q,"memoryAvailable":%d,"memoryWorkingSet":8589934592}`, advance, available)
}

const (
	soft = `"evictionSoft":{"memory.available":"2Gi"},"evictionSoftGracePeriod":{"memory.available":"1m30s"},"evictionMaxPodGracePeriod":120,"evictionPressureTransitionPeriod":"5m"`
	hard = `"evictionHard":{"memory.available":"1Gi"},"evictionPressureTransitionPeriod":"5m"`
	gib  = 1 << 30
	pods = `{"name":"small","memoryWorkingSet":1},{"name":"large","memoryWorkingSet":2}`
)

// A soft threshold sets the condition at once and evicts after its grace period, with the grace allowed to pods.
func TestSoftThreshold(t *testing.T) {
	steps := play(t, soft, pods+`,{"name":"brief","memoryWorkingSet":3,"terminationGracePeriodSeconds":20}`,
		memory("10s", gib), memory("89s", gib), memory("1s", gib), memory("10s", gib))
	expect(t, steps[0], "[MemoryPressure] [] []")
	expect(t, steps[1], "[MemoryPressure] [] []")
	expect(t, steps[2], "[MemoryPressure] [memory.available grace=1m30s] [brief] 20")
	expect(t, steps[3], "[MemoryPressure] [memory.available grace=1m30s] [large] 120")
	if steps[0].AdmitBestEffort != "Evicted: The node had condition: [MemoryPressure]. " || steps[0].AdmitBurstable != "admit" || steps[0].AdmitCritical != "admit" {
		t.Errorf("admission under memory pressure: %+v", steps[0])
	}
}

// The transition period is over when it has passed exactly; without one the condition is never reported.
func TestTransitionPeriod(t *testing.T) {
	steps := play(t, hard, ``, memory("0s", gib-1), memory("10s", gib), memory("289s", gib), memory("1s", gib))
	expect(t, steps[0], "[MemoryPressure] [memory.available grace=0s] []")
	expect(t, steps[1], "[MemoryPressure] [] []")
	expect(t, steps[2], "[MemoryPressure] [] []")
	expect(t, steps[3], "[] [] []")
	never := play(t, `"evictionHard":{"memory.available":"1Gi"},"evictionPressureTransitionPeriod":"0s"`, pods, memory("0s", 0))
	expect(t, never[0], "[] [memory.available grace=0s] [large] 1")
}

// nodefs.available<2Gi and imagefs.available<200Gi with reclaims of 1Gi and 2Gi: once met, 3Gi and 202Gi must be free.
func TestMinimumReclaim(t *testing.T) {
	settings := `"evictionHard":{"nodefs.available":"2Gi","imagefs.available":"200Gi"},"evictionMinimumReclaim":{"nodefs.available":"1Gi","imagefs.available":"2Gi"},"evictionPressureTransitionPeriod":"1s","dedicatedImageFs":true`
	free := func(nodefs, imagefs int) string {
		return fmt.Sprintf(`{"advance":"10s","nodefs":{"available":%d,"capacity":1099511627776},"imagefs":{"available":%d,"capacity":1099511627776}}`, nodefs, imagefs)
	}
	steps := play(t, settings, ``,
		free(2*gib, 200*gib), free(2*gib-1, 200*gib-1), free(3*gib-1, 202*gib-1), free(3*gib, 202*gib-1), free(3*gib, 202*gib), free(2*gib, 200*gib))
	expect(t, steps[0], "[] [] []")
	expect(t, steps[1], "[DiskPressure] [imagefs.available grace=0s nodefs.available grace=0s] []")
	expect(t, steps[2], "[DiskPressure] [imagefs.available grace=0s nodefs.available grace=0s] []")
	expect(t, steps[3], "[DiskPressure] [imagefs.available grace=0s] []")
	expect(t, steps[4], "[] [] []")
	expect(t, steps[5], "[] [] []")
}

// Statistics that are no newer than those of the step before evict nobody again.
func TestStaleStatistics(t *testing.T) {
	steps := play(t, hard, pods, memory("0s", 0), strings.Replace(memory("10s", 0), "{", `{"sameStatsTimestampAsPreviousStep":true,`, 1), memory("0s", 0))
	expect(t, steps[0], "[MemoryPressure] [memory.available grace=0s] [large] 1")
	expect(t, steps[1], "[MemoryPressure] [memory.available grace=0s] []")
	expect(t, steps[2], "[MemoryPressure] [memory.available grace=0s] [small] 1")
}

// Critical pods are passed over; with nobody else left the resource is still announced.
func TestCriticalPods(t *testing.T) {
	steps := play(t, hard, `{"name":"static","static":true,"memoryWorkingSet":9},{"name":"critical","priority":2000000000,"memoryWorkingSet":8},{"name":"other","memoryWorkingSet":1}`,
		memory("0s", 0), memory("10s", 0))
	expect(t, steps[0], "[MemoryPressure] [memory.available grace=0s] [other] 1")
	expect(t, steps[1], "[MemoryPressure] [memory.available grace=0s] []")
	if got := steps[1].Events; len(got) != 1 || got[0] != "Warning EvictionThresholdMet Attempting to reclaim memory" {
		t.Errorf("events %q", got)
	}
}

// Collecting garbage suffices when every threshold and its minimum reclaim is satisfied afterwards.
func TestReclaimBeforeEviction(t *testing.T) {
	settings := `"evictionHard":{"nodefs.available":"10%"},"evictionMinimumReclaim":{"nodefs.available":"5%"},"evictionPressureTransitionPeriod":"5m"`
	after := func(available int) string {
		return fmt.Sprintf(`{"advance":"10s","nodefs":{"available":99,"capacity":1000},"nodefsAfterGC":{"available":%d,"capacity":1000}}`, available)
	}
	steps := play(t, settings, `{"name":"p","rootfsUsed":1}`, after(150), after(149))
	expect(t, steps[0], "[DiskPressure] [nodefs.available grace=0s] []")
	expect(t, steps[1], "[DiskPressure] [nodefs.available grace=0s] [p] 1")
	for _, step := range steps {
		if !step.ContainerGCInvoked || !step.ImageGCInvoked {
			t.Errorf("garbage collection %t %t", step.ContainerGCInvoked, step.ImageGCInvoked)
		}
	}
}

// Every pod above a limit of local storage goes at once, with one second, instead of everything else.
func TestLocalStorage(t *testing.T) {
	step := play(t, `"evictionHard":{"memory.available":"1Gi"},"evictionPressureTransitionPeriod":"5m","localStorageCapacityIsolation":true`,
		`{"name":"volume","emptyDirUsed":1025,"emptyDirSizeLimit":"1Ki"},{"name":"even","emptyDirUsed":1024,"emptyDirSizeLimit":"1Ki"},
		 {"name":"total","limits":{"ephemeral-storage":"1Ki"},"emptyDirUsed":1000,"logsUsed":25},
		 {"name":"critical","priority":2000000000,"limits":{"ephemeral-storage":"1Ki"},"emptyDirUsed":2000}`, memory("0s", 0))[0]
	expect(t, step, "[MemoryPressure] [memory.available grace=0s] [volume total] 1")
	want := []string{
		`Warning Evicted Usage of EmptyDir volume "v" exceeds the limit "1Ki". `,
		`Warning Evicted Pod ephemeral local storage usage exceeds the total limit of containers 1Ki. `,
	}
	if !slices.Equal(step.Events, want) || step.DisruptionTargetReason != "" || step.EventAnnotations != nil {
		t.Errorf("%+v", step)
	}
}

// Memory goes first. Of one signal's hard and soft threshold upstream takes either; this oracle the hard one.
func TestPreference(t *testing.T) {
	settings := `"enforceNodeAllocatable":["pods"],"evictionHard":{"memory.available":"1Gi","pid.available":"50%","nodefs.inodesFree":"50%"},` + soft
	for range 20 {
		steps := play(t, settings, pods,
			`{"advance":"1s","maxpid":100,"curproc":99,"nodefs":{"inodesFree":1,"inodes":100}}`,
			`{"advance":"90s","memoryAvailable":1,"memoryWorkingSet":1,"allocatableMemoryAvailable":0,"allocatableMemoryWorkingSet":1}`,
			`{"advance":"90s","memoryAvailable":1,"memoryWorkingSet":1,"allocatableMemoryAvailable":0,"allocatableMemoryWorkingSet":1,"maxpid":100,"curproc":99}`)
		first, last := steps[0], steps[2]
		expect(t, first, "[DiskPressure PIDPressure] [nodefs.inodesFree grace=0s pid.available grace=0s] [small] 1")
		if first.Events[0] != "Warning EvictionThresholdMet Attempting to reclaim inodes" || first.AdmitBurstable != "Evicted: The node had condition: [DiskPressure PIDPressure]. " {
			t.Errorf("%+v", first)
		}
		if last.ThresholdsMetAfterGrace[2] != "memory.available grace=1m30s" || last.GracePeriodOverride != "" || last.Events[0] != "Warning EvictionThresholdMet Attempting to reclaim memory" {
			t.Errorf("%+v", last)
		}
		if steps[1].GracePeriodOverride != "1" || !strings.Contains(steps[1].PodStatusMessage, "Threshold quantity: 1Gi, available: 1. ") {
			t.Errorf("%+v", steps[1])
		}
	}
}

func TestNothingToWatch(t *testing.T) {
	step := play(t, `"evictionHard":{}`, pods, memory("0s", 0))[0]
	expect(t, step, "[] [] []")
	answers(t, `{"op":"eviction.synchronize","evictionHard":{"memory.available":"no"}}`, `{"error":"quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"}`)
}
