package main

import (
	"fmt"
	"testing"
)

func TestResizeAction(t *testing.T) {
	answers(t, `{"op":"resize.action","containers":[
		{"name":"restart","state":"running","resizePolicy":{"memory":"RestartContainer"},
		 "actuated":{"requests":{"cpu":"100m","memory":"1Gi"}},"desired":{"requests":{"cpu":"200m","memory":"2Gi"}}},
		{"name":"cpu-only","state":"running","resizePolicy":{"memory":"RestartContainer","cpu":"NotRequired"},
		 "actuated":{"requests":{"cpu":"100m"}},"desired":{"requests":{"cpu":"150m"}}},
		{"name":"down","state":"running","actuated":{"requests":{"cpu":"100m"},"limits":{"memory":"2Gi"}},"desired":{"requests":{"cpu":"200m"},"limits":{"memory":"1Gi"}}},
		{"name":"up","state":"running","actuated":{"requests":{"cpu":"100m","memory":"1Gi"}},"desired":{"requests":{"cpu":"50m","memory":"2Gi"}}},
		{"name":"same","state":"running","actuated":{"requests":{"cpu":"99.5m"}},"desired":{"requests":{"cpu":"100m"}}},
		{"name":"ended","state":"exited","actuated":{},"desired":{"requests":{"cpu":"1"}}},
		{"name":"lost","state":"unknown","resizePolicy":{"cpu":"RestartContainer"},"actuated":{},"desired":{"requests":{"cpu":"1"}}}]}`,
		`{"keepContainer":{"restart":false,"cpu-only":true,"down":true,"up":true,"same":true,"ended":true,"lost":true},
		  "containersToKill":["restart"],"killMessages":["Container restart resize requires restart"],"containersToStart":["restart"],
		  "containersToUpdate":{"cpu":["up","cpu-only","down"],"memory":["down","up"]},"updatePodResources":true}`)
	// A number beyond int64 counts as 0, also one that its text does not tell.
	answers(t, `{"op":"resize.action","containers":[{"name":"c","state":"running","actuated":{"requests":{"cpu":"9000000P"}},"desired":{}}]}`,
		`{"keepContainer":{"c":true},"containersToKill":[],"killMessages":[],"containersToStart":[],"containersToUpdate":{},"updatePodResources":false}`)
	answers(t, `{"op":"resize.action","containers":[]}`,
		`{"keepContainer":{},"containersToKill":[],"killMessages":[],"containersToStart":[],"containersToUpdate":{},"updatePodResources":false}`)
}

func TestResizeValidateDecrease(t *testing.T) {
	for _, c := range []struct{ name, question, want string }{
		{"use at the new limits", `"desired":{"limit":100},"current":{"limit":200},"desiredPodMemory":100,"currentPodMemory":200,"podUsage":100,"containerUsage":100`,
			`cannot decrease memory limits: [attempting to set pod memory limit (100) below current usage (100), attempting to set container \"c\" memory limit (100) below current usage (100)]`},
		{"use below the new limits", `"desired":{"limit":100},"current":{"limit":200},"desiredPodMemory":100,"currentPodMemory":200,"podUsage":99,"containerUsage":99`, ``},
		{"a limit that is added; the text tells the pod's use", `"desired":{"limit":100},"current":{},"podUsage":777,"containerUsage":100`,
			`cannot decrease memory limits: attempting to set container \"c\" memory limit (100) below current usage (777)`},
		{"unknown use", `"desired":{"limit":100},"current":{"limit":200},"desiredPodMemory":100`,
			`cannot decrease memory limits: [missing pod memory usage, missing container \"c\" memory usage]`},
		{"only the pod's limit", `"desired":{"limit":100},"current":{"limit":100},"desiredPodMemory":300,"currentPodMemory":400,"podUsage":350,"containerUsage":100`,
			`cannot decrease memory limits: attempting to set pod memory limit (300) below current usage (350)`},
		{"increases and removals are not looked at", `"desired":{},"current":{"limit":200},"desiredPodMemory":300,"currentPodMemory":200,"podUsage":9999,"containerUsage":9999`, ``},
	} {
		t.Run(c.name, func(t *testing.T) {
			answers(t, `{"op":"resize.validateDecrease",`+c.question+`}`, fmt.Sprintf(`{"error":"%s"}`, c.want))
		})
	}
	answers(t, `{"op":"resize.validateDecrease","desired":{},"current":{},"desiredPodMemory":0}`, `{"unsupported":true}`)
}

// resizedPod is a running pod with one container's resources; more goes in front of its spec.
func resizedPod(metadata, spec, resources string) string {
	return fmt.Sprintf(`{"metadata":{"name":"p","namespace":"default","uid":"u","resourceVersion":"1","generation":1%s},
		"spec":{"nodeName":"node-1",%s"containers":[{"name":"c","image":"i","resources":%s}]},"status":{"qosClass":"Burstable","phase":"Running"}}`, metadata, spec, resources)
}

func TestResizeValidate(t *testing.T) {
	before := `{"requests":{"cpu":"100m","memory":"1Gi"},"limits":{"memory":"2Gi"}}`
	for _, c := range []struct{ name, oldPod, newPod, node, want string }{
		{"nothing changes", resizedPod("", "", before), resizedPod("", "", before), "", ``},
		{"up to the limit", resizedPod("", "", before), resizedPod("", "", `{"requests":{"cpu":"100m","memory":"2Gi"},"limits":{"memory":"2Gi"}}`), "", ``},
		{"above the limit", resizedPod("", "", before), resizedPod("", "", `{"requests":{"cpu":"100m","memory":"3Gi"},"limits":{"memory":"2Gi"}}`), "",
			`"spec.containers[0].resources.requests: Invalid value: \"3Gi\": must be less than or equal to memory limit of 2Gi"`},
		{"a request is removed", resizedPod("", "", before), resizedPod("", "", `{"requests":{"memory":"1Gi"},"limits":{"memory":"2Gi"}}`), "",
			`"spec.containers[0].resources.requests: Forbidden: resource requests cannot be removed"`},
		{"a request is removed and the limit takes its place", resizedPod("", "", before), resizedPod("", "", `{"requests":{"cpu":"100m"},"limits":{"memory":"2Gi"}}`), "", ``},
		{"another QoS class", resizedPod("", "", before), resizedPod("", "", `{"limits":{"cpu":"100m","memory":"2Gi"}}`), "",
			`"spec: Invalid value: \"Burstable\": Pod QOS Class may not change as a result of resizing"`},
		{"other resources", resizedPod("", "", before), resizedPod("", "", `{"requests":{"cpu":"100m","memory":"1Gi","ephemeral-storage":"1Gi"},"limits":{"memory":"2Gi"}}`), "",
			`"spec: Forbidden: only cpu and memory resources are mutable"`},
		{"other changes are dropped", resizedPod("", "", before), resizedPod("", `"hostNetwork":true,`, before), "", ``},
		{"static pods", resizedPod(`,"annotations":{"kubernetes.io/config.mirror":"x"}`, "", before), resizedPod(`,"annotations":{"kubernetes.io/config.mirror":"x"}`, "", before), "",
			`"[]: Forbidden: static pods cannot be resized"`},
		{"the node is too small, told before rounding", resizedPod("", "", before), resizedPod("", "", `{"requests":{"cpu":"1000.5m","memory":"2Gi"},"limits":{"memory":"2Gi"}}`),
			`{"metadata":{"name":"node-1"},"status":{"allocatable":{"cpu":"1000100u"}}}`,
			`"pods \"p\" is forbidden: node didn't have enough allocatable resources: cpu, requested: 1001, allocatable: 1001; memory, requested: 2147483648, allocatable: 0"`},
		{"the node is not asked unless the spec changes", resizedPod("", "", before), resizedPod("", "", before), `{"metadata":{"name":"node-1"}}`, ``},
		{"the node is another", resizedPod("", "", before), resizedPod("", "", `{"requests":{"cpu":"100m","memory":"2Gi"},"limits":{"memory":"2Gi"}}`),
			`{"metadata":{"name":"node-2"}}`, `"pods \"p\" is forbidden: node \"node-1\" not found"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			question := fmt.Sprintf(`{"op":"resize.validate","oldPod":%s,"newPod":%s`, c.oldPod, c.newPod)
			if c.node != "" {
				question += `,"node":` + c.node
			}
			answers(t, question+`}`, fmt.Sprintf(`{"errors":[%s]}`, c.want))
		})
	}
}
