package objects

import (
	"context"
	"fmt"
	"strings"
	"sync"

	rbacv1 "k8s.io/api/rbac/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/discovery/cached/memory"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/restmapper"
)

// User is somebody who may log in, and what RBAC allows them.
type User struct {
	Name  string `json:"name"`
	Rules Rules  `json:"rules"`
}

// Rules are what RBAC allows somebody.
type Rules = []rbacv1.PolicyRule

// rolePrefix marks the roles of users, one each.
const rolePrefix = "node-pressure:"

// GrantUsers gives each user, and whoever has not logged in, the rights of a scenario, in the whole cluster.
func GrantUsers(ctx context.Context, client kubernetes.Interface, users []User, anonymous Rules) error {
	for _, user := range users {
		if err := grant(ctx, client, rolePrefix+user.Name, user.Rules, rbacv1.Subject{APIGroup: rbacv1.GroupName, Kind: rbacv1.UserKind, Name: user.Name}); err != nil {
			return err
		}
	}
	return grant(ctx, client, rolePrefix+"anonymous", anonymous, rbacv1.Subject{APIGroup: rbacv1.GroupName, Kind: rbacv1.GroupKind, Name: "system:unauthenticated"})
}

func grant(ctx context.Context, client kubernetes.Interface, name string, rules Rules, subject rbacv1.Subject) error {
	role := &rbacv1.ClusterRole{ObjectMeta: metav1.ObjectMeta{Name: name}, Rules: rules}
	if _, err := client.RbacV1().ClusterRoles().Create(ctx, role, metav1.CreateOptions{}); err != nil {
		return err
	}
	binding := &rbacv1.ClusterRoleBinding{
		ObjectMeta: metav1.ObjectMeta{Name: name}, Subjects: []rbacv1.Subject{subject},
		RoleRef: rbacv1.RoleRef{APIGroup: rbacv1.GroupName, Kind: "ClusterRole", Name: name},
	}
	_, err := client.RbacV1().ClusterRoleBindings().Create(ctx, binding, metav1.CreateOptions{})
	return err
}

// Loader creates objects that were written down elsewhere.
type Loader struct {
	client dynamic.Interface
	mapper meta.RESTMapper

	mutex sync.Mutex
	// uids are those that the API server gave, by scope and the uid that was written down.
	uids map[string]types.UID
}

// NewLoader knows the kinds that the API server serves at the moment of its first use.
func NewLoader(config *rest.Config, client kubernetes.Interface) (*Loader, error) {
	objects, err := dynamic.NewForConfig(config)
	mapper := restmapper.NewDeferredDiscoveryRESTMapper(memory.NewMemCacheClient(client.Discovery()))
	return &Loader{client: objects, mapper: mapper, uids: map[string]types.UID{}}, err
}

// Create creates an object, status included, and returns it as it then is. One that exists gets labels, annotations and
// data instead, unless it is one that nothing but a scenario or a test makes.
func (l *Loader) Create(ctx context.Context, given map[string]any) (*unstructured.Unstructured, error) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	object := &unstructured.Unstructured{Object: given}
	mapping, err := l.mapper.RESTMapping(object.GroupVersionKind().GroupKind(), object.GroupVersionKind().Version)
	if err != nil {
		return nil, err
	}
	var api dynamic.ResourceInterface = l.client.Resource(mapping.Resource)
	if namespace := object.GetNamespace(); namespace != "" {
		api = l.client.Resource(mapping.Resource).Namespace(namespace)
	}
	writtenUID := object.GetUID()
	l.adopt(object)
	status := given["status"]
	created, err := api.Create(ctx, object, metav1.CreateOptions{})
	if apierrors.IsAlreadyExists(err) && !ofSomebody[object.GetKind()] {
		created, err = l.complete(ctx, api, object)
	}
	if err != nil {
		return nil, fmt.Errorf("%s %s/%s: %w", object.GetKind(), object.GetNamespace(), object.GetName(), err)
	}
	l.uids[object.GetNamespace()+"/"+string(writtenUID)] = created.GetUID()
	if status == nil || created.Object["status"] != nil && !isBuiltin(object) {
		return created, nil
	}
	created.Object["status"] = status
	if isBuiltin(object) {
		// Whoever runs the pod may have said something meanwhile
		created.SetResourceVersion("")
	}
	updated, err := api.UpdateStatus(ctx, created, metav1.UpdateOptions{})
	if apierrors.IsNotFound(err) {
		return created, nil // The kind has no status of its own
	}
	return updated, err
}

// ofSomebody are kinds whose objects never come about by themselves.
var ofSomebody = map[string]bool{"Pod": true, "VirtualMachine": true}

func isBuiltin(object *unstructured.Unstructured) bool {
	group := object.GroupVersionKind().Group
	return !strings.Contains(group, ".") || strings.HasSuffix(group, ".k8s.io")
}

// complete adds to an object that Kubernetes makes by itself.
func (l *Loader) complete(ctx context.Context, api dynamic.ResourceInterface, object *unstructured.Unstructured) (*unstructured.Unstructured, error) {
	existing, err := api.Get(ctx, object.GetName(), metav1.GetOptions{})
	if err != nil {
		return nil, err
	}
	existing.SetLabels(merged(existing.GetLabels(), object.GetLabels()))
	existing.SetAnnotations(merged(existing.GetAnnotations(), object.GetAnnotations()))
	return api.Update(ctx, existing, metav1.UpdateOptions{})
}

func merged(into, from map[string]string) map[string]string {
	if into == nil {
		return from
	}
	for key, value := range from {
		into[key] = value
	}
	return into
}

// adopt puts the cluster's own uids in place of those that were written down, and leaves out what the API server decides.
func (l *Loader) adopt(object *unstructured.Unstructured) {
	for _, field := range []string{"uid", "resourceVersion", "generation", "creationTimestamp", "managedFields", "finalizers"} {
		unstructured.RemoveNestedField(object.Object, "metadata", field)
	}
	owners := object.GetOwnerReferences()
	for i, owner := range owners {
		for _, scope := range []string{object.GetNamespace(), ""} {
			if uid, known := l.uids[scope+"/"+string(owner.UID)]; known {
				owners[i].UID = uid
			}
		}
	}
	if owners != nil {
		object.SetOwnerReferences(owners)
	}
	labels := object.GetLabels()
	for key, value := range labels {
		if uid, known := l.uids[object.GetNamespace()+"/"+value]; known && value != "" {
			labels[key] = string(uid)
		}
	}
	if labels != nil {
		object.SetLabels(labels)
	}
}

// Adopted tells the loader which uid the cluster gave to an object that something else has created.
func (l *Loader) Adopted(namespace, written string, uid types.UID) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.uids[namespace+"/"+written] = uid
}
