package cluster

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
	"time"
)

const dialTimeout = 5 * time.Second

// Egress is the proxy through which the API server reaches nodes, webhooks and aggregated APIs. Nodes have addresses that
// lead nowhere; the proxy knows where their kubelets really listen, and passes everything else on.
type Egress struct {
	listener net.Listener
	mutex    sync.Mutex
	targets  map[string]string
}

// NewEgress listens on a unix socket.
func NewEgress(socket string) (*Egress, error) {
	listener, err := net.Listen("unix", socket)
	if err != nil {
		return nil, err
	}
	egress := &Egress{listener: listener, targets: map[string]string{}}
	go egress.serve()
	return egress, nil
}

// Route sends connections to an address to another one; an empty one refuses them.
func (e *Egress) Route(address, target string) {
	e.mutex.Lock()
	defer e.mutex.Unlock()
	e.targets[address] = target
}

// Close stops listening.
func (e *Egress) Close() { _ = e.listener.Close() }

func (e *Egress) serve() {
	for {
		connection, err := e.listener.Accept()
		if err != nil {
			return
		}
		go e.connect(connection)
	}
}

func (e *Egress) connect(client net.Conn) {
	defer func() { _ = client.Close() }()
	reader := bufio.NewReader(client)
	request, err := http.ReadRequest(reader)
	if err != nil || request.Method != http.MethodConnect {
		return
	}
	target, err := net.DialTimeout("tcp", e.target(request.Host), dialTimeout)
	if err != nil {
		_, _ = fmt.Fprint(client, "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")
		return
	}
	defer func() { _ = target.Close() }()
	if _, err := fmt.Fprint(client, "HTTP/1.1 200 Connection established\r\n\r\n"); err != nil {
		return
	}
	done := make(chan struct{}, 2)
	pipe := func(to io.Writer, from io.Reader) {
		_, _ = io.Copy(to, from)
		done <- struct{}{}
	}
	go pipe(target, reader)
	go pipe(client, target)
	<-done
}

// nowhere is where nobody listens: RFC 863's port, on this machine.
const nowhere = "127.0.0.1:9"

func (e *Egress) target(address string) string {
	e.mutex.Lock()
	defer e.mutex.Unlock()
	target, known := e.targets[address]
	switch {
	case !known:
		return address
	case target == "":
		return nowhere
	default:
		return target
	}
}
