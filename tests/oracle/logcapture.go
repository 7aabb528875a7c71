package main

import "github.com/go-logr/logr"

// logCapture keeps what upstream logs at any verbosity, for facts that it only tells there. Nothing is written.
type logCapture struct{ entries []logEntry }

// logEntry is one informational message; values are the alternating names and values logged with it.
type logEntry struct {
	message string
	values  []any
}

var _ logr.LogSink = &logCapture{}

func (c *logCapture) reset() { c.entries = c.entries[:0] }

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
func (c *logCapture) Error(error, string, ...any) {}

// WithValues is part of logr.LogSink.
func (c *logCapture) WithValues(...any) logr.LogSink { return c }

// WithName is part of logr.LogSink.
func (c *logCapture) WithName(string) logr.LogSink { return c }
