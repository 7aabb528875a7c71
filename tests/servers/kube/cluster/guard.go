package cluster

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
)

// GuardCommand as the first argument makes a process tidy up after the one that started it, see RunGuard.
const GuardCommand = "guard"

// guard is a process that outlives this one, however that ends, by just as long as it takes to tidy up.
type guard struct{ orders io.WriteCloser }

func startGuard(folder string) (*guard, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	command := exec.Command(self, GuardCommand, folder)
	// Ctrl-C is not for it
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	orders, err := command.StdinPipe()
	if err != nil {
		return nil, err
	}
	if err := command.Start(); err != nil {
		return nil, err
	}
	go func() { _ = command.Wait() }()
	return &guard{orders}, nil
}

func (g *guard) watch(pid int)  { _, _ = fmt.Fprintf(g.orders, "+%d\n", pid) }
func (g *guard) forget(pid int) { _, _ = fmt.Fprintf(g.orders, "-%d\n", pid) }

// RunGuard reads which processes there are, `+PID` and `-PID`, until nobody writes any more, and then ends those that are
// left and removes the folder.
func RunGuard(folder string, orders io.Reader) error {
	pids := map[int]bool{}
	for lines := bufio.NewScanner(orders); lines.Scan(); {
		pid, err := strconv.Atoi(strings.TrimLeft(lines.Text(), "+-"))
		if err != nil {
			return err
		}
		pids[pid] = strings.HasPrefix(lines.Text(), "+")
	}
	for pid, runs := range pids {
		if runs {
			_ = syscall.Kill(pid, syscall.SIGKILL)
		}
	}
	return os.RemoveAll(folder)
}
