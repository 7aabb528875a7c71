package agent

import (
	"maps"
	"reflect"
	"time"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// cloudInit is a CloudInit object.
type cloudInit struct{ *unstructured.Unstructured }

func (c cloudInit) text(field string) string {
	value, _, _ := unstructured.NestedString(c.Object, "spec", field)
	return value
}

func (c cloudInit) contents() string { return c.text("contents") }

func (c cloudInit) path() string { return oem + c.text("filename") }

func (c cloudInit) paused() bool {
	value, _, _ := unstructured.NestedBool(c.Object, "spec", "paused")
	return value
}

func (c cloudInit) selector() map[string]string {
	value, _, _ := unstructured.NestedStringMap(c.Object, "spec", "matchSelector")
	return value
}

// conditions tell how one node stands; the time of one whose status has not changed stays.
func conditions(before any, applies, present, inSync bool) []any {
	applicable, checksum, presence := "CloudInitNotApplicable", "CloudInitChecksumMatch", "CloudInitAbsentFromDisk"
	if applies {
		applicable = "CloudInitApplicable"
	}
	outOfSync := applies && !inSync
	if outOfSync {
		checksum = "CloudInitChecksumMismatch"
	}
	if present {
		presence = "CloudInitPresentOnDisk"
	}
	return []any{
		condition(before, "Applicable", applies, applicable), condition(before, "OutOfSync", outOfSync, checksum), condition(before, "Present", present, presence),
	}
}

func condition(before any, kind string, holds bool, reason string) map[string]any {
	status, changed := "False", time.Now().UTC().Format(time.RFC3339)
	if holds {
		status = "True"
	}
	if rollout, isMap := before.(map[string]any); isMap {
		old, _, _ := unstructured.NestedSlice(rollout, "conditions")
		for _, entry := range old {
			if entry, isMap := entry.(map[string]any); isMap && entry["type"] == kind && entry["status"] == status {
				changed, _ = entry["lastTransitionTime"].(string)
			}
		}
	}
	return map[string]any{"type": kind, "status": status, "reason": reason, "message": "", "lastTransitionTime": changed}
}

func equal(a, b map[string]any) bool {
	return maps.EqualFunc(a, b, func(x, y any) bool { return reflect.DeepEqual(x, y) })
}
