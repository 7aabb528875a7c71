// Package control is what tests steer the servers by: an HTTP API on this machine, without a login.
package control

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"

	"example.test/kube/cluster"
	"example.test/kube/fleet"
	"example.test/kube/objects"
)

// Server answers on a free port of this machine.
type Server struct {
	cluster *cluster.Cluster
	fleet   *fleet.Fleet
	loader  *objects.Loader
	// fileChanged tells node-manager, which watches its folder.
	fileChanged func()
}

// Serve starts to answer until the context ends.
func Serve(ctx context.Context, c *cluster.Cluster, f *fleet.Fleet, loader *objects.Loader, fileChanged func()) (url string, err error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	s := &Server{c, f, loader, fileChanged}
	server := &http.Server{Handler: s.routes(), ErrorLog: log.New(io.Discard, "", 0), BaseContext: func(net.Listener) context.Context { return ctx }}
	go func() { _ = server.Serve(listener) }()
	context.AfterFunc(ctx, func() { _ = server.Close() })
	return "http://" + listener.Addr().String(), nil
}

// failure is an answer other than success.
type failure struct {
	status int
	err    error
}

func (f failure) Error() string { return f.err.Error() }

func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	handle := func(pattern string, work func(*http.Request) (any, error)) {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			body, err := work(r)
			reply(w, body, err)
		})
	}
	handle("GET /nodes", func(*http.Request) (any, error) {
		all := []description{}
		for _, machine := range s.fleet.Machines() {
			all = append(all, describe(machine))
		}
		return all, nil
	})
	onNode := func(pattern string, work func(*http.Request, *fleet.Machine) error) {
		handle(pattern, func(r *http.Request) (any, error) {
			machine, err := s.machine(r)
			if err != nil {
				return nil, err
			}
			err = work(r, machine)
			return describe(machine), err
		})
	}
	onNode("GET /nodes/{node}", func(*http.Request, *fleet.Machine) error { return nil })
	onNode("POST /nodes/{node}/reboot", func(r *http.Request, m *fleet.Machine) error { return unprocessable(m.Reboot(whole(r))) })
	onNode("POST /nodes/{node}/restart-kubelet", func(r *http.Request, m *fleet.Machine) error { return m.RestartKubelet(whole(r)) })
	onNode("POST /nodes/{node}/recover", func(r *http.Request, m *fleet.Machine) error { return m.RestartKubelet(whole(r)) })
	onNode("POST /nodes/{node}/break", func(_ *http.Request, m *fleet.Machine) error { m.Break(); return nil })
	onNode("PUT /nodes/{node}/memory", s.putMemory)
	onNode("DELETE /nodes/{node}/memory", func(_ *http.Request, m *fleet.Machine) error { m.Follow(nil); return nil })
	onNode("PUT /nodes/{node}/files", s.putFile)
	onNode("PUT /nodes/{node}/certificate", s.putCertificate)
	onNode("PUT /nodes/{node}/delay", s.putDelay)
	handle("POST /nodes", s.postNode)
	handle("DELETE /nodes/{node}", s.deleteNode)
	handle("POST /objects", s.postObjects)
	handle("DELETE /pods/{namespace}/{name}", s.deletePod)
	handle("PUT /pods/{namespace}/{name}/use", s.putUse)
	handle("POST /apiserver/stop", func(*http.Request) (any, error) { s.cluster.StopAPIServer(); return nil, nil })
	handle("POST /apiserver/start", func(r *http.Request) (any, error) { return nil, s.cluster.StartAPIServer(whole(r)) })
	handle("POST /apiserver/restart", func(r *http.Request) (any, error) {
		s.cluster.StopAPIServer()
		return nil, s.cluster.StartAPIServer(whole(r))
	})
	handle("POST /etcd/compact", func(r *http.Request) (any, error) { return nil, s.cluster.Compact(r.Context()) })
	return mux
}

// whole lets work go on when its caller does not wait for it.
func whole(r *http.Request) context.Context { return context.WithoutCancel(r.Context()) }

func unprocessable(err error) error {
	if err == nil {
		return nil
	}
	return failure{http.StatusUnprocessableEntity, err}
}

// read decodes a request's body; what is wrong with it is the caller's fault.
func read(r *http.Request, body any) error {
	if err := json.NewDecoder(r.Body).Decode(body); err != nil {
		return failure{http.StatusBadRequest, err}
	}
	return nil
}

func (s *Server) putMemory(r *http.Request, m *fleet.Machine) error {
	var course fleet.Course
	if err := read(r, &course); err != nil {
		return err
	}
	m.Follow(&course)
	return nil
}

func (s *Server) putFile(r *http.Request, m *fleet.Machine) (err error) {
	var file struct {
		Path    string
		Content *string
	}
	if err := read(r, &file); err != nil {
		return err
	}
	if file.Content == nil {
		err = m.Remove(file.Path)
	} else {
		err = m.Write(file.Path, *file.Content)
	}
	s.fileChanged()
	return unprocessable(err)
}

func (s *Server) putCertificate(r *http.Request, m *fleet.Machine) error {
	var certificate struct{ Trusted bool }
	if err := read(r, &certificate); err != nil {
		return err
	}
	if err := m.Trust(certificate.Trusted); err != nil {
		return err
	}
	return m.RestartKubelet(whole(r))
}

func (s *Server) putDelay(r *http.Request, m *fleet.Machine) error {
	var delay struct{ Milliseconds int }
	if err := read(r, &delay); err != nil {
		return err
	}
	m.Delay(time.Duration(delay.Milliseconds) * time.Millisecond)
	return nil
}

func (s *Server) putUse(r *http.Request) (any, error) {
	var use struct {
		UseBytes float64 `json:"useBytes"`
	}
	if err := read(r, &use); err != nil {
		return nil, err
	}
	s.fleet.SetPodUse(map[string]float64{r.PathValue("namespace") + "/" + r.PathValue("name"): use.UseBytes})
	return use, nil
}

func (s *Server) machine(r *http.Request) (*fleet.Machine, error) {
	name := r.PathValue("node")
	machine := s.fleet.Machine(name)
	if machine == nil {
		return nil, failure{http.StatusNotFound, fmt.Errorf("no node %s", name)}
	}
	return machine, nil
}

// created is an answer about what was not there before.
type created struct{ body any }

// statusOf is the status that an error is answered with: that of the API server, where it was the one to refuse.
func statusOf(err error) int {
	var known failure
	var refused apierrors.APIStatus
	switch {
	case errors.As(err, &known):
		return known.status
	case errors.As(err, &refused) && refused.Status().Code != 0:
		return int(refused.Status().Code)
	case errors.Is(err, fleet.ErrExists):
		return http.StatusConflict
	default:
		return http.StatusInternalServerError
	}
}

func reply(w http.ResponseWriter, body any, err error) {
	status := http.StatusOK
	if made, is := body.(created); is {
		status, body = http.StatusCreated, made.body
	}
	if err != nil {
		status = statusOf(err)
		body = map[string]string{"error": err.Error()}
	} else if body == nil {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}
