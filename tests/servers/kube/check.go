package main

import (
	"encoding/json"
	"errors"
	"io"
	"os"

	"example.test/kube/kubelet"
	"example.test/kube/node"
)

// machineQuestion is a machine and everything that lies on its disk.
type machineQuestion struct {
	Hardware kubelet.Machine   `json:"hardware"`
	Files    map[string]string `json:"files"`
}

// machineAnswer tells what became of the machine's kubelet.
type machineAnswer struct {
	kubelet.Answer
	KubeletArgs []string `json:"kubeletArgs"`
}

// perChild is how many kubelets are started in one process: each leaves something behind.
const perChild = 100

// check starts the kubelets of machines, a JSON line each on standard input, and tells on standard output what became of
// them, in order. Nothing but the machine's files decides.
func check(in io.Reader, out io.Writer) error {
	starter := &starter{}
	defer starter.close()
	encoder := json.NewEncoder(out)
	for decoder := json.NewDecoder(in); ; {
		var question machineQuestion
		err := decoder.Decode(&question)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		answer, err := starter.answer(question)
		if err != nil {
			return err
		}
		if err := encoder.Encode(answer); err != nil {
			return err
		}
	}
}

// starter keeps a process for kubelets at hand.
type starter struct {
	child *kubelet.Child
	left  int
}

func (s *starter) answer(question machineQuestion) (machineAnswer, error) {
	root, err := os.MkdirTemp("", "machine-")
	if err != nil {
		return machineAnswer{}, err
	}
	defer func() { _ = os.RemoveAll(root) }()
	machine, err := node.NewMachine(root, question.Hardware, "server")
	if err != nil {
		return machineAnswer{}, err
	}
	if err := machine.WriteAll(question.Files); err != nil {
		return machineAnswer{}, err
	}
	started := machine.StartKubelet(s.start)
	return machineAnswer{started.Answer, started.KubeletArgs}, nil
}

func (s *starter) start(question kubelet.Question) (answer kubelet.Answer) {
	if s.left == 0 {
		s.close()
		child, err := kubelet.NewChild()
		if err != nil {
			return kubelet.Answer{Error: err.Error()}
		}
		s.child, s.left = child, perChild
	}
	s.left--
	answer, err := s.child.Ask(question)
	if err != nil {
		s.child, s.left = nil, 0
		return kubelet.Answer{Error: err.Error()}
	}
	return answer
}

func (s *starter) close() {
	if s.child != nil {
		s.child.Close()
		s.child, s.left = nil, 0
	}
}
