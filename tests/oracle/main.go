// Command oracle answers questions about kubelet behaviour by calling the functions of Kubernetes 1.36.3 themselves.
//
// It reads JSON lines on standard input and writes exactly one JSON line for each on standard output, in the same
// order, until the end of input. The operations are described in README.md.
package main

import (
	"fmt"
	"os"

	"github.com/go-logr/logr"
	"k8s.io/klog/v2"
)

func main() {
	ensureCgroup2()
	if isConfigChild() {
		runKubeletCommand(os.Args[2], os.Args[3:])
		return
	}
	keepQuiet()
	if err := serve(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "oracle:", err)
		os.Exit(1)
	}
}

// keepQuiet leaves standard error to the oracle's own failures.
func keepQuiet() { klog.SetLogger(logr.Discard()) }
