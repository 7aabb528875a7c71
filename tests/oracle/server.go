package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

const (
	// bufferBytes is the size of the buffers on both sides; a longer line still fits, it only costs a copy.
	bufferBytes = 256 << 10
	// maxWaiting bounds how far reading may run ahead of a slow answer.
	maxWaiting = 1024
	// maxConcurrent is how many concurrent operations run at a time.
	maxConcurrent = 2
)

// reply delivers one answer's line, now or later.
type reply chan []byte

// serve answers every line of in on out, in order. Answers are flushed whenever the next one is not ready yet, so a
// caller that waits for each answer before it asks again is served as well as one that pipes a whole file.
func serve(in io.Reader, out io.Writer) error {
	replies := make(chan reply, maxWaiting)
	written := make(chan error, 1)
	go func() { written <- writeReplies(bufio.NewWriterSize(out, bufferBytes), replies) }()
	readErr := readQuestions(bufio.NewReaderSize(in, bufferBytes), replies)
	close(replies)
	return errors.Join(readErr, <-written)
}

func readQuestions(in *bufio.Reader, replies chan<- reply) error {
	slots := make(chan struct{}, maxConcurrent)
	for {
		line, err := in.ReadBytes('\n')
		if question := bytes.TrimSpace(line); len(question) > 0 {
			replies <- ask(question, slots)
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// ask answers one question, or starts to as soon as a slot is free when its operation is concurrent or may never end.
func ask(question []byte, slots chan struct{}) reply {
	r := make(reply, 1)
	var head struct {
		ID json.RawMessage `json:"id"`
		Op string          `json:"op"`
	}
	if err := json.Unmarshal(question, &head); err != nil {
		r <- encode(head.ID, nil, fmt.Errorf("oracle: malformed question: %w", err))
		return r
	}
	op, known := ops[head.Op]
	if !known {
		r <- encode(head.ID, map[string]bool{"unsupported": true}, nil)
		return r
	}
	isolated := !isIsolated && mayNotEnd(question)
	if !isolated && !op.concurrent {
		r <- run(head.ID, op, question)
		return r
	}
	slots <- struct{}{}
	go func() {
		if isolated {
			r <- answerIsolated(head.ID, question)
		} else {
			r <- run(head.ID, op, question)
		}
		<-slots
	}()
	return r
}

// run calls the operation. A panic of upstream's becomes an error of that one answer.
func run(id json.RawMessage, op operation, question []byte) (line []byte) {
	defer func() {
		if cause := recover(); cause != nil {
			line = encode(id, nil, fmt.Errorf("oracle: upstream panicked: %v", cause))
		}
	}()
	result, err := op.run(question)
	return encode(id, result, err)
}

// encode makes the answer's line: the result's fields behind the question's own id.
func encode(id json.RawMessage, result any, err error) []byte {
	if err != nil {
		result = map[string]string{"error": err.Error()}
	}
	if id == nil {
		id = json.RawMessage("null")
	}
	var fields bytes.Buffer
	encoder := json.NewEncoder(&fields)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(result); err != nil {
		return encode(id, nil, fmt.Errorf("oracle: answer cannot be encoded: %w", err))
	}
	line := append([]byte(`{"id":`), id...)
	if rest := fields.Bytes()[1:]; rest[0] == '}' {
		return append(line, rest...)
	}
	return append(append(line, ','), fields.Bytes()[1:]...)
}

// writeReplies writes every line in order. A failed write shows in the last flush, since bufio.Writer keeps its first
// error; the replies are taken all the same, so that no one waits for the writer.
func writeReplies(out *bufio.Writer, replies <-chan reply) error {
	for {
		r, open := receive(replies, out)
		if !open {
			return out.Flush()
		}
		line, _ := receive(r, out)
		_, _ = out.Write(line)
	}
}

// receive takes the next value of a channel, and flushes before it waits for one.
func receive[T any, C ~chan T | ~<-chan T](from C, out *bufio.Writer) (T, bool) {
	select {
	case value, open := <-from:
		return value, open
	default:
		_ = out.Flush()
		value, open := <-from
		return value, open
	}
}
