package main

import "testing"

func TestThresholds(t *testing.T) {
	expectLines(t, served(t,
		`{"id":1,"op":"thresholds.parse","enforceNodeAllocatable":["pods"],"evictionHard":{"memory.available":"6Gi","imagefs.available":"100%"},"evictionSoft":{"memory.available":"7Gi"},"evictionSoftGracePeriod":{"memory.available":"1m30s"},"evictionMinimumReclaim":{"memory.available":"4Gi"}}`,
		`{"id":2,"op":"thresholds.parse","evictionHard":{"nodefs.available":"10%"},"evictionMinimumReclaim":{"nodefs.available":"150%"}}`,
	),
		`{"id":1,"thresholds":[`+
			`{"signal":"allocatableMemory.available","operator":"LessThan","value":{"quantity":"6Gi","value":"6442450944"},"gracePeriod":"0s","minReclaim":{"quantity":"4Gi","value":"4294967296"}},`+
			`{"signal":"memory.available","operator":"LessThan","value":{"quantity":"6Gi","value":"6442450944"},"gracePeriod":"0s","minReclaim":{"quantity":"4Gi","value":"4294967296"}},`+
			`{"signal":"memory.available","operator":"LessThan","value":{"quantity":"7Gi","value":"7516192768"},"gracePeriod":"1m30s","minReclaim":{"quantity":"4Gi","value":"4294967296"}}]}`,
		`{"id":2,"thresholds":[{"signal":"nodefs.available","operator":"LessThan","value":{"percentageFloat32":"0.1"},"gracePeriod":"0s","minReclaim":{"percentageFloat32":"1.5"}}]}`)
}

// Upstream reports any of several errors, in this order of checks.
func TestTheFirstErrorIsReported(t *testing.T) {
	const bad = `"b":"1","a":"1"`
	expectLines(t, served(t,
		`{"id":1,"op":"thresholds.parse","evictionHard":{`+bad+`},"evictionSoft":{"c":"1"}}`,
		`{"id":2,"op":"thresholds.parse","evictionSoft":{"pid.available":"0","memory.available":"-1"}}`,
		`{"id":3,"op":"thresholds.parse","evictionSoftGracePeriod":{"pid.available":"-1s","memory.available":"1"}}`,
		`{"id":4,"op":"thresholds.parse","evictionMinimumReclaim":{"pid.available":"-1","memory.available":"-1%"}}`,
		`{"id":5,"op":"thresholds.parse","evictionSoft":{"pid.available":"1","memory.available":"1"},"evictionSoftGracePeriod":{"imagefs.available":"0s"}}`,
	),
		`{"id":1,"error":"unsupported eviction signal a"}`,
		`{"id":2,"error":"eviction threshold memory.available must be positive: -1"}`,
		`{"id":3,"error":"time: missing unit in duration \"1\""}`,
		`{"id":4,"error":"eviction percentage minimum reclaim memory.available must be positive: -1%"}`,
		`{"id":5,"error":"grace period must be specified for the soft eviction threshold memory.available"}`)
}

func TestPercentages(t *testing.T) {
	expectLines(t, served(t,
		`{"id":1,"op":"thresholds.quantity","percentage":"10%","capacity":"8589934592"}`,
		`{"id":2,"op":"thresholds.quantity","percentage":"5%","capacity":"6553600"}`,
		`{"id":3,"op":"thresholds.quantity","percentage":"15%","capacity":"107374182400"}`,
		`{"id":4,"op":"thresholds.quantity","percentage":"100%","capacity":"8Gi"}`,
		`{"id":5,"op":"thresholds.quantity","percentage":"0%","capacity":"8Gi"}`,
		`{"id":6,"op":"thresholds.quantity","percentage":"101%","capacity":"8Gi"}`,
	),
		`{"id":1,"threshold":"858993472","string":"858993472"}`,
		`{"id":2,"threshold":"327680","string":"320Ki"}`,
		`{"id":3,"threshold":"16106128000","string":"16106128000"}`,
		`{"id":4,"threshold":"8589934592","string":"8Gi"}`,
		`{"id":5,"threshold":"0","string":"0"}`,
		`{"id":6,"error":"eviction percentage threshold memory.available must be <= 100%: 101%"}`)
}

func TestContainerFsFollowsTheOthers(t *testing.T) {
	const nodeFs = `{"signal":"nodefs.available","operator":"LessThan","value":{"percentageFloat32":"0.1"},"gracePeriod":"0s"}`
	const none = `{"signal":"containerfs.inodesFree","operator":"","value":{"percentageFloat32":"0"},"gracePeriod":"0s"}`
	const noSoft = `{"signal":"containerfs.available","operator":"","value":{"percentageFloat32":"0"},"gracePeriod":"0s"}`
	expectLines(t, served(t,
		`{"id":1,"op":"thresholds.updateContainerFs","evictionHard":{"nodefs.available":"10%","containerfs.available":"3%"},"imageFs":false,"separateContainerImageFs":false}`,
		`{"id":2,"op":"thresholds.updateContainerFs","evictionHard":{"nodefs.available":"10%"},"imageFs":false,"separateContainerImageFs":true}`,
	),
		`{"id":1,"thresholds":[{"signal":"containerfs.available","operator":"LessThan","value":{"percentageFloat32":"0.1"},"gracePeriod":"0s"},`+noSoft+`,`+none+`,`+none+`,`+nodeFs+`]}`,
		`{"id":2,"thresholds":[`+nodeFs+`]}`)
}
