package node

import (
	"slices"
	"testing"
)

func testDisk(t *testing.T, files map[string]string) Disk {
	t.Helper()
	disk := Disk{t.TempDir()}
	for path, content := range files {
		if err := disk.Write(path, content); err != nil {
			t.Fatal(err)
		}
	}
	return disk
}

func TestLayersReplaceAndAppend(t *testing.T) {
	tests := map[string]struct {
		files map[string]string
		want  []string
	}{
		"a plus appends":            {map[string]string{configFolder + "/1.yaml": "kubelet-arg: [a=1]", configFolder + "/2.yaml": "kubelet-arg+: [b=2, c=3]"}, []string{"a=1", "b=2", "c=3"}},
		"none replaces":             {map[string]string{configFolder + "/1.yaml": "kubelet-arg: [a=1]", configFolder + "/2.yaml": "kubelet-arg: [b=2]"}, []string{"b=2"}},
		"in byte order":             {map[string]string{configFolder + "/b.yaml": "kubelet-arg: [b]", configFolder + "/B.yaml": "kubelet-arg: [B]"}, []string{"b"}},
		"a scalar is a list of one": {map[string]string{configFile: "kubelet-arg: a=1", configFolder + "/2.yml": "kubelet-arg+: b=2"}, []string{"a=1", "b=2"}},
		"other files are not read":  {map[string]string{configFolder + "/1.yaml": "kubelet-arg: [a=1]", configFolder + "/2.txt": "kubelet-arg: [b=2]"}, []string{"a=1"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			settings, err := configuration(testDisk(t, test.files))
			if err != nil {
				t.Fatal(err)
			}
			if got := kubeletArgs(settings); !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestLayersThatAreNoMappings(t *testing.T) {
	if _, err := configuration(testDisk(t, map[string]string{configFolder + "/1.yaml": "- a"})); err == nil {
		t.Error("a list was taken for RKE2's configuration")
	}
}

func TestCommandLine(t *testing.T) {
	defaults := map[string]string{"v": "0", "config-dir": "/d"}
	tests := map[string]struct{ given, want []string }{
		"defaults stay":      {nil, []string{"--config-dir=/d", "--v=0"}},
		"a value replaces":   {[]string{"v=1"}, []string{"--config-dir=/d", "--v=1"}},
		"all of a name stay": {[]string{"v=1", "--v=2"}, []string{"--config-dir=/d", "--v=1", "--v=2"}},
		"a plus appends":     {[]string{"v+=1"}, []string{"--config-dir=/d", "--v=0", "--v=1"}},
		"a minus prepends":   {[]string{"v-=1"}, []string{"--config-dir=/d", "--v=1", "--v=0"}},
		"no value is true":   {[]string{"a"}, []string{"--a=true", "--config-dir=/d", "--v=0"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := commandLine(defaults, test.given); !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
