package main

import (
	"os"
	"runtime"
	"syscall"

	"github.com/opencontainers/cgroups"
	"golang.org/x/sys/unix"
)

const (
	cgroupRoot = "/sys/fs/cgroup"
	// cgroup2Tried marks a process image that was started by ensureCgroup2, so that it does not try again.
	cgroup2Tried = "ORACLE_CGROUP2_TRIED"
)

// ensureCgroup2 gives the process a host with cgroup v2, as Harvester's nodes have, whatever the machine's own layout:
// much of the kubelet asks for the layout once and then answers differently. Where the machine has cgroup v1 the
// process moves to a mount namespace of its own, mounts the unified hierarchy there and starts itself anew, as the same
// process. Nothing outside that namespace changes. Without the rights to do so it returns and the host stays as it is.
func ensureCgroup2() {
	if os.Getenv(cgroup2Tried) != "" || cgroups.IsCgroup2UnifiedMode() {
		return
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		// The namespace is the thread's. A thread that is locked when its goroutine ends is not used again.
		runtime.LockOSThread()
		executeOnCgroup2()
	}()
	<-done
}

// executeOnCgroup2 returns only when the process image could not be replaced.
func executeOnCgroup2() {
	self, err := os.Executable()
	if err != nil {
		return
	}
	if unix.Unshare(unix.CLONE_FS|unix.CLONE_NEWNS) != nil {
		return
	}
	if unix.Mount("none", "/", "", unix.MS_REC|unix.MS_PRIVATE, "") != nil {
		return
	}
	if unix.Mount("none", cgroupRoot, "cgroup2", 0, "") != nil {
		return
	}
	_ = syscall.Exec(self, os.Args, append(os.Environ(), cgroup2Tried+"=1"))
}
