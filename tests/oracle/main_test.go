package main

import (
	"os"
	"testing"

	"github.com/opencontainers/cgroups"
)

// TestMain lets the test's own program play the processes that the oracle starts, as main does.
func TestMain(m *testing.M) {
	ensureCgroup2()
	if isConfigChild() || isIsolated {
		main()
		return
	}
	prepare()
	os.Exit(m.Run())
}

// requireCgroup2 skips a test of what only exists with cgroup v2, where the process may not arrange that for itself.
func requireCgroup2(t *testing.T) {
	t.Helper()
	if !cgroups.IsCgroup2UnifiedMode() {
		t.Skip("needs cgroup v2, or the right to mount it in a namespace of its own")
	}
}
