// Package metrics is the cluster's metrics-server: metrics.k8s.io as an aggregated API.
package metrics

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"io"
	"log"
	"net"
	"net/http"
	"time"

	v1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	aggregator "k8s.io/kube-aggregator/pkg/apis/apiregistration/v1"
	aggregatorclient "k8s.io/kube-aggregator/pkg/client/clientset_generated/clientset"
	statsapi "k8s.io/kubelet/pkg/apis/stats/v1alpha1"
	metricsapi "k8s.io/metrics/pkg/apis/metrics/v1beta1"

	"example.test/kube/cluster"
)

const (
	serviceName = "rke2-metrics-server"
	port        = int32(443)
	// window is how long metrics-server measures.
	window = 10062 * time.Millisecond
)

// Kubelets are those that metrics-server asks: a running kubelet's summary, by node.
type Kubelets func() []*statsapi.Summary

// Serve answers and registers the API.
func Serve(ctx context.Context, c *cluster.Cluster, kubelets Kubelets) error {
	const host = "localhost"
	certificate, key, err := c.Authority.Serving("127.0.0.1")
	if err != nil {
		return err
	}
	pair, err := tls.X509KeyPair(certificate, key)
	if err != nil {
		return err
	}
	listener, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{pair}})
	if err != nil {
		return err
	}
	server := &http.Server{Handler: handler(kubelets), ErrorLog: log.New(io.Discard, "", 0)}
	go func() { _ = server.Serve(listener) }()
	context.AfterFunc(ctx, func() { _ = server.Close() })
	c.Egress.Route(net.JoinHostPort(host, "443"), listener.Addr().String())
	return register(ctx, c.Client, c.Config, host)
}

// register makes the API server find the API: by a Service that names a host, which only the egress proxy can reach.
func register(ctx context.Context, client kubernetes.Interface, config *rest.Config, host string) error {
	service := &v1.Service{
		ObjectMeta: metav1.ObjectMeta{Name: serviceName},
		Spec:       v1.ServiceSpec{Type: v1.ServiceTypeExternalName, ExternalName: host, Ports: []v1.ServicePort{{Port: port}}},
	}
	if _, err := client.CoreV1().Services(metav1.NamespaceSystem).Create(ctx, service, metav1.CreateOptions{}); err != nil {
		return err
	}
	registry, err := aggregatorclient.NewForConfig(config)
	if err != nil {
		return err
	}
	group := metricsapi.SchemeGroupVersion
	servicePort := port
	_, err = registry.ApiregistrationV1().APIServices().Create(ctx, &aggregator.APIService{
		ObjectMeta: metav1.ObjectMeta{Name: group.Version + "." + group.Group},
		Spec: aggregator.APIServiceSpec{
			Group: group.Group, Version: group.Version, GroupPriorityMinimum: 100, VersionPriority: 100, InsecureSkipTLSVerify: true,
			Service: &aggregator.ServiceReference{Namespace: metav1.NamespaceSystem, Name: serviceName, Port: &servicePort},
		},
	}, metav1.CreateOptions{})
	return err
}

func handler(kubelets Kubelets) http.Handler {
	prefix := "/apis/" + metricsapi.SchemeGroupVersion.String()
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+prefix, func(w http.ResponseWriter, _ *http.Request) { reply(w, discovery()) })
	mux.HandleFunc("GET "+prefix+"/nodes", func(w http.ResponseWriter, _ *http.Request) {
		list := metricsapi.NodeMetricsList{TypeMeta: typeOf("NodeMetricsList"), Items: []metricsapi.NodeMetrics{}}
		for _, summary := range kubelets() {
			list.Items = append(list.Items, nodeMetrics(summary))
		}
		reply(w, list)
	})
	mux.HandleFunc("GET "+prefix+"/nodes/{name}", func(w http.ResponseWriter, r *http.Request) {
		for _, summary := range kubelets() {
			if summary.Node.NodeName == r.PathValue("name") {
				reply(w, nodeMetrics(summary))
				return
			}
		}
		notFound(w, "nodes.metrics.k8s.io", r.PathValue("name"))
	})
	pods := func(w http.ResponseWriter, r *http.Request) {
		list := metricsapi.PodMetricsList{TypeMeta: typeOf("PodMetricsList"), Items: []metricsapi.PodMetrics{}}
		for _, summary := range kubelets() {
			for _, pod := range summary.Pods {
				if namespace := r.PathValue("namespace"); namespace == "" || namespace == pod.PodRef.Namespace {
					list.Items = append(list.Items, podMetrics(pod))
				}
			}
		}
		reply(w, list)
	}
	mux.HandleFunc("GET "+prefix+"/pods", pods)
	mux.HandleFunc("GET "+prefix+"/namespaces/{namespace}/pods", pods)
	return mux
}

func typeOf(kind string) metav1.TypeMeta {
	return metav1.TypeMeta{APIVersion: metricsapi.SchemeGroupVersion.String(), Kind: kind}
}

func discovery() metav1.APIResourceList {
	verbs := metav1.Verbs{"get", "list"}
	return metav1.APIResourceList{
		TypeMeta: metav1.TypeMeta{APIVersion: "v1", Kind: "APIResourceList"}, GroupVersion: metricsapi.SchemeGroupVersion.String(),
		APIResources: []metav1.APIResource{{Name: "nodes", Kind: "NodeMetrics", Verbs: verbs}, {Name: "pods", Kind: "PodMetrics", Namespaced: true, Verbs: verbs}},
	}
}

func nodeMetrics(summary *statsapi.Summary) metricsapi.NodeMetrics {
	now := metav1.Now()
	return metricsapi.NodeMetrics{
		TypeMeta:   typeOf("NodeMetrics"),
		ObjectMeta: metav1.ObjectMeta{Name: summary.Node.NodeName, CreationTimestamp: now, Labels: map[string]string{v1.LabelHostname: summary.Node.NodeName}},
		Timestamp:  now, Window: metav1.Duration{Duration: window}, Usage: usage(summary.Node.CPU, summary.Node.Memory),
	}
}

func podMetrics(pod statsapi.PodStats) metricsapi.PodMetrics {
	now := metav1.Now()
	metrics := metricsapi.PodMetrics{
		TypeMeta: typeOf("PodMetrics"), ObjectMeta: metav1.ObjectMeta{Name: pod.PodRef.Name, Namespace: pod.PodRef.Namespace, CreationTimestamp: now},
		Timestamp: now, Window: metav1.Duration{Duration: window},
	}
	for _, container := range pod.Containers {
		metrics.Containers = append(metrics.Containers, metricsapi.ContainerMetrics{Name: container.Name, Usage: usage(container.CPU, container.Memory)})
	}
	return metrics
}

func usage(cpu *statsapi.CPUStats, memory *statsapi.MemoryStats) v1.ResourceList {
	return v1.ResourceList{
		v1.ResourceCPU:    *resource.NewScaledQuantity(int64(*cpu.UsageNanoCores), resource.Nano),
		v1.ResourceMemory: *resource.NewQuantity(int64(*memory.WorkingSetBytes), resource.BinarySI),
	}
}

func reply(w http.ResponseWriter, body any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(body)
}

func notFound(w http.ResponseWriter, resources, name string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusNotFound)
	_ = json.NewEncoder(w).Encode(metav1.Status{
		TypeMeta: metav1.TypeMeta{APIVersion: "v1", Kind: "Status"}, Status: metav1.StatusFailure, Code: http.StatusNotFound, Reason: metav1.StatusReasonNotFound,
		Message: resources + ` "` + name + `" not found`,
	})
}
