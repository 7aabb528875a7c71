package kubelet

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"
)

// patience bounds a kubelet that neither starts nor fails.
const patience = 60 * time.Second

// Child is a process that answers questions about kubelets, one at a time.
type Child struct {
	command   *exec.Cmd
	questions io.WriteCloser
	answers   *os.File
	decoder   *json.Decoder
	stderr    bytes.Buffer
	// temporary is where it and upstream leave what they need.
	temporary string
}

// NewChild starts this program anew.
func NewChild() (*Child, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	reader, writer, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer func() { _ = writer.Close() }()
	child := &Child{command: exec.Command(self, ChildCommand), answers: reader, decoder: json.NewDecoder(reader)}
	if child.temporary, err = os.MkdirTemp("", "kubelet-"); err != nil {
		return nil, err
	}
	child.command.Env = append(os.Environ(), "TMPDIR="+child.temporary)
	child.command.ExtraFiles = []*os.File{writer}
	child.command.Stderr = &child.stderr
	if child.questions, err = child.command.StdinPipe(); err != nil {
		return nil, err
	}
	return child, child.command.Start()
}

// Ask starts a kubelet in the child. An error means that the child is of no more use; where it was upstream's code that
// ended the process, the error is what that said last.
func (c *Child) Ask(question Question) (answer Answer, err error) {
	timer := time.AfterFunc(patience, func() { _ = c.command.Process.Kill() })
	defer timer.Stop()
	err = json.NewEncoder(c.questions).Encode(question)
	if err == nil {
		err = c.decoder.Decode(&answer)
	}
	if err != nil {
		c.Close()
		if words := lastLine(c.stderr.String()); words != "" {
			err = errors.New(words)
		}
	}
	return answer, err
}

// Close ends the child.
func (c *Child) Close() {
	_ = c.questions.Close()
	_ = c.command.Wait()
	_ = c.answers.Close()
	_ = os.RemoveAll(c.temporary)
}

// Start starts a kubelet in a process of its own.
func Start(question Question) Answer {
	child, err := NewChild()
	if err != nil {
		return Answer{Error: err.Error()}
	}
	answer, err := child.Ask(question)
	if err != nil {
		return Answer{Error: err.Error()}
	}
	child.Close()
	return answer
}

// lastLine leaves out what every kubelet says about flags that are deprecated.
func lastLine(text string) string {
	last := ""
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "Flag --") {
			last = line
		}
	}
	return last
}
