package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"strconv"
	"time"
)

const (
	// isolatedChild as the first argument makes this program answer its questions without regard to how long that takes.
	isolatedChild = "isolated"
	// isolatedTimeout is how long such a question may take.
	isolatedTimeout = 5 * time.Second
	// boundedExponent is an exponent with which arithmetic still takes no time to speak of.
	boundedExponent = 100_000
)

// errNoAnswer is the answer where upstream has none to give.
var errNoAnswer = errors.New("oracle: upstream computes without end")

// isIsolated tells whether this process was started by answerIsolated.
var isIsolated = len(os.Args) > 1 && os.Args[1] == isolatedChild

// mayNotEnd tells whether a question holds a number such as 1e-2147483648, for which upstream would write out every
// digit. It looks at the text alone, so it may be wrong about a question that would end; never the other way round.
func mayNotEnd(question []byte) bool {
	for {
		at := bytes.IndexAny(question, "eE")
		if at < 0 {
			return false
		}
		question = question[at+1:]
		if isUnbounded(question) {
			return true
		}
	}
}

// isUnbounded tells whether a text starts with a large exponent that ends a number. Like upstream it takes an int64's
// lower half.
func isUnbounded(text []byte) bool {
	end := 0
	for end < len(text) && (text[end] >= '0' && text[end] <= '9' || end == 0 && (text[end] == '-' || text[end] == '+')) {
		end++
	}
	if end < len(strconv.Itoa(boundedExponent)) || end < len(text) && !bytes.ContainsRune([]byte("\",}] "), rune(text[end])) {
		return false
	}
	exponent, err := strconv.ParseInt(string(text[:end]), 10, 64)
	return err == nil && (int32(exponent) > boundedExponent || int32(exponent) < -boundedExponent)
}

// answerIsolated asks a process of its own, which is ended when it does not answer in time.
func answerIsolated(id json.RawMessage, question []byte) []byte {
	self, err := os.Executable()
	if err != nil {
		return encode(id, nil, err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), isolatedTimeout)
	defer cancel()
	child := exec.CommandContext(ctx, self, isolatedChild)
	child.Stdin = bytes.NewReader(question)
	line, err := child.Output()
	if err != nil {
		return encode(id, nil, errNoAnswer)
	}
	return line
}
