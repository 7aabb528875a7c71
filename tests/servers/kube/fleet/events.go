package fleet

import (
	"context"

	v1 "k8s.io/api/core/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/kubernetes/scheme"
	corev1 "k8s.io/client-go/kubernetes/typed/core/v1"
	"k8s.io/client-go/tools/record"
)

// events is how kubelets tell what they do.
type events struct{ record.EventBroadcaster }

func newEvents(ctx context.Context, client kubernetes.Interface) events {
	broadcaster := record.NewBroadcaster(record.WithContext(ctx))
	broadcaster.StartRecordingToSink(&corev1.EventSinkImpl{Interface: client.CoreV1().Events("")})
	return events{broadcaster}
}

// NewRecorder is the recorder of a node's kubelet.
func (e events) NewRecorder(node string) record.EventRecorder {
	return e.EventBroadcaster.NewRecorder(scheme.Scheme, v1.EventSource{Component: "kubelet", Host: node})
}
