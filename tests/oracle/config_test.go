package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

const kubeletConfiguration = "apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\n"

// mergeCase is one way to configure a kubelet and the hard thresholds that come of it.
type mergeCase struct {
	name, configFile string
	dropIns          map[string]string
	args             []string
	evictionHard     string
}

func TestWhichLayerWins(t *testing.T) {
	const defaults = `"imagefs.available":"15%","imagefs.inodesFree":"5%"`
	const dropIn = kubeletConfiguration + "evictionHard: {memory.available: 5Gi}\n"
	cases := []mergeCase{
		{"nothing", "", nil, nil, `null`},
		{"a file", kubeletConfiguration, nil, nil, `{` + defaults + `,"memory.available":"100Mi","nodefs.available":"10%","nodefs.inodesFree":"5%"}`},
		{"a drop-in", "", map[string]string{"1.conf": dropIn}, nil, `{"memory.available":"5Gi"}`},
		{"another suffix", "", map[string]string{"1.yaml": dropIn}, nil, `null`},
		{"a misspelt key", "", map[string]string{"1.conf": kubeletConfiguration + "evictionHardd: {a: b}\n"}, nil, `null`},
		{"drop-ins in order", "", map[string]string{"1.conf": dropIn, "2.conf": kubeletConfiguration + "evictionHard: {memory.available: 6Gi, pid.available: 5%}\n"}, nil, `{"memory.available":"6Gi","pid.available":"5%"}`},
		{"a file and a drop-in", kubeletConfiguration, map[string]string{"1.conf": dropIn}, nil, `{` + defaults + `,"memory.available":"5Gi","nodefs.available":"10%","nodefs.inodesFree":"5%"}`},
		{"a drop-in that removes", kubeletConfiguration, map[string]string{"1.conf": kubeletConfiguration + "evictionHard: null\n"}, nil, `null`},
		{"a flag over a drop-in", "", map[string]string{"1.conf": kubeletConfiguration + "evictionHard: {nodefs.available: 5%}\n"}, []string{"--eviction-hard=memory.available<6Gi"}, `{"memory.available":"6Gi"}`},
		{"two flags", "", nil, []string{"--eviction-hard=memory.available<6Gi", "--eviction-hard=nodefs.available<5%"}, `{"memory.available":"6Gi","nodefs.available":"5%"}`},
		{"an empty flag", kubeletConfiguration, nil, []string{"--eviction-hard="}, `{}`},
		{"merged defaults", kubeletConfiguration + "evictionHard: {memory.available: 1Gi}\nmergeDefaultEvictionSettings: true\n", nil, nil, `{` + defaults + `,"memory.available":"1Gi","nodefs.available":"10%","nodefs.inodesFree":"5%"}`},
	}
	for i, answer := range served(t, mergeQuestions(t, cases)...) {
		if want := `"evictionHard":` + cases[i].evictionHard + `,`; !strings.Contains(answer, want) {
			t.Errorf("%s: no %s in %s", cases[i].name, want, answer)
		}
	}
}

func mergeQuestions(t *testing.T, cases []mergeCase) []string {
	t.Helper()
	questions := make([]string, 0, len(cases))
	for i, c := range cases {
		question, err := json.Marshal(map[string]any{"id": i, "op": "config.load", "configFile": c.configFile, "dropIns": c.dropIns, "args": c.args})
		if err != nil {
			t.Fatal(err)
		}
		questions = append(questions, string(question))
	}
	return questions
}

func TestTheWholeResult(t *testing.T) {
	expectLines(t, served(t, `{"id":1,"op":"config.load","args":["--eviction-soft=memory.available<2Gi","--eviction-soft-grace-period=memory.available=1m30s","--eviction-pressure-transition-period=0","--system-reserved=memory=2GiB"]}`),
		`{"id":1,"result":{"enforceNodeAllocatable":["pods"],"evictionHard":null,"evictionSoft":{"memory.available":"2Gi"},"evictionSoftGracePeriod":{"memory.available":"1m30s"},"evictionMinimumReclaim":null,`+
			`"evictionMaxPodGracePeriod":0,"evictionPressureTransitionPeriod":"0s","systemReserved":{"memory":"2GiB"},"kubeReserved":null,"maxPods":110,"failSwapOn":true,`+
			`"imageGCHighThresholdPercent":85,"imageGCLowThresholdPercent":80,"mergeDefaultEvictionSettings":false,"memorySwap":{}}}`)
}

func TestRefusedConfigurations(t *testing.T) {
	expectLines(t, served(t,
		`{"id":1,"op":"config.load","args":["--evictionhard=x"]}`,
		`{"id":2,"op":"config.load","args":["--max-pods=-3"]}`,
		`{"id":3,"op":"config.load","dropIns":{"10.conf":"evictionHard: {}\n"}}`,
		`{"id":4,"op":"config.load","args":["--version"]}`,
		`{"id":5,"op":"config.load","dropIns":{"../10.conf":""}}`,
		`{"id":6,"op":"config.validate","set":{"MaxPods":-3}}`,
		`{"id":7,"op":"config.validate","set":{"SingleProcessOOMKill":false,"ImageGCHighThresholdPercent":5,"ImageGCLowThresholdPercent":5}}`,
		`{"id":8,"op":"config.validate","set":{}}`,
		`{"id":9,"op":"config.validate","set":{"FeatureGates":{"X":true}}}`,
	),
		`{"id":1,"error":"failed to parse kubelet flag: unknown flag: --evictionhard"}`,
		`{"id":2,"error":"failed to validate kubelet configuration, error: invalid configuration: maxPods (--max-pods) -3 must not be a negative number, path: \u0026TypeMeta{Kind:,APIVersion:,}"}`,
		fmt.Sprintf(`{"id":3,"error":"failed to merge kubelet configs: failed to walk through kubelet dropin directory \"%[1]s/kubelet.conf.d\": failed to load kubelet dropin file, path: %[1]s/kubelet.conf.d/10.conf, error: Object 'Kind' is missing in 'evictionHard: {}\n'"}`, configFolder),
		`{"id":4,"error":"oracle: the kubelet command ended before it had its configuration"}`,
		`{"id":5,"error":"oracle: not a drop-in's file name: \"../10.conf\""}`,
		`{"id":6,"error":"invalid configuration: maxPods (--max-pods) -3 must not be a negative number"}`,
		`{"id":7,"error":"invalid configuration: imageGCLowThresholdPercent (--image-gc-low-threshold) 5 must be less than imageGCHighThresholdPercent (--image-gc-high-threshold) 5"}`,
		`{"id":8,"error":""}`,
		`{"id":9,"error":"unrecognized feature gate: X"}`)
}
