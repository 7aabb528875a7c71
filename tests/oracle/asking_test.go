package main

import (
	"encoding/json"
	"reflect"
	"testing"
)

// answers checks one question's whole answer, apart from its id.
func answers(t *testing.T, question, want string) {
	t.Helper()
	got := answerTo(t, question)
	var wanted map[string]any
	if err := json.Unmarshal([]byte(want), &wanted); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, wanted) {
		text, _ := json.Marshal(got)
		t.Errorf("%s\n got %s\nwant %s", question, text, want)
	}
}

// answerTo asks one question as the server would.
func answerTo(t *testing.T, question string) map[string]any {
	t.Helper()
	var answer map[string]any
	if err := json.Unmarshal(<-ask([]byte(question), make(chan struct{}, 1)), &answer); err != nil {
		t.Fatal(err)
	}
	delete(answer, "id")
	return answer
}
