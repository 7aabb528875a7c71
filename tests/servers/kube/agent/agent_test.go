package agent

import (
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/client-go/tools/cache"
)

func object(name string, spec map[string]any) cloudInit {
	return cloudInit{&unstructured.Unstructured{Object: map[string]any{"metadata": map[string]any{"name": name}, "spec": spec}}}
}

func TestFileNamesAreMadeBootFiles(t *testing.T) {
	for given, want := range map[string]string{"99_a": "99_a.yaml", "a.yml": "a.yml", "/etc/passwd": "passwd.yaml", "../b.yaml": "b.yaml"} {
		patch, err := mutate(object("a", map[string]any{"filename": given}))
		if err != nil || !strings.Contains(string(patch), `"value":"`+want+`"`) {
			t.Errorf("%s became %s, %v", given, patch, err)
		}
	}
	if patch, err := mutate(object("a", map[string]any{})); patch != nil || err != nil {
		t.Errorf("without a name there is %s, %v", patch, err)
	}
}

func TestBootFilesThatAreRefused(t *testing.T) {
	store := cache.NewStore(cache.MetaNamespaceKeyFunc)
	if err := store.Add(object("other", map[string]any{"filename": "taken.yaml"}).Unstructured); err != nil {
		t.Fatal(err)
	}
	manager := &Manager{store: store}
	tests := map[string]struct{ name, filename, contents, want string }{
		"sensible":          {"a", "99.yaml", "stages: {}", ""},
		"taken by another":  {"a", "taken.yaml", "stages: {}", "filename already in use"},
		"taken by itself":   {"other", "taken.yaml", "stages: {}", ""},
		"Harvester's own":   {"a", "90_custom.yaml", "stages: {}", "filename conflicts with a critical system-owned file"},
		"GRUB's, as a file": {"a", "grubenv.yaml", "stages: {}", "filename conflicts with a critical system-owned file"},
		"another suffix":    {"a", "99.txt", "stages: {}", "filename does not end in .yaml or .yml"},
		"a list":            {"a", "99.yaml", "- a", "could not parse document as yaml"},
		"no YAML":           {"a", "99.yaml", "a: [", "could not parse document as yaml"},
		"nothing":           {"a", "99.yaml", "", "could not parse document as yaml"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := manager.validate(object(test.name, map[string]any{"filename": test.filename, "contents": test.contents}))
			if got := message(err); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func message(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestConditions(t *testing.T) {
	tests := map[string]struct {
		applies, present, inSync bool
		want                     string
	}{
		"written":        {true, true, true, "True CloudInitApplicable, False CloudInitChecksumMatch, True CloudInitPresentOnDisk"},
		"out of date":    {true, true, false, "True CloudInitApplicable, True CloudInitChecksumMismatch, True CloudInitPresentOnDisk"},
		"not there yet":  {true, false, false, "True CloudInitApplicable, True CloudInitChecksumMismatch, False CloudInitAbsentFromDisk"},
		"does not apply": {false, false, false, "False CloudInitNotApplicable, False CloudInitChecksumMatch, False CloudInitAbsentFromDisk"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, entry := range conditions(nil, test.applies, test.present, test.inSync) {
				entry := entry.(map[string]any)
				got = append(got, entry["status"].(string)+" "+entry["reason"].(string))
			}
			if text := strings.Join(got, ", "); text != test.want {
				t.Errorf("got %s, want %s", text, test.want)
			}
		})
	}
}

func TestConditionsKeepTheTimeOfTheirLastChange(t *testing.T) {
	const long = "2020-01-01T00:00:00Z"
	before := conditions(nil, true, true, false)
	for _, entry := range before {
		entry.(map[string]any)["lastTransitionTime"] = long
	}
	kept := map[string]bool{}
	for _, entry := range conditions(map[string]any{"conditions": before}, true, true, true) {
		entry := entry.(map[string]any)
		kept[entry["type"].(string)] = entry["lastTransitionTime"] == long
	}
	if !kept["Applicable"] || !kept["Present"] || kept["OutOfSync"] {
		t.Errorf("kept: %v", kept)
	}
}
