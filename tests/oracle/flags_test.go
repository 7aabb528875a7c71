package main

import "testing"

func TestMapFlags(t *testing.T) {
	expectLines(t, served(t,
		`{"id":1,"op":"flags.map","separator":"<","initial":{"memory.available":"100Mi"},"sets":["a<b<c, d < e ","<",""]}`,
		`{"id":2,"op":"flags.map","separator":"=","initial":null,"sets":["a=b,c","d=e"]}`,
		`{"id":3,"op":"flags.map","separator":"<","initial":null,"sets":[]}`,
		`{"id":4,"op":"flags.map","separator":"<","initial":{"a":"b"},"sets":[""]}`,
	),
		`{"id":1,"result":{"":"","a":"b<c","d":"e"},"string":"<,a<b<c,d<e","errors":["","",""]}`,
		`{"id":2,"result":{"a":"b","d":"e"},"string":"a=b,d=e","errors":["malformed pair, expect string=string",""]}`,
		`{"id":3,"result":null,"string":"","errors":[]}`,
		`{"id":4,"result":{},"string":"","errors":[""]}`)
}

func TestScalarFlags(t *testing.T) {
	expectLines(t, served(t,
		`{"id":1,"op":"flags.scalar","kind":"int32","flag":"eviction-max-pod-grace-period","args":["--eviction_max_pod_grace_period=0x10"]}`,
		`{"id":2,"op":"flags.scalar","kind":"bool","flag":"fail-swap-on","args":["--fail-swap-on","false"]}`,
		`{"id":3,"op":"flags.scalar","kind":"duration","flag":"eviction-pressure-transition-period","args":[]}`,
		`{"id":4,"op":"flags.scalar","kind":"stringSlice","flag":"enforce-node-allocatable","args":["--enforce-node-allocatable=pods, x","--enforce-node-allocatable=\"a,b\""]}`,
		`{"id":5,"op":"flags.scalar","kind":"stringSlice","flag":"enforce-node-allocatable","args":["--enforce-node-allocatable="]}`,
		`{"id":6,"op":"flags.scalar","kind":"bool","flag":"of-no-kubelet","args":["--of-no-kubelet"]}`,
		`{"id":7,"op":"flags.scalar","kind":"int32","flag":"max-pods","args":["--max-pods"]}`,
		`{"id":8,"op":"flags.scalar","kind":"int32","flag":"max-pods","args":["--evictionhard=x"]}`,
		`{"id":9,"op":"flags.scalar","kind":"int32","flag":"max-pods","args":[]}`,
	),
		`{"id":1,"value":"16"}`,
		`{"id":2,"value":"true"}`,
		`{"id":3,"value":"5m0s"}`,
		`{"id":4,"value":"[pods,\" x\",\"a,b\"]"}`,
		`{"id":5,"value":"[]"}`,
		`{"id":6,"value":"true"}`,
		`{"id":7,"error":"flag needs an argument: --max-pods"}`,
		`{"id":8,"error":"unknown flag: --evictionhard"}`,
		`{"id":9,"value":"110"}`)
}
