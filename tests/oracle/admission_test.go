package main

import "testing"

const largeNode = `"allocatable":{"cpu":"4","memory":"8Gi","pods":"110","ephemeral-storage":"100Gi"}`

func TestAdmissionRestart(t *testing.T) {
	for _, c := range []struct{ name, question, want string }{
		{
			"oldest first, static pods and mirrors before all",
			largeNode + `,"pods":[
				{"name":"young","created":"2026-01-02T00:00:00Z","requests":{"memory":"5Gi"}},
				{"name":"old","created":"2026-01-01T00:00:00Z","requests":{"memory":"5Gi"}},
				{"name":"small","created":"2026-01-03T00:00:00Z","requests":{"memory":"1Gi"}},
				{"name":"static","static":true,"requests":{"memory":"1Gi"}},
				{"name":"mirror","mirror":true,"created":"2026-05-01T00:00:00Z","requests":{"memory":"1Gi"}}]`,
			`{"admitted":["static","mirror","old","small"],"rejected":[{"name":"young","reason":"OutOfmemory"}],"preempted":[]}`,
		},
		{
			"the checkpoint counts, in both directions",
			largeNode + `,"pods":[
				{"name":"grown","requests":{"memory":"1Gi","cpu":"1"},"allocated":{"memory":"9Gi"}},
				{"name":"shrunk","requests":{"memory":"10Gi"},"allocated":{"memory":"2Gi"}},
				{"name":"third","created":"2026-01-01T00:00:00Z","requests":{"memory":"6Gi"}}]`,
			`{"admitted":["shrunk","third"],"rejected":[{"name":"grown","reason":"OutOfmemory"}],"preempted":[]}`,
		},
		{
			"critical pods preempt, also each other by priority, or fail",
			largeNode + `,"pods":[
				{"name":"vm","created":"2026-01-01T00:00:00Z","requests":{"memory":"5Gi"}},
				{"name":"critical","created":"2026-01-02T00:00:00Z","priority":2000000000,"requests":{"memory":"5Gi"}},
				{"name":"higher","created":"2026-01-03T00:00:00Z","priority":2000001000,"requests":{"memory":"5Gi"}},
				{"name":"hopeless","created":"2026-01-04T00:00:00Z","priority":2000001000,"requests":{"memory":"9Gi"}}]`,
			`{"admitted":["vm","critical","higher"],"rejected":[{"name":"hopeless","reason":"UnexpectedAdmissionError"}],"preempted":["vm","critical"]}`,
		},
		{
			"memory pressure refuses BestEffort pods that do not tolerate it",
			largeNode + `,"pressure":["MemoryPressure"],"pods":[
				{"name":"plain"},
				{"name":"tolerant","tolerations":[{"key":"node.kubernetes.io/memory-pressure","operator":"Exists","effect":"NoSchedule"}]},
				{"name":"burstable","requests":{"memory":"1"}},
				{"name":"critical","priority":2000000000}]`,
			`{"admitted":["tolerant","burstable","critical"],"rejected":[{"name":"plain","reason":"Evicted"}],"preempted":[]}`,
		},
		{
			"any other pressure refuses all but critical pods",
			largeNode + `,"pressure":["PIDPressure","MemoryPressure"],"pods":[{"name":"burstable","requests":{"memory":"1"}},{"name":"static","static":true}]`,
			`{"admitted":["static"],"rejected":[{"name":"burstable","reason":"Evicted"}],"preempted":[]}`,
		},
		{
			"the first reason: pods, cpu, memory, ephemeral storage, others by name",
			`"allocatable":{"pods":"1"},"pods":[
				{"name":"first"},
				{"name":"second","requests":{"cpu":"1","memory":"1"}}]`,
			`{"admitted":["first"],"rejected":[{"name":"second","reason":"OutOfpods"}],"preempted":[]}`,
		},
		{
			"what allocatable does not have: other resources of the node reject, extended ones do not",
			`"allocatable":{"pods":"9","cpu":"1"},"pods":[
				{"name":"cpu","requests":{"cpu":"2","memory":"1"}},
				{"name":"memory","requests":{"memory":"1","ephemeral-storage":"1"}},
				{"name":"disk","requests":{"ephemeral-storage":"1","hugepages-2Mi":"2Mi"}},
				{"name":"huge","requests":{"hugepages-2Mi":"2Mi","hugepages-1Gi":"1Gi"}},
				{"name":"extended","requests":{"example.com/device":"1"}}]`,
			`{"admitted":["extended"],"rejected":[{"name":"cpu","reason":"OutOfcpu"},{"name":"memory","reason":"OutOfmemory"},
			  {"name":"disk","reason":"OutOfephemeral-storage"},{"name":"huge","reason":"OutOfhugepages-1Gi"}],"preempted":[]}`,
		},
		{
			"without a number of pods there is room for none; pods that ended need none",
			`"allocatable":{"memory":"8Gi"},"pods":[{"name":"running","phase":"Running"},{"name":"done","phase":"Succeeded"},{"name":"failed","phase":"Failed"}]`,
			`{"admitted":[],"rejected":[{"name":"running","reason":"OutOfpods"}],"preempted":[]}`,
		},
		{
			"init containers by their peak, sidecars and overhead on top",
			largeNode + `,"pods":[
				{"name":"init","requests":{"memory":"1Gi"},"initRequests":{"memory":"6Gi"},"sidecarRequests":{"memory":"1Gi"},"overhead":{"memory":"1Gi"}},
				{"name":"even","created":"2026-01-01T00:00:00Z","requests":{"memory":"512Mi"},"sidecarRequests":{"memory":"512Mi"}},
				{"name":"above","created":"2026-01-02T00:00:00Z","requests":{"memory":"1"}}]`,
			`{"admitted":["init","even"],"rejected":[{"name":"above","reason":"OutOfmemory"}],"preempted":[]}`,
		},
	} {
		t.Run(c.name, func(t *testing.T) { answers(t, `{"op":"admission.restart",`+c.question+`}`, c.want) })
	}
}
