// Package agent is Harvester's node-manager: its webhooks, and its container on every node.
package agent

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	v1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/dynamic/dynamicinformer"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/util/workqueue"
)

const (
	hashAnnotation = "node.harvesterhci.io/cloudinit-hash"
	// finalizer is one for all nodes: the first that handles a deletion lets the object go.
	finalizer = "wrangler.cattle.io/harvester-node-cloud-init-controller"
	oem       = "/oem/"
	component = "harvester-node-manager"
)

var cloudInits = schema.GroupVersionResource{Group: "node.harvesterhci.io", Version: "v1beta1", Resource: "cloudinits"}

// Node is a machine as node-manager sees it.
type Node interface {
	Name() string
	// Managed tells whether node-manager runs there.
	Managed() bool
	Labels() (map[string]string, error)
	Read(path string) (string, error)
	Write(path, content string) error
	Remove(path string) error
}

// Manager keeps /oem of all nodes in step with the CloudInits.
type Manager struct {
	api    dynamic.ResourceInterface
	events kubernetes.Interface
	nodes  func() []Node
	store  cache.Store
	queue  workqueue.TypedRateLimitingInterface[string]
}

// NewManager starts to watch CloudInits.
func NewManager(ctx context.Context, config *rest.Config, client kubernetes.Interface, nodes func() []Node) (*Manager, error) {
	objects, err := dynamic.NewForConfig(config)
	if err != nil {
		return nil, err
	}
	factory := dynamicinformer.NewDynamicSharedInformerFactory(objects, 0)
	informer := factory.ForResource(cloudInits).Informer()
	m := &Manager{
		api: objects.Resource(cloudInits), events: client, nodes: nodes, store: informer.GetStore(),
		queue: workqueue.NewTypedRateLimitingQueue(workqueue.DefaultTypedControllerRateLimiter[string]()),
	}
	queue := func(object any) { m.queue.Add(object.(*unstructured.Unstructured).GetName()) }
	if _, err := informer.AddEventHandler(cache.ResourceEventHandlerFuncs{AddFunc: queue, UpdateFunc: func(_, object any) { queue(object) }}); err != nil {
		return nil, err
	}
	factory.Start(ctx.Done())
	factory.WaitForCacheSync(ctx.Done())
	go m.run(ctx)
	return m, ctx.Err()
}

// Resync looks at every CloudInit again, as a node-manager that has been started anew does, or one that saw a file change.
func (m *Manager) Resync() {
	for _, name := range m.store.ListKeys() {
		m.queue.Add(name)
	}
}

func (m *Manager) run(ctx context.Context) {
	go func() {
		<-ctx.Done()
		m.queue.ShutDown()
	}()
	for {
		name, shutdown := m.queue.Get()
		if shutdown {
			return
		}
		if err := m.reconcile(ctx, name); err != nil {
			m.queue.AddRateLimited(name)
		} else {
			m.queue.Forget(name)
		}
		m.queue.Done(name)
	}
}

func (m *Manager) reconcile(ctx context.Context, name string) error {
	object, err := m.api.Get(ctx, name, metav1.GetOptions{})
	if apierrors.IsNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	cloudInit := cloudInit{object}
	if object.GetDeletionTimestamp() != nil {
		return m.release(ctx, cloudInit)
	}
	if object, err = m.annotate(ctx, cloudInit); err != nil {
		return err
	}
	return m.rollOut(ctx, object)
}

// release removes the file from the nodes that learn of the deletion in time.
func (m *Manager) release(ctx context.Context, cloudInit cloudInit) error {
	finalizers := cloudInit.GetFinalizers()
	at := slices.Index(finalizers, finalizer)
	if at < 0 {
		return nil
	}
	for _, node := range m.reachable() {
		if err := node.Remove(cloudInit.path()); err != nil {
			return err
		}
	}
	cloudInit.SetFinalizers(slices.Delete(finalizers, at, at+1))
	_, err := m.api.Update(ctx, cloudInit.Unstructured, metav1.UpdateOptions{})
	return err
}

func (m *Manager) annotate(ctx context.Context, cloudInit cloudInit) (*unstructured.Unstructured, error) {
	hash := sha256Hex(cloudInit.contents())
	finalizers := cloudInit.GetFinalizers()
	if cloudInit.GetAnnotations()[hashAnnotation] == hash && slices.Contains(finalizers, finalizer) {
		return cloudInit.Unstructured, nil
	}
	annotations := cloudInit.GetAnnotations()
	if annotations == nil {
		annotations = map[string]string{}
	}
	annotations[hashAnnotation] = hash
	cloudInit.SetAnnotations(annotations)
	if !slices.Contains(finalizers, finalizer) {
		cloudInit.SetFinalizers(append(finalizers, finalizer))
	}
	return m.api.Update(ctx, cloudInit.Unstructured, metav1.UpdateOptions{})
}

// rollOut brings each node's file up to date, unless the CloudInit is paused, and tells how the nodes stand.
func (m *Manager) rollOut(ctx context.Context, object *unstructured.Unstructured) error {
	cloudInit := cloudInit{object}
	before, _, _ := unstructured.NestedMap(object.Object, "status", "rollouts")
	rollouts := map[string]any{}
	for name, rollout := range before {
		rollouts[name] = rollout
	}
	for _, node := range m.reachable() {
		labelsOfNode, err := node.Labels()
		if err != nil {
			return err
		}
		applies := labels.SelectorFromSet(cloudInit.selector()).Matches(labels.Set(labelsOfNode))
		if !cloudInit.paused() {
			if err := m.bringUpToDate(ctx, cloudInit, node, applies); err != nil {
				return err
			}
		}
		content, err := node.Read(cloudInit.path())
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		rollouts[node.Name()] = map[string]any{"conditions": conditions(before[node.Name()], applies, err == nil, content == cloudInit.contents())}
	}
	if equal(before, rollouts) {
		return nil
	}
	if err := unstructured.SetNestedMap(object.Object, rollouts, "status", "rollouts"); err != nil {
		return err
	}
	_, err := m.api.UpdateStatus(ctx, object, metav1.UpdateOptions{})
	return err
}

func (m *Manager) bringUpToDate(ctx context.Context, cloudInit cloudInit, node Node, applies bool) error {
	if !applies {
		return node.Remove(cloudInit.path())
	}
	content, err := node.Read(cloudInit.path())
	if err == nil && content == cloudInit.contents() {
		return nil
	}
	if err := node.Write(cloudInit.path(), cloudInit.contents()); err != nil {
		return err
	}
	return m.tell(ctx, cloudInit, node)
}

func (m *Manager) tell(ctx context.Context, cloudInit cloudInit, node Node) error {
	now := metav1.Now()
	event := &v1.Event{
		ObjectMeta:     metav1.ObjectMeta{GenerateName: cloudInit.GetName() + "."},
		InvolvedObject: v1.ObjectReference{APIVersion: cloudInit.GetAPIVersion(), Kind: cloudInit.GetKind(), Name: cloudInit.GetName(), UID: cloudInit.GetUID()},
		Action:         "ReconcileContents", Reason: "CloudInitFileModified", Type: v1.EventTypeNormal,
		Message:        fmt.Sprintf("%s has been overwritten on %s", cloudInit.path(), node.Name()),
		FirstTimestamp: now, LastTimestamp: now, EventTime: metav1.NowMicro(), Count: 1,
		ReportingController: component, ReportingInstance: node.Name(), Source: v1.EventSource{Component: component, Host: node.Name()},
	}
	_, err := m.events.CoreV1().Events(metav1.NamespaceDefault).Create(ctx, event, metav1.CreateOptions{})
	return err
}

func (m *Manager) reachable() []Node {
	return slices.DeleteFunc(m.nodes(), func(node Node) bool { return !node.Managed() })
}

func sha256Hex(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}
