// Package virt is the little of KubeVirt that a cluster here needs: what becomes of a virtual machine whose pod has ended.
package virt

import (
	"context"
	"encoding/json"

	v1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/rest"
)

const instance = "VirtualMachineInstance"

var group = schema.GroupVersion{Group: "kubevirt.io", Version: "v1"}

// PodFailed makes a function that turns a virtual machine off whose pod has ended. Nothing starts it again.
func PodFailed(config *rest.Config) (func(context.Context, *v1.Pod) error, error) {
	client, err := dynamic.NewForConfig(config)
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context, pod *v1.Pod) error {
		for _, owner := range pod.OwnerReferences {
			if owner.Kind != instance {
				continue
			}
			notReady := []map[string]string{{"type": "Ready", "status": "False", "reason": "PodTerminating"}}
			if err := setStatus(ctx, client, "virtualmachineinstances", pod.Namespace, owner.Name, map[string]any{"phase": "Failed", "conditions": notReady}); err != nil {
				return err
			}
			return setStatus(ctx, client, "virtualmachines", pod.Namespace, owner.Name, map[string]any{"ready": false, "printableStatus": "Stopped"})
		}
		return nil
	}, nil
}

func setStatus(ctx context.Context, client dynamic.Interface, resource, namespace, name string, status map[string]any) error {
	patch, err := json.Marshal(map[string]any{"status": status})
	if err != nil {
		return err
	}
	_, err = client.Resource(group.WithResource(resource)).Namespace(namespace).Patch(ctx, name, types.MergePatchType, patch, metav1.PatchOptions{}, "status")
	if apierrors.IsNotFound(err) {
		return nil
	}
	return err
}
