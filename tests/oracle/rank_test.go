package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestRankMemory(t *testing.T) {
	for _, c := range []struct{ name, pods, want string }{
		{
			"above the request, then priority, then how far above",
			`{"name":"within","memoryRequest":"2Gi","memoryWorkingSetBytes":2147483648},
			 {"name":"important","priority":1000,"memoryRequest":"1Gi","memoryWorkingSetBytes":4294967296},
			 {"name":"above","memoryRequest":"1Gi","memoryWorkingSetBytes":2147483648},
			 {"name":"far-above","memoryRequest":"1Gi","memoryWorkingSetBytes":3221225472}`,
			`"far-above","above","important","within"`,
		},
		{
			"no statistics come first, no use at all counts as none",
			`{"name":"idle","priority":-5},{"name":"busy","memoryWorkingSetBytes":1},{"name":"unknown","priority":5,"noStats":true}`,
			`"unknown","busy","idle"`,
		},
		{
			"no priority is 0",
			`{"name":"none","memoryWorkingSetBytes":1},{"name":"below","priority":-1,"memoryWorkingSetBytes":1}`,
			`"below","none"`,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, signal := range []string{"memory.available", "allocatableMemory.available"} {
				answers(t, fmt.Sprintf(`{"op":"eviction.rank","signal":%q,"layout":"single","pods":[%s]}`, signal, c.pods), `{"order":[`+c.want+`]}`)
			}
		})
	}
}

// What counts against a file system depends on the layout.
func TestRankDisk(t *testing.T) {
	pods := `{"name":"rootfs","rootfsUsedBytes":30},{"name":"logs","logsUsedBytes":20},{"name":"volume","emptyDirUsedBytes":10}`
	everything, withoutRootfs, rootfsOnly, asGiven := `"rootfs","logs","volume"`, `"logs","volume","rootfs"`, `"rootfs","logs","volume"`, `"rootfs","logs","volume"`
	for _, c := range []struct{ signal, layout, want string }{
		{"nodefs.available", "single", everything},
		{"imagefs.available", "single", everything},
		{"containerfs.available", "single", everything},
		{"nodefs.available", "dedicated-imagefs", withoutRootfs},
		{"imagefs.available", "dedicated-imagefs", rootfsOnly},
		{"containerfs.available", "dedicated-imagefs", rootfsOnly},
		{"nodefs.available", "split-containerfs", everything},
		{"containerfs.available", "split-containerfs", everything},
		{"imagefs.available", "split-containerfs", asGiven},
	} {
		answers(t, fmt.Sprintf(`{"op":"eviction.rank","signal":%q,"layout":%q,"pods":[%s]}`, c.signal, c.layout, pods), `{"order":[`+c.want+`]}`)
	}
}

// A pod's use of inodes is compared after its request of bytes was taken off.
func TestRankInodes(t *testing.T) {
	answers(t, `{"op":"eviction.rank","signal":"nodefs.inodesFree","layout":"single","pods":[
		{"name":"more","ephemeralStorageRequest":"1k","rootfsInodesUsed":900},{"name":"fewer","rootfsInodesUsed":10}]}`, `{"order":["fewer","more"]}`)
}

// Counts of processes are subtracted as unsigned numbers and may wrap around; requests play no part.
func TestRankProcesses(t *testing.T) {
	answers(t, `{"op":"eviction.rank","signal":"pid.available","layout":"single","pods":[
		{"name":"one","processCount":1},{"name":"many","processCount":300},{"name":"wrapped","processCount":18446744073709551615}]}`,
		`{"order":["many","one","wrapped"]}`)
}

// Go's sort is not stable: in lists of more than 12, equal pods change places.
func TestRankTies(t *testing.T) {
	for count, wantStable := range map[int]bool{12: true, 40: false} {
		pods := make([]string, count)
		for i := range pods {
			pods[i] = fmt.Sprintf(`{"name":"%02d","priority":%d}`, i, i%2)
		}
		answer := answerTo(t, `{"op":"eviction.rank","signal":"memory.available","layout":"single","pods":[`+strings.Join(pods, ",")+`]}`)
		order := answer["order"].([]any)
		stable := slices.IsSortedFunc(order, func(a, b any) int {
			return cmp.Or(cmp.Compare(parity(a), parity(b)), cmp.Compare(a.(string), b.(string)))
		})
		if len(order) != count || stable != wantStable {
			t.Errorf("%d pods of two priorities: %v", count, order)
		}
	}
}

func parity(name any) int { return int(name.(string)[1]) % 2 }

func TestRankRefuses(t *testing.T) {
	answers(t, `{"op":"eviction.rank","signal":"sky.available","layout":"single"}`, `{"error":"unsupported eviction signal sky.available"}`)
	answers(t, `{"op":"eviction.rank","signal":"pid.available","layout":"cloud"}`, `{"error":"oracle: unknown layout \"cloud\""}`)
}
