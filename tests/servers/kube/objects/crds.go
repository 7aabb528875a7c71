// Package objects makes the cluster's objects: the kinds that Harvester and Rancher add to Kubernetes, and what a scenario
// starts with.
package objects

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apiextensions-apiserver/pkg/client/clientset/clientset"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/client-go/rest"
)

// definition is a kind as its documentation describes it, as far as it matters to those who read and write it.
type definition struct {
	apiVersion, kind, plural string
	// clusterScoped objects have no namespace.
	clusterScoped bool
	// withStatus kinds take their status through the status sub-resource only.
	withStatus bool
	columns    []column
	// schema is what the kind insists on; anything else is kept as it comes.
	schema apiextensionsv1.JSONSchemaProps
}

// column is one of those that `kubectl get` prints.
type column struct{ name, path, kind string }

var age = column{"Age", ".metadata.creationTimestamp", "date"}

func text(name, path string) column { return column{name, path, "string"} }

func (d definition) group() string { group, _, _ := strings.Cut(d.apiVersion, "/"); return group }

// id is Steve's name of the kind.
func (d definition) id() string { return strings.ToLower(d.group() + "." + d.kind) }

func (d definition) asCRD() *apiextensionsv1.CustomResourceDefinition {
	_, version, _ := strings.Cut(d.apiVersion, "/")
	scope := apiextensionsv1.NamespaceScoped
	if d.clusterScoped {
		scope = apiextensionsv1.ClusterScoped
	}
	schema := open(d.schema)
	schema.Type = "object"
	served := apiextensionsv1.CustomResourceDefinitionVersion{
		Name: version, Served: true, Storage: true,
		Schema: &apiextensionsv1.CustomResourceValidation{OpenAPIV3Schema: &schema},
	}
	if d.withStatus {
		served.Subresources = &apiextensionsv1.CustomResourceSubresources{Status: &apiextensionsv1.CustomResourceSubresourceStatus{}}
	}
	for _, column := range d.columns {
		served.AdditionalPrinterColumns = append(served.AdditionalPrinterColumns, apiextensionsv1.CustomResourceColumnDefinition{Name: column.name, Type: column.kind, JSONPath: column.path})
	}
	return &apiextensionsv1.CustomResourceDefinition{
		ObjectMeta: metav1.ObjectMeta{Name: d.plural + "." + d.group()},
		Spec: apiextensionsv1.CustomResourceDefinitionSpec{
			Group: d.group(), Scope: scope, Versions: []apiextensionsv1.CustomResourceDefinitionVersion{served},
			Names: apiextensionsv1.CustomResourceDefinitionNames{Kind: d.kind, ListKind: d.kind + "List", Plural: d.plural, Singular: strings.ToLower(d.kind)},
		},
	}
}

const (
	established  = 2 * time.Minute
	lookInterval = 100 * time.Millisecond
)

// HasCloudInit tells whether node-manager has anything to do in a cluster with these kinds.
func HasCloudInit(ids []string) bool { return slices.Contains(ids, cloudInit.id()) }

// InstallCRDs makes the API server serve the kinds with these ids, and waits until it does.
func InstallCRDs(ctx context.Context, config *rest.Config, ids []string) error {
	client, err := clientset.NewForConfig(config)
	if err != nil {
		return err
	}
	api := client.ApiextensionsV1().CustomResourceDefinitions()
	for _, id := range ids {
		definition, err := find(id)
		if err != nil {
			return err
		}
		if _, err := api.Create(ctx, definition.asCRD(), metav1.CreateOptions{}); err != nil && !apierrors.IsAlreadyExists(err) {
			return err
		}
	}
	return wait.PollUntilContextTimeout(ctx, lookInterval, established, true, func(ctx context.Context) (bool, error) {
		list, err := api.List(ctx, metav1.ListOptions{})
		if err != nil {
			return false, err
		}
		for _, crd := range list.Items {
			if !isEstablished(crd) {
				return false, nil
			}
		}
		return true, nil
	})
}

func find(id string) (definition, error) {
	for _, definition := range definitions() {
		if definition.id() == id {
			return definition, nil
		}
	}
	return definition{}, fmt.Errorf("there is no definition of %s", id)
}

func isEstablished(crd apiextensionsv1.CustomResourceDefinition) bool {
	for _, condition := range crd.Status.Conditions {
		if condition.Type == apiextensionsv1.Established {
			return condition.Status == apiextensionsv1.ConditionTrue
		}
	}
	return false
}
