package main

import (
	"context"
	"encoding/json"

	v1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apiserver/pkg/admission"
	utilfeature "k8s.io/apiserver/pkg/util/feature"
	"k8s.io/client-go/informers"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	"k8s.io/kubernetes/pkg/apis/core"
	_ "k8s.io/kubernetes/pkg/apis/core/install" // gives the scheme its conversions and defaults
	podstrategy "k8s.io/kubernetes/pkg/registry/core/pod"
	"k8s.io/kubernetes/plugin/pkg/admission/podresize"
)

func init() { register("resize.validate", resizeValidate) }

// resizeValidate is what the API server says to a change of a pod's resize subresource: defaults, ResizeStrategy of
// pkg/registry/core/pod, which drops every change that is none of resources and then asks validation.ValidatePodResize,
// and for a change that is valid and a node that is given, the admission plugin PodResizeValidator.
func resizeValidate(in struct {
	OldPod, NewPod json.RawMessage
	Node           *v1.Node
}) (any, error) {
	oldPod, err := defaultedPod(in.OldPod)
	if err != nil {
		return nil, err
	}
	newPod, err := defaultedPod(in.NewPod)
	if err != nil {
		return nil, err
	}
	ctx := context.Background()
	podstrategy.ResizeStrategy.PrepareForUpdate(ctx, newPod, oldPod)
	answer := struct {
		Errors []string `json:"errors"`
	}{[]string{}}
	for _, err := range podstrategy.ResizeStrategy.ValidateUpdate(ctx, newPod, oldPod) {
		answer.Errors = append(answer.Errors, err.Error())
	}
	if in.Node == nil || len(answer.Errors) > 0 {
		return answer, nil
	}
	refused, err := refusedFor(in.Node, newPod, oldPod)
	if err != nil {
		return nil, err
	}
	if refused != nil {
		answer.Errors = append(answer.Errors, refused.Error())
	}
	return answer, nil
}

// defaultedPod is a pod as the API server has it, once it set its defaults.
func defaultedPod(text json.RawMessage) (*core.Pod, error) {
	external := &v1.Pod{}
	if err := json.Unmarshal(text, external); err != nil {
		return nil, err
	}
	legacyscheme.Scheme.Default(external)
	pod := &core.Pod{}
	return pod, legacyscheme.Scheme.Convert(external, pod, nil)
}

// refusedFor is what the admission plugin says in a cluster that has just this node.
func refusedFor(node *v1.Node, newPod, oldPod *core.Pod) (refused, err error) {
	plugin, err := podresize.NewPlugin()
	if err != nil {
		return nil, err
	}
	factory := informers.NewSharedInformerFactory(nil, 0)
	if err := factory.Core().V1().Nodes().Informer().GetStore().Add(node); err != nil {
		return nil, err
	}
	plugin.SetExternalKubeInformerFactory(factory)
	plugin.SetReadyFunc(func() bool { return true })
	plugin.InspectFeatureGates(utilfeature.DefaultFeatureGate)
	change := admission.NewAttributesRecord(newPod, oldPod, core.Kind("Pod").WithVersion("v1"), newPod.Namespace, newPod.Name,
		core.Resource("pods").WithVersion("v1"), "resize", admission.Update, &metav1.UpdateOptions{}, false, nil)
	return plugin.Validate(context.Background(), change, nil), nil
}
