package main

import "testing"

func TestEvictionMessage(t *testing.T) {
	for _, c := range []struct{ name, question, want string }{
		{
			"containers that use more than they request",
			`"resource":"memory","signal":"memory.available","threshold":"100Mi","capacity":"8Gi","available":"50Mi","hasStats":true,"containers":[
				{"name":"a","request":"1Gi","usage":2147483648},{"name":"even","request":"1Gi","usage":"1Gi"},{"name":"b","usage":10}]`,
			`{"message":"The node was low on resource: memory. Threshold quantity: 100Mi, available: 50Mi. Container a was using 2Gi, request is 1Gi, has larger consumption of memory. Container b was using 10, request is 0, has larger consumption of memory. ",
			  "annotations":{"offending_containers":"a,b","offending_containers_usage":"2Gi,10","starved_resource":"memory"}}`,
		},
		{
			"available above the threshold: an eviction before the minimum was reclaimed",
			`"resource":"memory","signal":"allocatableMemory.available","threshold":"10%","capacity":8589934592,"available":5368709120,"hasStats":false`,
			`{"message":"The node was low on resource: memory. Threshold quantity: 858993472, available: 5Gi. ","annotations":{}}`,
		},
		{
			"local storage counts when root file system and logs are known",
			`"resource":"ephemeral-storage","signal":"containerfs.available","threshold":"2Gi","capacity":"8Gi","available":1,"hasStats":true,"containers":[
				{"name":"a","usage":1024},{"name":"unknown"}]`,
			`{"message":"The node was low on resource: ephemeral-storage. Threshold quantity: 2Gi, available: 1. Container a was using 1Ki, request is 0, has larger consumption of ephemeral-storage. ",
			  "annotations":{"offending_containers":"a","offending_containers_usage":"1Ki","starved_resource":"ephemeral-storage"}}`,
		},
		{
			"nobody is blamed for inodes",
			`"resource":"inodes","signal":"nodefs.inodesFree","threshold":"5%","capacity":6553600,"available":100,"hasStats":true,"containers":[{"name":"a","usage":5}]`,
			`{"message":"The node was low on resource: inodes. Threshold quantity: 320Ki, available: 100. ",
			  "annotations":{"offending_containers":"","offending_containers_usage":"","starved_resource":"inodes"}}`,
		},
		{
			"more processes than allowed",
			`"resource":"pids","signal":"pid.available","threshold":"1000","capacity":32768,"available":-5,"hasStats":false`,
			`{"message":"The node was low on resource: pids. Threshold quantity: 1k, available: -5. ","annotations":{}}`,
		},
		{"another signal's resource", `"resource":"memory","signal":"pid.available","threshold":"1000","capacity":32768,"available":5,"hasStats":true`, `{"unsupported":true}`},
		{"a threshold that is dropped", `"resource":"pids","signal":"pid.available","threshold":"100%","capacity":32768,"available":5`, `{"unsupported":true}`},
		{"a threshold that is refused", `"resource":"pids","signal":"pid.available","threshold":"0","capacity":32768,"available":5`, `{"error":"eviction threshold pid.available must be positive: 0"}`},
	} {
		t.Run(c.name, func(t *testing.T) { answers(t, `{"op":"eviction.message",`+c.question+`}`, c.want) })
	}
}
