package cluster

import (
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	clientv3 "go.etcd.io/etcd/client/v3"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
	clientcmdapi "k8s.io/client-go/tools/clientcmd/api"
)

const (
	loopback = "127.0.0.1"
	// patience is how long a server may take to come up on a busy machine.
	patience = 3 * time.Minute
	// between looks at whether it has.
	interval = 100 * time.Millisecond
)

// Options say how to run a cluster.
type Options struct {
	// Binaries is the folder with etcd, kube-apiserver and kube-controller-manager.
	Binaries string
	// State is an empty folder for everything that the servers write. It is removed when this process ends, in whatever way.
	State string
	// Users may log in with a token of their own; what they may do is a matter of RBAC.
	Users []string
	// NodeSilence is how long a node may be silent before it counts as not ready.
	NodeSilence time.Duration
}

// Cluster is a control plane that runs.
type Cluster struct {
	Options
	Egress     *Egress
	Authority  *Authority
	Config     *rest.Config
	Client     kubernetes.Interface
	Tokens     map[string]string
	AdminToken string
	Kubeconfig string

	apiPort, etcdPort           int
	etcd, apiServer, controller *process
	guard                       *guard
}

// Start starts a cluster; what it has started by the time it fails it stops again.
func Start(ctx context.Context, options Options) (c *Cluster, err error) {
	c = &Cluster{Options: options, Tokens: map[string]string{}}
	defer func() {
		if err != nil {
			c.Stop()
		}
	}()
	if err := c.prepare(); err != nil {
		return c, err
	}
	if err := c.startEtcd(); err != nil {
		return c, err
	}
	if err := c.StartAPIServer(ctx); err != nil {
		return c, err
	}
	return c, c.startControllers()
}

// Stop ends all servers.
func (c *Cluster) Stop() {
	for _, process := range []*process{c.controller, c.apiServer} {
		if process != nil {
			process.kill()
		}
	}
	if c.etcd != nil {
		c.etcd.stop()
	}
	if c.Egress != nil {
		c.Egress.Close()
	}
}

// APIServer is the API server's address.
func (c *Cluster) APIServer() string { return fmt.Sprintf("https://%s:%d", loopback, c.apiPort) }

// CAFile is the certificate by which to know the API server.
func (c *Cluster) CAFile() string { return c.path("ca.crt") }

func (c *Cluster) path(parts ...string) string {
	return filepath.Join(append([]string{c.State}, parts...)...)
}

func (c *Cluster) prepare() (err error) {
	if c.guard, err = startGuard(c.State); err != nil {
		return err
	}
	for _, folder := range []string{c.path("logs"), c.path("certs")} {
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return err
		}
	}
	if c.apiPort, err = freePort(); err != nil {
		return err
	}
	if c.etcdPort, err = freePort(); err != nil {
		return err
	}
	if c.Authority, err = NewAuthority("test-cluster"); err != nil {
		return err
	}
	certificate, key, err := c.Authority.Serving(loopback)
	if err != nil {
		return err
	}
	if err := writeServiceAccountKeys(c.State); err != nil {
		return err
	}
	err = writeAll(c.State, map[string][]byte{
		"ca.crt": c.Authority.PEM, "apiserver.crt": certificate, "apiserver.key": key,
		"tokens.csv": c.tokens(), "egress.yaml": []byte(fmt.Sprintf(egressConfiguration, c.path("egress.sock"))),
	})
	if err != nil {
		return err
	}
	if c.Egress, err = NewEgress(c.path("egress.sock")); err != nil {
		return err
	}
	return c.makeClients()
}

const egressConfiguration = `apiVersion: apiserver.k8s.io/v1beta1
kind: EgressSelectorConfiguration
egressSelections:
- name: cluster
  connection:
    proxyProtocol: HTTPConnect
    transport: {uds: {udsName: %s}}
`

func (c *Cluster) tokens() []byte {
	c.AdminToken = rand.Text()
	lines := []string{c.AdminToken + `,system:admin,system:admin,"system:masters"`}
	for _, user := range c.Users {
		c.Tokens[user] = rand.Text()
		lines = append(lines, fmt.Sprintf("%s,%s,%s", c.Tokens[user], user, user))
	}
	return []byte(strings.Join(lines, "\n") + "\n")
}

func (c *Cluster) makeClients() (err error) {
	c.Config = &rest.Config{Host: c.APIServer(), BearerToken: c.AdminToken, TLSClientConfig: rest.TLSClientConfig{CAData: c.Authority.PEM}, QPS: -1}
	if c.Client, err = kubernetes.NewForConfig(c.Config); err != nil {
		return err
	}
	config := clientcmdapi.NewConfig()
	config.Clusters["test"] = &clientcmdapi.Cluster{Server: c.APIServer(), CertificateAuthorityData: c.Authority.PEM}
	config.AuthInfos["admin"] = &clientcmdapi.AuthInfo{Token: c.AdminToken}
	config.Contexts["test"] = &clientcmdapi.Context{Cluster: "test", AuthInfo: "admin"}
	config.CurrentContext = "test"
	c.Kubeconfig = c.path("admin.kubeconfig")
	return clientcmd.WriteToFile(*config, c.Kubeconfig)
}

// Failed waits until a server that should run has ended, and tells what it said last.
func (c *Cluster) Failed(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return nil
	case <-c.etcd.ended:
		return c.etcd.lastWords("ended")
	case <-c.controller.ended:
		return c.controller.lastWords("ended")
	}
}

// Compact forgets the history of all objects: resourceVersions of before are too old from now on. Watches that the API
// server answers from its memory notice only after it has been started anew.
func (c *Cluster) Compact(ctx context.Context) error {
	client, err := clientv3.New(clientv3.Config{Endpoints: []string{c.etcdURL()}})
	if err != nil {
		return err
	}
	defer func() { _ = client.Close() }()
	answer, err := client.Get(ctx, "compact", clientv3.WithCountOnly())
	if err != nil {
		return err
	}
	_, err = client.Compact(ctx, answer.Header.Revision, clientv3.WithCompactPhysical())
	return err
}
