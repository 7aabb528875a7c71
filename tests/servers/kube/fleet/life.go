package fleet

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"time"

	"example.test/kube/kubelet"
)

const kubeletPort = 10250

// start lets RKE2 start the kubelet. One that does not come up is no error: its words are kept.
func (m *Machine) start(ctx context.Context) error {
	started := m.StartKubelet(kubelet.Start)
	m.mutex.Lock()
	m.lastError, m.tried = started.Error, started.KubeletArgs
	m.mutex.Unlock()
	if started.Error != "" {
		return nil
	}
	handler, err := kubelet.NewHandler(ctx, started.Configuration, m)
	if err != nil {
		return err
	}
	if err := m.serve(handler); err != nil {
		return err
	}
	m.mutex.Lock()
	m.started, m.noted, m.managed = started, false, true
	m.mutex.Unlock()
	if err := m.keep(started.Configuration); err != nil {
		return err
	}
	// Where the API server cannot be asked at the moment, a heartbeat tells
	_ = m.report(ctx)
	for _, listener := range m.fleet.started {
		listener()
	}
	m.fleet.keepPodsOf(m)
	return nil
}

// keep lets the kubelet look after the machine's pods.
func (m *Machine) keep(configuration json.RawMessage) error {
	ctx, cancel := context.WithCancel(context.Background())
	keeper, err := newKeeper(ctx, m, configuration)
	m.mutex.Lock()
	defer m.mutex.Unlock()
	m.keeper, m.endKeeper = keeper, cancel
	return err
}

// serve answers at the machine's address, as far as the API server can tell.
func (m *Machine) serve(handler http.Handler) error {
	certificate, key := m.Certificates()
	pair, err := tls.LoadX509KeyPair(certificate, key)
	if err != nil {
		return err
	}
	listener, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{pair}, NextProtos: []string{"h2", "http/1.1"}})
	if err != nil {
		return err
	}
	server := &http.Server{Handler: m.slow(handler), ErrorLog: log.New(io.Discard, "", 0)}
	go func() { _ = server.Serve(listener) }()
	m.mutex.Lock()
	m.server = server
	m.mutex.Unlock()
	m.fleet.cluster.Egress.Route(m.address(), listener.Addr().String())
	return nil
}

func (m *Machine) address() string { return net.JoinHostPort(m.plan.Address, fmt.Sprint(kubeletPort)) }

func (m *Machine) slow(handler http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		m.mutex.Lock()
		delay := m.delay
		m.mutex.Unlock()
		select {
		case <-time.After(delay):
			handler.ServeHTTP(w, r)
		case <-r.Context().Done():
		}
	})
}

func (m *Machine) stopServer() {
	m.mutex.Lock()
	server := m.server
	m.server = nil
	if m.endKeeper != nil {
		m.endKeeper()
	}
	m.keeper, m.endKeeper = nil, nil
	m.mutex.Unlock()
	m.fleet.cluster.Egress.Route(m.address(), "")
	if server != nil {
		_ = server.Close()
	}
}
