package main

import "github.com/go-logr/logr"

// logCapture keeps what upstream logs at any verbosity, for facts that it only tells there. Nothing is written.
type logCapture struct {
	entries []logEntry
	errors  []logError
}

// logError is one error and what it kept the kubelet from.
type logError struct {
	message string
	err     error
}

// logEntry is one informational message; values are the alternating names and values logged with it.
type logEntry struct {
	message string
	values  []any
}

var _ logr.LogSink = &logCapture{}

func (c *logCapture) reset() { c.entries, c.errors = c.entries[:0], c.errors[:0] }

// value is what was logged under a name, or nil.
func (e logEntry) value(name string) any {
	for i := 0; i+1 < len(e.values); i += 2 {
		if e.values[i] == name {
			return e.values[i+1]
		}
	}
	return nil
}

// Init is part of logr.LogSink.
func (c *logCapture) Init(logr.RuntimeInfo) {}

// Enabled is part of logr.LogSink.
func (c *logCapture) Enabled(int) bool { return true }

// Info is part of logr.LogSink.
func (c *logCapture) Info(_ int, message string, values ...any) {
	c.entries = append(c.entries, logEntry{message, values})
}

// Error is part of logr.LogSink.
func (c *logCapture) Error(err error, message string, _ ...any) {
	c.errors = append(c.errors, logError{message, err})
}

// failure is the error that was logged with a message, or nil.
func (c *logCapture) failure(message string) error {
	for _, entry := range c.errors {
		if entry.message == message {
			return entry.err
		}
	}
	return nil
}

// WithValues is part of logr.LogSink.
func (c *logCapture) WithValues(...any) logr.LogSink { return c }

// WithName is part of logr.LogSink.
func (c *logCapture) WithName(string) logr.LogSink { return c }
