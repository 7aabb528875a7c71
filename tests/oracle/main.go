// Command oracle answers questions about kubelet behaviour by calling the functions of Kubernetes 1.36.3 themselves.
//
// It reads JSON lines on standard input and writes exactly one JSON line for each on standard output, in the same
// order, until the end of input. The operations are described in README.md.
package main

import (
	"fmt"
	"os"
	"runtime/debug"

	"github.com/go-logr/logr"
	"k8s.io/klog/v2"

	"example.test/oracle/anyhost"
)

func main() {
	ensureCgroup2()
	if isConfigChild() {
		runKubeletCommand(os.Args[2], os.Args[3:])
		return
	}
	prepare()
	// Questions leave much garbage and little that stays: collecting it less often saves a third of the time.
	debug.SetGCPercent(400)
	if err := serve(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "oracle:", err)
		os.Exit(1)
	}
}

// prepare sets what is global to the process, before anything is asked: standard error is left to the oracle's own
// failures, and there may be any number of container managers.
func prepare() {
	klog.SetLogger(logr.Discard())
	anyhost.UseManyContainerManagers()
}
