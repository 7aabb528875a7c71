package main

import "testing"

func TestAllocatable(t *testing.T) {
	expectLines(t, served(t,
		`{"id":1,"op":"allocatable.node","capacity":{"cpu":"8","memory":"32Gi","ephemeral-storage":"100Gi","pods":"110"},"systemReserved":{"memory":"3Gi"},"evictionHard":{"memory.available":"100Mi","nodefs.available":"10%"}}`,
		`{"id":2,"op":"allocatable.node","capacity":{"memory":"10Gi"},"systemReserved":{"memory":"1.5Gi"},"evictionHard":{"memory.available":"500Mi"}}`,
		`{"id":3,"op":"allocatable.node","capacity":{"memory":"8Gi","hugepages-2Mi":"1Gi"},"kubeReserved":{"memory":"8Gi"},"evictionHard":{"memory.available":"100Mi"}}`,
		`{"id":4,"op":"allocatable.node","capacity":{"memory":"8Gi","hugepages-1Gi":"2Gi"},"evictionHard":{}}`,
		`{"id":5,"op":"allocatable.node","capacity":{"memory":"16599060480"},"systemReserved":{"memory":"0.5"}}`,
		`{"id":6,"op":"allocatable.node","capacity":{"cpu":"1","memory":"1Gi"},"systemReserved":{"memory":"1.5Gi","cpu":"2"}}`,
		`{"id":7,"op":"allocatable.node","capacity":{"example.com/gpu":"1"}}`,
	),
		`{"id":1,"reservation":{"ephemeral-storage":"10737418400","memory":"3172Mi"},"allocatable":{"cpu":"8","ephemeral-storage":"96636764000","memory":"29596Mi","pods":"110"},"kubepodsMemory":"31138512896"}`,
		`{"id":2,"reservation":{"memory":"2036Mi"},"allocatable":{"memory":"8204Mi"},"kubepodsMemory":"9126805504"}`,
		`{"id":3,"reservation":{"memory":"8292Mi"},"allocatable":{"hugepages-2Mi":"1Gi","memory":"0"},"kubepodsMemory":"0","validateError":"invalid Node Allocatable configuration. Resource \"memory\" has a reservation of {{8694792192 0} {<nil>}  BinarySI} but capacity of {{8589934592 0} {<nil>}  BinarySI}. Expected capacity >= reservation."}`,
		`{"id":4,"reservation":{},"allocatable":{"hugepages-1Gi":"2Gi","memory":"6Gi"},"kubepodsMemory":"8589934592"}`,
		`{"id":5,"reservation":{"memory":"500m"},"allocatable":{"memory":"16599060479500m"},"kubepodsMemory":"16599060480"}`,
		`{"id":6,"reservation":{"cpu":"2","memory":"1536Mi"},"allocatable":{"cpu":"0","memory":"0"},"kubepodsMemory":"0","validateError":"invalid Node Allocatable configuration. Resource \"cpu\" has a reservation of {{2 0} {<nil>}  DecimalSI} but capacity of {{1000 -3} {<nil>}  DecimalSI}. Expected capacity >= reservation. Resource \"memory\" has a reservation of {{0 0} {0x…}  BinarySI} but capacity of {{1073741824 0} {<nil>}  BinarySI}. Expected capacity >= reservation."}`,
		`{"id":7,"error":"oracle: a kubelet measures no \"example.com/gpu\""}`)
}

func TestReservations(t *testing.T) {
	expectLines(t, served(t,
		`{"id":1,"op":"resourceList.parse","input":{"memory":"+2Gi","cpu":"0100m","pid":"0","ephemeral-storage":"1.5Gi"}}`,
		`{"id":2,"op":"resourceList.parse","input":null}`,
		`{"id":3,"op":"resourceList.parse","input":{}}`,
		`{"id":4,"op":"resourceList.parse","input":{"memry":"1","memory":"2GiB"}}`,
		`{"id":5,"op":"resourceList.parse","input":{"memory":"-1"}}`,
		`{"id":6,"op":"resourceList.parse","input":{"hugepages-2Mi":"1Gi"}}`,
	),
		`{"id":1,"result":{"cpu":"0100m","ephemeral-storage":"1536Mi","memory":"+2Gi","pid":"0"}}`,
		`{"id":2,"result":null}`,
		`{"id":3,"result":null}`,
		`{"id":4,"error":"failed to parse quantity \"2GiB\" for \"memory\" resource: quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"}`,
		`{"id":5,"error":"resource quantity for \"memory\" cannot be negative: -1"}`,
		`{"id":6,"error":"cannot reserve \"hugepages-2Mi\" resource"}`)
}

func TestOOMScores(t *testing.T) {
	expectLines(t, served(t,
		`{"id":1,"op":"qos.oomScoreAdj","kind":"container","memoryRequest":"1.5Gi","capacity":"4Gi"}`,
		`{"id":2,"op":"qos.oomScoreAdj","kind":"container","memoryRequest":"64Mi","capacity":4294967296}`,
		`{"id":3,"op":"qos.oomScoreAdj","kind":"sidecar","memoryRequest":"64Mi","capacity":"4Gi","regularContainerRequests":["2Gi","1Gi"]}`,
		`{"id":4,"op":"qos.oomScoreAdj","kind":"container","memoryRequest":"64Mi","capacity":"4Gi","regularContainerRequests":["1Gi"],"podLevelMemoryRequest":"2Gi"}`,
		`{"id":5,"op":"qos.oomScoreAdj","kind":"container","capacity":"4Gi","priority":2000001000,"priorityClassName":"system-node-critical"}`,
		`{"id":6,"op":"qos.oomScoreAdj","kind":"container","capacity":"4Gi","static":true}`,
		`{"id":7,"op":"qos.oomScoreAdj","kind":"container","memoryRequest":"1Gi","memoryLimit":"1Gi","cpuRequest":"1","cpuLimit":"1","capacity":"4Gi"}`,
		`{"id":8,"op":"qos.oomScoreAdj","kind":"sidecar","memoryRequest":"1Gi","capacity":"4Gi"}`,
	),
		`{"id":1,"qosClass":"Burstable","oomScoreAdj":625}`,
		`{"id":2,"qosClass":"Burstable","oomScoreAdj":985}`,
		`{"id":3,"qosClass":"Burstable","oomScoreAdj":750}`,
		`{"id":4,"qosClass":"Burstable","oomScoreAdj":868}`,
		`{"id":5,"qosClass":"BestEffort","oomScoreAdj":-997}`,
		`{"id":6,"qosClass":"BestEffort","oomScoreAdj":1000}`,
		`{"id":7,"qosClass":"Guaranteed","oomScoreAdj":-997}`,
		`{"id":8,"qosClass":"Burstable","oomScoreAdj":750}`)
}

func TestSwap(t *testing.T) {
	requireCgroup2(t)
	expectLines(t, served(t,
		`{"id":1,"op":"swap.limited","request":"1Gi","nodeMemory":8589934592,"nodeSwap":"4Gi"}`,
		`{"id":2,"op":"swap.limited","request":"1000001","nodeMemory":"7Gi","nodeSwap":"3Gi"}`,
		`{"id":3,"op":"swap.limited","request":"9Gi","nodeMemory":"8Gi","nodeSwap":"4Gi"}`,
		`{"id":4,"op":"swap.limited","request":"0","nodeMemory":"8Gi","nodeSwap":"4Gi"}`,
		`{"id":5,"op":"swap.limited","request":"1","nodeMemory":0,"nodeSwap":1}`,
	),
		`{"id":1,"limit":"536870912"}`,
		`{"id":2,"limit":"428571"}`,
		`{"id":3,"error":"container request 9663676416 is larger than total node memory 8589934592"}`,
		`{"id":4,"limit":"0"}`,
		`{"id":5,"error":"total node memory is 0"}`)
}
