// Command kube runs a Kubernetes control plane with nodes whose kubelets answer with the kubelet's own code.
package main

import (
	"fmt"
	"os"

	"github.com/go-logr/logr"
	"k8s.io/klog/v2"

	"example.test/kube/cluster"
	"example.test/kube/kubelet"
)

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: kube serve|check …")
		os.Exit(2)
	}
	// What upstream's packages log belongs to no server of its own
	klog.SetLogger(logr.Discard())
	var err error
	switch os.Args[1] {
	case kubelet.ChildCommand:
		err = kubelet.RunChild()
	case cluster.GuardCommand:
		err = cluster.RunGuard(os.Args[2], os.Stdin)
	case "serve":
		err = serve(os.Args[2:])
	case "check":
		err = check(os.Stdin, os.Stdout)
	default:
		err = fmt.Errorf("no such command: %s", os.Args[1])
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "kube:", err)
		os.Exit(1)
	}
}
