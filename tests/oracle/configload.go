package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

func init() {
	registerConcurrent("config.load", configLoad)
}

const (
	// configTimeout bounds a kubelet command that neither reaches its configuration nor fails.
	configTimeout = 60 * time.Second
	// configFolder is what the answers call the folder of the configuration files, which has another name every time.
	configFolder = "/etc/kubernetes"

	configFile = "kubelet.yaml"
	dropInDir  = "kubelet.conf.d"
	certDir    = "pki"
	answerFile = "answer.json"
)

// configQuestion is a kubelet's command line and the files that it reads.
type configQuestion struct {
	ConfigFile string
	DropIns    map[string]string
	Args       []string
}

// configLoad runs the real kubelet command as far as its final configuration, in a process of its own: feature gates,
// logging and flags are global to a process, and some arguments end it.
func configLoad(in configQuestion) (any, error) {
	dir, remove, err := temporaryFolder()
	if err != nil {
		return nil, err
	}
	defer remove()
	if err := in.writeFiles(dir); err != nil {
		return nil, err
	}
	if err := runConfigChild(dir, in.commandLine(dir)); err != nil {
		return nil, err
	}
	answer, err := os.ReadFile(filepath.Join(dir, answerFile))
	if err != nil {
		return nil, fmt.Errorf("oracle: the kubelet command ended before it had its configuration")
	}
	return json.RawMessage(strings.ReplaceAll(string(answer), dir, configFolder)), nil
}

// commandLine puts the user's arguments last, so that they win, and a trailing flag without its value shows as such.
func (in configQuestion) commandLine(dir string) []string {
	args := []string{
		"--container-runtime-endpoint=unix:///run/k3s/containerd/containerd.sock",
		"--cert-dir=" + filepath.Join(dir, certDir),
	}
	if in.ConfigFile != "" {
		args = append(args, "--config="+filepath.Join(dir, configFile))
	}
	if len(in.DropIns) > 0 {
		args = append(args, "--config-dir="+filepath.Join(dir, dropInDir))
	}
	return append(args, in.Args...)
}

func (in configQuestion) writeFiles(dir string) error {
	files := map[string]string{
		// A readable pair keeps the kubelet from making keys for a server that never starts.
		filepath.Join(certDir, "kubelet.crt"): "",
		filepath.Join(certDir, "kubelet.key"): "",
	}
	if in.ConfigFile != "" {
		files[configFile] = in.ConfigFile
	}
	for name, text := range in.DropIns {
		if !filepath.IsLocal(name) {
			return fmt.Errorf("oracle: not a drop-in's file name: %q", name)
		}
		files[filepath.Join(dropInDir, name)] = text
	}
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			return err
		}
	}
	return nil
}

// runConfigChild starts this program anew as the kubelet command. How the process ends says nothing: the command's
// result is in the answer's file.
func runConfigChild(dir string, args []string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), configTimeout)
	defer cancel()
	child := exec.CommandContext(ctx, self, append([]string{configChild, filepath.Join(dir, answerFile)}, args...)...)
	child.Dir = dir
	_ = child.Run()
	return ctx.Err()
}
