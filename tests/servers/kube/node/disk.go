// Package node is one machine of the cluster: its files, its boot, RKE2 and the kubelet that RKE2 starts.
package node

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

const (
	configFolder = "/etc/rancher/rke2/config.yaml.d"
	configFile   = "/etc/rancher/rke2/config.yaml"
	oemFolder    = "/oem"
	agentFolder  = "/var/lib/rancher/rke2/agent"
	dropInFolder = agentFolder + "/etc/kubelet.conf.d"
	memInfo      = "/proc/meminfo"
)

// Disk is a machine's files below a folder that stands for its root directory. Paths are the machine's own.
type Disk struct{ root string }

// path is where a file lies on the host: below the root, however often its name goes up.
func (d Disk) path(name string) (string, error) {
	if !filepath.IsAbs(name) {
		return "", fmt.Errorf("not an absolute path: %s", name)
	}
	return filepath.Join(d.root, filepath.Clean(name)), nil
}

// Read returns a file's content; one that is not there is an error that is fs.ErrNotExist.
func (d Disk) Read(name string) (string, error) {
	path, err := d.path(name)
	if err != nil {
		return "", err
	}
	content, err := os.ReadFile(path)
	return string(content), err
}

// Write puts a whole file in place at once, as node-manager and yip do.
func (d Disk) Write(name, content string) error {
	path, err := d.path(name)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	unfinished := path + ".tmp"
	if err := os.WriteFile(unfinished, []byte(content), 0o600); err != nil {
		return err
	}
	return os.Rename(unfinished, path)
}

// Remove takes a file away, if it is there.
func (d Disk) Remove(name string) error {
	path, err := d.path(name)
	if err != nil {
		return err
	}
	if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// names are the files directly in a folder with one of the suffixes, in byte order.
func (d Disk) names(folder string, suffixes ...string) []string {
	entries, _ := os.ReadDir(filepath.Join(d.root, folder))
	var names []string
	for _, entry := range entries {
		for _, suffix := range suffixes {
			if strings.HasSuffix(entry.Name(), suffix) {
				names = append(names, entry.Name())
			}
		}
	}
	return names
}

// All are the machine's settings, by path, for people who look. Keys and certificates are none.
func (d Disk) All() map[string]string {
	files := map[string]string{}
	for _, folder := range []string{"/etc", oemFolder, dropInFolder, "/var/lib/rancher/node-pressure"} {
		_ = filepath.WalkDir(filepath.Join(d.root, folder), func(path string, entry fs.DirEntry, err error) error {
			if err == nil && entry.Type().IsRegular() {
				if content, err := os.ReadFile(path); err == nil {
					files[strings.TrimPrefix(path, d.root)] = strings.ReplaceAll(string(content), d.root, "")
				}
			}
			return nil
		})
	}
	return files
}
