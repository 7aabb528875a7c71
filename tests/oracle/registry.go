package main

import (
	"encoding/json"
	"fmt"
)

// operation answers one question. The result must encode as a JSON object without an id, which the server adds. An
// error becomes the answer's "error" field, unchanged, so it carries upstream's own text.
type operation struct {
	run func(question json.RawMessage) (any, error)
	// concurrent operations may run beside others; their answers still keep the order of the questions.
	concurrent bool
}

// ops holds every operation by its name in the protocol. Each file adds its own in an init function.
var ops = map[string]operation{}

// register adds an operation that is answered at once, on the goroutine that reads the questions. The question is
// decoded into In; unknown fields, such as "id" and "op" themselves, are ignored.
func register[In any](name string, run func(In) (any, error)) {
	add(name, operation{run: decoding(run)})
}

// registerConcurrent adds an operation that takes long and shares no state with others.
func registerConcurrent[In any](name string, run func(In) (any, error)) {
	add(name, operation{run: decoding(run), concurrent: true})
}

func add(name string, op operation) {
	if _, taken := ops[name]; taken {
		panic("operation registered twice: " + name)
	}
	ops[name] = op
}

func decoding[In any](run func(In) (any, error)) func(json.RawMessage) (any, error) {
	return func(question json.RawMessage) (any, error) {
		var in In
		if err := json.Unmarshal(question, &in); err != nil {
			return nil, fmt.Errorf("oracle: malformed question: %w", err)
		}
		return run(in)
	}
}
