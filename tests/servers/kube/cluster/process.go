package cluster

import (
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// stopPatience is how long a server may take to end before it is killed.
const stopPatience = 10 * time.Second

// process is one server that runs beside this program and ends with it.
type process struct {
	name    string
	command *exec.Cmd
	log     string
	ended   chan struct{}
}

func (c *Cluster) startProcess(name string, args ...string) (*process, error) {
	p := &process{name: name, command: exec.Command(filepath.Join(c.Binaries, name), args...), log: c.path("logs", name+".log"), ended: make(chan struct{})}
	log, err := os.OpenFile(p.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	defer func() { _ = log.Close() }()
	p.command.Stdout, p.command.Stderr = log, log
	// Ctrl-C is for this process, which ends its children in order
	p.command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := p.command.Start(); err != nil {
		return nil, err
	}
	c.guard.watch(p.command.Process.Pid)
	go func() {
		_ = p.command.Wait()
		c.guard.forget(p.command.Process.Pid)
		close(p.ended)
	}()
	return p, nil
}

func (p *process) running() bool {
	select {
	case <-p.ended:
		return false
	default:
		return true
	}
}

func (p *process) kill() {
	_ = p.command.Process.Kill()
	<-p.ended
}

func (p *process) stop() {
	_ = p.command.Process.Signal(syscall.SIGTERM)
	select {
	case <-p.ended:
	case <-time.After(stopPatience):
		p.kill()
	}
}

// lastWords is an error with the end of the server's log.
func (p *process) lastWords(problem string) error {
	const lines = 15
	text, _ := os.ReadFile(p.log)
	all := strings.Split(strings.TrimSpace(string(text)), "\n")
	return fmt.Errorf("%s %s:\n%s", p.name, problem, strings.Join(all[max(0, len(all)-lines):], "\n"))
}

// Ports that the kernel gives to nobody who does not name one: what is free here stays so until a server takes it.
const (
	firstPort = 20_000
	lastPort  = 32_000
)

// freePort is a port on which nobody listens at the moment.
func freePort() (int, error) {
	var failure error
	for range 100 {
		port := firstPort + rand.IntN(lastPort-firstPort)
		listener, err := net.Listen("tcp", fmt.Sprintf("%s:%d", loopback, port))
		if err == nil {
			return port, listener.Close()
		}
		failure = err
	}
	return 0, failure
}
