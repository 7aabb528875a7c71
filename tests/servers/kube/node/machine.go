package node

import (
	"encoding/json"
	"fmt"

	"example.test/kube/kubelet"
)

// Machine is one machine: its disk and its hardware.
type Machine struct {
	Disk
	Hardware kubelet.Machine
	// Command is RKE2's: `server` or `agent`.
	Command string
}

// Started tells what became of RKE2 and its kubelet.
type Started struct {
	kubelet.Answer
	// KubeletArgs is the merged `kubelet-arg` list.
	KubeletArgs []string
	// NodeArgs is what RKE2 notes on the Node about its command line, as JSON.
	NodeArgs string
}

// NewMachine makes a machine whose root directory is the folder.
func NewMachine(root string, hardware kubelet.Machine, command string) (*Machine, error) {
	machine := &Machine{Disk{root}, hardware, command}
	return machine, machine.Write(memInfo, fmt.Sprintf("MemTotal:       %d kB\n", hardware.MemoryBytes/1024))
}

// WriteAll puts files on the disk, by path.
func (m *Machine) WriteAll(files map[string]string) error {
	for _, path := range sortedKeys(files) {
		if err := m.Write(path, files[path]); err != nil {
			return err
		}
	}
	return nil
}

// InstallCertificates gives the kubelet what it serves with, and the authority by which it would know its callers.
func (m *Machine) InstallCertificates(authority, certificate, key []byte) error {
	return m.WriteAll(map[string]string{
		agentFolder + "/client-ca.crt": string(authority), agentFolder + "/serving-kubelet.crt": string(certificate), agentFolder + "/serving-kubelet.key": string(key),
	})
}

// Certificates are the paths on the host of what the kubelet serves with.
func (m *Machine) Certificates() (certificate, key string) {
	return m.root + agentFolder + "/serving-kubelet.crt", m.root + agentFolder + "/serving-kubelet.key"
}

// CheckBoot tells whether the files of /oem can be followed here.
func (m *Machine) CheckBoot() error {
	_, err := readBoot(m.Disk)
	return err
}

// Boot does what happens before RKE2 starts: Harvester's own files are written anew, then those of /oem are followed.
func (m *Machine) Boot(bootFiles map[string]string) error {
	if err := m.WriteAll(bootFiles); err != nil {
		return err
	}
	files, err := readBoot(m.Disk)
	if err != nil {
		return err
	}
	return applyBoot(m.Disk, files)
}

// StartKubelet does what RKE2 does: it reads its layers and starts a kubelet with what they amount to.
func (m *Machine) StartKubelet(start func(kubelet.Question) kubelet.Answer) Started {
	settings, err := configuration(m.Disk)
	if err != nil {
		return Started{Answer: kubelet.Answer{Error: err.Error()}}
	}
	given := kubeletArgs(settings)
	note, err := json.Marshal(nodeArgs(m.Command, settings))
	if err != nil {
		return Started{Answer: kubelet.Answer{Error: err.Error()}}
	}
	args, err := prepareKubelet(m.Disk, given)
	if err != nil {
		return Started{Answer: kubelet.Answer{Error: err.Error()}}
	}
	return Started{start(kubelet.Question{Args: args, Machine: m.Hardware, Root: m.root}), given, string(note)}
}
