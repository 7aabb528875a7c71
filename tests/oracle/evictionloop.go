package main

import (
	"context"
	"reflect"
	"runtime"

	"github.com/go-logr/logr"
	v1 "k8s.io/api/core/v1"
	"k8s.io/klog/v2"
	"k8s.io/kubernetes/pkg/kubelet/eviction"
	evictionapi "k8s.io/kubernetes/pkg/kubelet/eviction/api"
	"k8s.io/kubernetes/pkg/kubelet/lifecycle"
)

// managerLoop is a real eviction.Manager whose control loop runs one synchronize at a time, when asked. Manager.Start is
// the only exported way to synchronize; its loop runs on a goroutine of its own and has no end. Every synchronize begins
// by asking its context for a logger, so the context is where the loop waits, and where it is ended.
type managerLoop struct {
	manager eviction.Manager
	admit   lifecycle.PodAdmitHandler
	node    *evictionNode

	idle    chan struct{}
	proceed chan bool
	started bool
	// reclaiming is set while the next question for a logger comes from node-level reclaim, which follows the event
	// about the resource, and not from the beginning of a synchronize.
	reclaiming bool
	log        *logCapture
}

// startManagerLoop makes a manager for the node's thresholds and starts its loop, which then waits for the first pass.
func startManagerLoop(config eviction.Config, node *evictionNode, localStorageCapacityIsolation bool) *managerLoop {
	l := &managerLoop{node: node, idle: make(chan struct{}), proceed: make(chan bool), log: &logCapture{}}
	reference := &v1.ObjectReference{Kind: "Node", Name: "node"}
	l.manager, l.admit = eviction.NewManager(node, config, node.kill, node, node, eventRecorder{l}, reference, node, localStorageCapacityIsolation)
	ctx := loopContext{klog.NewContext(context.Background(), logr.New(l.log)), l}
	l.manager.Start(ctx, node, node.activePods, func(*v1.Pod) bool { return true }, 0)
	<-l.idle
	return l
}

// pass runs one synchronize from beginning to end.
func (l *managerLoop) pass() {
	l.log.reset()
	l.proceed <- true
	<-l.idle
}

// end ends the loop's goroutine. The manager still answers questions of admission.
func (l *managerLoop) end() { l.proceed <- false }

// thresholdsMet are the thresholds met after their grace period, in the order the manager has them. They are read from
// the manager's own state, since nothing exported tells them.
func (l *managerLoop) thresholdsMet() []evictionapi.Threshold {
	field := reflect.ValueOf(l.manager).Elem().FieldByName("thresholdsMet")
	if !field.IsValid() || field.Type() != reflect.TypeFor[[]evictionapi.Threshold]() {
		panic("eviction.Manager has no list of thresholdsMet")
	}
	return *(*[]evictionapi.Threshold)(field.Addr().UnsafePointer())
}

// loopContext is the context of a managerLoop's goroutine.
type loopContext struct {
	context.Context
	loop *managerLoop
}

// Value is called once in Start, on the caller's goroutine, then once at the beginning of every synchronize and once
// when node-level resources are to be reclaimed.
func (c loopContext) Value(key any) any {
	switch l := c.loop; {
	case !l.started:
		l.started = true
	case l.reclaiming:
		l.reclaiming = false
	default:
		l.idle <- struct{}{}
		if !<-l.proceed {
			runtime.Goexit()
		}
	}
	return c.Context.Value(key)
}
