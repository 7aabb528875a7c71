package main

import (
	"encoding/json"
	"io"
	"strings"
	"testing"
)

// served answers lines as a whole run of the oracle does.
func served(t *testing.T, questions ...string) []string {
	t.Helper()
	var out strings.Builder
	if err := serve(strings.NewReader(strings.Join(questions, "\n")), &out); err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
}

// expectLines compares whole lines.
func expectLines(t *testing.T, got []string, want ...string) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d answers instead of %d:\n%s", len(got), len(want), strings.Join(got, "\n"))
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("answer %d\n got %s\nwant %s", i, got[i], want[i])
		}
	}
}

func TestEveryLineIsAnsweredInOrder(t *testing.T) {
	got := served(t,
		`{"id":1,"op":"config.load","args":["--max-pods"]}`,
		`{"id":"two","op":"no.such"}`,
		``,
		`{"id":[3],"op":"duration.parse","input":"1.5h"}`,
		`[]`,
		`{"op":"duration.parse","input":"1d"}`,
		`{"id":6,"op":"duration.parse","input":7}`,
	)
	expectLines(t, got,
		`{"id":1,"error":"failed to parse kubelet flag: flag needs an argument: --max-pods"}`,
		`{"id":"two","unsupported":true}`,
		`{"id":[3],"nanoseconds":"5400000000000","string":"1h30m0s"}`,
		got[3],
		`{"id":null,"error":"time: unknown unit \"d\" in duration \"1d\""}`,
		got[5],
	)
	for _, malformed := range []string{got[3], got[5]} {
		if !strings.Contains(malformed, "oracle: malformed question: ") {
			t.Errorf("not refused: %s", malformed)
		}
	}
}

func TestWhoWaitsForEachAnswerGetsIt(t *testing.T) {
	questions, ask := io.Pipe()
	hear, answers := io.Pipe()
	served := make(chan error, 1)
	go func() { served <- serve(questions, answers) }()
	decoder := json.NewDecoder(hear)
	for i := range 3 {
		if err := json.NewEncoder(ask).Encode(map[string]any{"id": i, "op": "quantity.cmp", "a": "1", "b": "1000m"}); err != nil {
			t.Fatal(err)
		}
		var answer struct{ ID, Cmp int }
		if err := decoder.Decode(&answer); err != nil || answer.ID != i || answer.Cmp != 0 {
			t.Fatalf("question %d: %+v, %v", i, answer, err)
		}
	}
	_ = ask.Close()
	if err := <-served; err != nil {
		t.Error(err)
	}
}

func TestAPanicIsOneAnswer(t *testing.T) {
	expectLines(t, served(t,
		`{"id":1,"op":"qos.oomScoreAdj","kind":"container","memoryRequest":"1Gi","capacity":0}`,
		`{"id":2,"op":"quantity.cmp","a":"2","b":"1"}`,
	),
		`{"id":1,"error":"oracle: upstream panicked: runtime error: integer divide by zero"}`,
		`{"id":2,"cmp":1}`)
}

func TestNumbersWithoutEnd(t *testing.T) {
	for text, want := range map[string]bool{
		`"1e-2147483648"`: true, `"1E2147483647"`: true, `"2e+999999"`: true, `"1e100000"`: false, `"1e4294967296"`: false,
		`"1e-9"`: false, `"e"`: false, `"1e99999999999999999999"`: false, `"1e123456789k"`: false, `[1e-123456789]`: true, `"memory.available"`: false,
	} {
		if got := mayNotEnd([]byte(text)); got != want {
			t.Errorf("%s: %t", text, got)
		}
	}
	expectLines(t, served(t,
		`{"id":1,"op":"quantity.parse","input":"1e2147483647"}`,
		`{"id":2,"op":"quantity.parse","input":"1e-2147483648"}`,
		`{"id":3,"op":"quantity.cmp","a":"1","b":"2"}`,
	),
		`{"id":1,"ok":true,"string":"10e2147483646","format":"DecimalExponent","value":"0","milliValue":"1"}`,
		`{"id":2,"error":"oracle: upstream computes without end"}`,
		`{"id":3,"cmp":-1}`)
}
