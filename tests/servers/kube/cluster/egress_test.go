package cluster

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"testing"
)

func TestEgress(t *testing.T) {
	target, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = target.Close() }()
	go func() {
		for {
			connection, err := target.Accept()
			if err != nil {
				return
			}
			_, _ = io.Copy(connection, connection)
			_ = connection.Close()
		}
	}()
	socket := filepath.Join(t.TempDir(), "egress.sock")
	egress, err := NewEgress(socket)
	if err != nil {
		t.Fatal(err)
	}
	defer egress.Close()
	egress.Route("192.0.2.11:10250", target.Addr().String())
	egress.Route("192.0.2.12:10250", "")
	for address, want := range map[string]int{"192.0.2.11:10250": http.StatusOK, target.Addr().String(): http.StatusOK, "192.0.2.12:10250": http.StatusBadGateway} {
		t.Run(address, func(t *testing.T) {
			connection, err := net.Dial("unix", socket)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = connection.Close() }()
			if _, err := fmt.Fprintf(connection, "CONNECT %s HTTP/1.1\r\nHost: %s\r\n\r\n", address, address); err != nil {
				t.Fatal(err)
			}
			reader := bufio.NewReader(connection)
			answer, err := http.ReadResponse(reader, &http.Request{Method: http.MethodConnect})
			if err != nil || answer.StatusCode != want {
				t.Fatalf("got %v, %v", answer, err)
			}
			if want != http.StatusOK {
				return
			}
			if _, err := fmt.Fprintln(connection, "hello"); err != nil {
				t.Fatal(err)
			}
			if line, err := reader.ReadString('\n'); line != "hello\n" {
				t.Errorf("came back: %q, %v", line, err)
			}
		})
	}
}
