package agent

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v2"
	admissionv1 "k8s.io/api/admission/v1"
	admissionregistrationv1 "k8s.io/api/admissionregistration/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/client-go/kubernetes"

	"example.test/kube/cluster"
)

const webhookName = "harvester-system.harvester-node-manager-webhook"

// critical files in /oem are those that Harvester itself lives by.
var critical = []string{"90_custom.yaml", "99_settings.yaml", "elemental.config", "grubenv", "harvester.config", "install"}

// ServeWebhooks answers for node-manager's webhooks and registers them.
func (m *Manager) ServeWebhooks(ctx context.Context, client kubernetes.Interface, authority *cluster.Authority) error {
	const address = "127.0.0.1"
	certificate, key, err := authority.Serving(address)
	if err != nil {
		return err
	}
	pair, err := tls.X509KeyPair(certificate, key)
	if err != nil {
		return err
	}
	listener, err := tls.Listen("tcp", net.JoinHostPort(address, "0"), &tls.Config{Certificates: []tls.Certificate{pair}})
	if err != nil {
		return err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/mutate", answer(mutate))
	mux.HandleFunc("/validate", answer(m.validate))
	server := &http.Server{Handler: mux, ErrorLog: log.New(io.Discard, "", 0)}
	go func() { _ = server.Serve(listener) }()
	context.AfterFunc(ctx, func() { _ = server.Close() })
	return register(ctx, client, "https://"+listener.Addr().String(), authority.PEM)
}

func register(ctx context.Context, client kubernetes.Interface, url string, authority []byte) error {
	at := func(path string) admissionregistrationv1.WebhookClientConfig {
		whole := url + path
		return admissionregistrationv1.WebhookClientConfig{URL: &whole, CABundle: authority}
	}
	none, fail := admissionregistrationv1.SideEffectClassNone, admissionregistrationv1.Fail
	rules := []admissionregistrationv1.RuleWithOperations{{
		Operations: []admissionregistrationv1.OperationType{admissionregistrationv1.Create, admissionregistrationv1.Update},
		Rule:       admissionregistrationv1.Rule{APIGroups: []string{cloudInits.Group}, APIVersions: []string{cloudInits.Version}, Resources: []string{cloudInits.Resource}},
	}}
	_, err := client.AdmissionregistrationV1().MutatingWebhookConfigurations().Create(ctx, &admissionregistrationv1.MutatingWebhookConfiguration{
		ObjectMeta: metav1.ObjectMeta{Name: component},
		Webhooks:   []admissionregistrationv1.MutatingWebhook{{Name: "mutator." + webhookName, ClientConfig: at("/mutate"), Rules: rules, SideEffects: &none, FailurePolicy: &fail, AdmissionReviewVersions: []string{"v1"}}},
	}, metav1.CreateOptions{})
	if err != nil {
		return err
	}
	_, err = client.AdmissionregistrationV1().ValidatingWebhookConfigurations().Create(ctx, &admissionregistrationv1.ValidatingWebhookConfiguration{
		ObjectMeta: metav1.ObjectMeta{Name: component},
		Webhooks:   []admissionregistrationv1.ValidatingWebhook{{Name: "validator." + webhookName, ClientConfig: at("/validate"), Rules: rules, SideEffects: &none, FailurePolicy: &fail, AdmissionReviewVersions: []string{"v1"}}},
	}, metav1.CreateOptions{})
	return err
}

// answer wraps a decision about a CloudInit: it may return a JSON patch, or an error to refuse.
func answer(decide func(cloudInit) ([]byte, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var review admissionv1.AdmissionReview
		object := &unstructured.Unstructured{}
		err := json.NewDecoder(r.Body).Decode(&review)
		if err == nil && review.Request != nil {
			err = json.Unmarshal(review.Request.Object.Raw, &object.Object)
		}
		if err != nil || review.Request == nil {
			http.Error(w, "no admission review", http.StatusBadRequest)
			return
		}
		review.Response = &admissionv1.AdmissionResponse{UID: review.Request.UID, Allowed: true}
		patch, err := decide(cloudInit{object})
		if err != nil {
			review.Response.Allowed = false
			review.Response.Result = &metav1.Status{Code: http.StatusBadRequest, Reason: metav1.StatusReasonBadRequest, Message: err.Error()}
		}
		if patch != nil {
			kind := admissionv1.PatchTypeJSONPatch
			review.Response.Patch, review.Response.PatchType = patch, &kind
		}
		_ = json.NewEncoder(w).Encode(review)
	}
}

func isYAML(name string) bool {
	return strings.HasSuffix(name, ".yaml") || strings.HasSuffix(name, ".yml")
}

// mutate leaves folders out of the file's name and lets it end as a boot file's name must.
func mutate(object cloudInit) ([]byte, error) {
	name := object.text("filename")
	if name == "" {
		return nil, nil
	}
	if name = filepath.Base(name); !isYAML(name) {
		name += ".yaml"
	}
	return json.Marshal([]map[string]any{{"op": "replace", "path": "/spec/filename", "value": name}})
}

func (m *Manager) validate(object cloudInit) ([]byte, error) {
	name := object.text("filename")
	for _, other := range m.store.List() {
		other := cloudInit{other.(*unstructured.Unstructured)}
		if other.GetName() != object.GetName() && other.text("filename") == name {
			return nil, errors.New("filename already in use")
		}
	}
	if slices.Contains(critical, name) || slices.Contains(critical, strings.TrimSuffix(strings.TrimSuffix(name, ".yaml"), ".yml")) {
		return nil, errors.New("filename conflicts with a critical system-owned file")
	}
	if !isYAML(name) {
		return nil, errors.New("filename does not end in .yaml or .yml")
	}
	var document map[string]any
	if yaml.Unmarshal([]byte(object.contents()), &document) != nil || document == nil {
		return nil, errors.New("could not parse document as yaml")
	}
	return nil, nil
}
