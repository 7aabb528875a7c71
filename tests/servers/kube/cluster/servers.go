package cluster

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"
)

func (c *Cluster) etcdURL() string { return fmt.Sprintf("http://%s:%d", loopback, c.etcdPort) }

func (c *Cluster) startEtcd() (err error) {
	peers, err := freePort()
	if err != nil {
		return err
	}
	peerURL := fmt.Sprintf("http://%s:%d", loopback, peers)
	c.etcd, err = c.startProcess("etcd",
		"--data-dir", c.path("etcd"), "--unsafe-no-fsync", "--log-level=warn",
		"--listen-client-urls", c.etcdURL(), "--advertise-client-urls", c.etcdURL(),
		"--listen-peer-urls", peerURL, "--initial-advertise-peer-urls", peerURL, "--initial-cluster", "default="+peerURL)
	return err
}

// StartAPIServer starts the API server and waits until it is ready.
func (c *Cluster) StartAPIServer(ctx context.Context) (err error) {
	if c.apiServer != nil && c.apiServer.running() {
		return nil
	}
	c.apiServer, err = c.startProcess("kube-apiserver",
		"--etcd-servers="+c.etcdURL(), "--bind-address="+loopback, "--advertise-address="+loopback, fmt.Sprintf("--secure-port=%d", c.apiPort),
		"--endpoint-reconciler-type=none", "--service-cluster-ip-range=10.53.0.0/16", "--allow-privileged=true",
		"--tls-cert-file="+c.path("apiserver.crt"), "--tls-private-key-file="+c.path("apiserver.key"), "--cert-dir="+c.path("certs"),
		"--authorization-mode=RBAC", "--token-auth-file="+c.path("tokens.csv"), "--anonymous-auth=false",
		// Nobody gives out service accounts' tokens here, so pods do without
		"--disable-admission-plugins=ServiceAccount",
		"--service-account-issuer=https://localhost/", "--service-account-key-file="+c.path("sa.pub"), "--service-account-signing-key-file="+c.path("sa.key"),
		"--egress-selector-config-file="+c.path("egress.yaml"), "--kubelet-preferred-address-types=InternalIP", "--kubelet-certificate-authority="+c.CAFile())
	if err != nil {
		return err
	}
	return c.waitUntilReady(ctx)
}

// StopAPIServer kills the API server, as a machine that loses its power does.
func (c *Cluster) StopAPIServer() { c.apiServer.kill() }

func (c *Cluster) waitUntilReady(ctx context.Context) error {
	deadline := time.After(patience)
	for {
		status := 0
		c.Client.Discovery().RESTClient().Get().AbsPath("/readyz").Do(ctx).StatusCode(&status)
		switch {
		case status == http.StatusOK:
			return nil
		case !c.apiServer.running():
			return c.apiServer.lastWords("ended")
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-deadline:
			return c.apiServer.lastWords("did not become ready")
		case <-time.After(interval):
		}
	}
}

// controllers that the product depends on. Others would act on pods and nodes that are none.
var controllers = []string{
	"garbage-collector-controller", "job-controller", "namespace-controller", "node-lifecycle-controller", "resourcequota-controller", "serviceaccount-controller",
}

func (c *Cluster) startControllers() (err error) {
	c.controller, err = c.startProcess("kube-controller-manager",
		"--kubeconfig="+c.Kubeconfig, "--authentication-kubeconfig="+c.Kubeconfig, "--authorization-kubeconfig="+c.Kubeconfig,
		"--controllers="+strings.Join(controllers, ","), "--leader-elect=false", "--secure-port=0", "--kube-api-qps=200", "--kube-api-burst=400",
		"--node-monitor-period=1s", "--node-monitor-grace-period="+c.NodeSilence.String())
	return err
}
