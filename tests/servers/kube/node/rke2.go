package node

import (
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v2"
)

// defaults are the kubelet's settings that RKE2 writes before it starts one. The folder that stands for the machine's
// root directory is put before its paths, so that the kubelet finds what they name.
//
//go:embed 00-rke2-defaults.conf
var defaults string

const defaultsFile = dropInFolder + "/00-rke2-defaults.conf"

// setting is one key of RKE2's configuration and what its files make of it.
type setting struct {
	name  string
	value any
}

// configuration merges config.yaml and the files of config.yaml.d: a plain key replaces what stood there, one with a
// plus adds to it. Follows pkg/configfilearg/parser.go of k3s.
func configuration(disk Disk) ([]setting, error) {
	var settings []setting
	paths := []string{configFile}
	for _, name := range disk.names(configFolder, ".yaml", ".yml") {
		paths = append(paths, filepath.Join(configFolder, name))
	}
	for _, path := range paths {
		text, err := disk.Read(path)
		if errors.Is(err, fs.ErrNotExist) && path == configFile {
			continue
		}
		if err != nil {
			return nil, err
		}
		var layer yaml.MapSlice
		if err := yaml.Unmarshal([]byte(text), &layer); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		for _, item := range layer {
			settings = merge(settings, fmt.Sprint(item.Key), item.Value)
		}
	}
	return settings, nil
}

func merge(settings []setting, key string, value any) []setting {
	name, adds := strings.CutSuffix(key, "+")
	at := slices.IndexFunc(settings, func(s setting) bool { return s.name == name })
	switch {
	case at < 0:
		settings = append(settings, setting{name, value})
	case adds:
		settings[at].value = append(slices.Clone(list(settings[at].value)), list(value)...)
	default:
		settings[at].value = value
	}
	return settings
}

func list(value any) []any {
	switch value := value.(type) {
	case nil:
		return nil
	case []any:
		return value
	default:
		return []any{value}
	}
}

// nodeArgs is RKE2's command line as its files amount to it, which it notes on the Node.
func nodeArgs(command string, settings []setting) []string {
	args := []string{command}
	for _, setting := range settings {
		for _, value := range list(setting.value) {
			args = append(args, "--"+setting.name, fmt.Sprint(value))
		}
	}
	return args
}

// kubeletArgs is the list that RKE2 hands on to the kubelet.
func kubeletArgs(settings []setting) []string {
	args := []string{}
	for _, setting := range settings {
		if setting.name == "kubelet-arg" {
			for _, value := range list(setting.value) {
				args = append(args, fmt.Sprint(value))
			}
		}
	}
	return args
}

// commandLine joins RKE2's own kubelet arguments with the user's: `name=value` takes the default's place, `name+=value`
// comes after it, `name-=value` before it and whatever there is; all of a user's of one name are passed on, in order. One
// without a value is `true`. Follows pkg/util/args.go of k3s.
func commandLine(defaults map[string]string, given []string) []string {
	unused := maps.Clone(defaults)
	values := map[string][]string{}
	for _, arg := range given {
		written, value, found := strings.Cut(strings.TrimPrefix(arg, "--"), "=")
		if !found {
			value = "true"
		}
		name := strings.TrimRight(written, "+-")
		before := values[name]
		if initial, has := unused[name]; has && name != written {
			before = append([]string{initial}, before...)
		}
		delete(unused, name)
		if strings.HasSuffix(written, "-") {
			values[name] = append([]string{value}, before...)
		} else {
			values[name] = append(before, value)
		}
	}
	for name, value := range unused {
		values[name] = []string{value}
	}
	var args []string
	for _, name := range sortedKeys(values) {
		for _, value := range values[name] {
			args = append(args, "--"+name+"="+value)
		}
	}
	return args
}

// prepareKubelet writes what RKE2 writes before it starts a kubelet, and returns the kubelet's command line.
func prepareKubelet(disk Disk, given []string) ([]string, error) {
	own := strings.ReplaceAll(defaults, `"`+agentFolder, `"`+disk.root+agentFolder)
	if err := disk.Write(defaultsFile, own); err != nil {
		return nil, err
	}
	rest := []string{}
	for _, arg := range given {
		file, found := strings.CutPrefix(arg, "config=")
		if !found {
			rest = append(rest, arg)
			continue
		}
		content, err := disk.Read(file)
		if err != nil {
			return nil, err
		}
		if err := disk.Write(dropInFolder+"/10-cli-config.conf", content); err != nil {
			return nil, err
		}
	}
	return commandLine(map[string]string{"config-dir": filepath.Join(disk.root, dropInFolder), "read-only-port": "0"}, rest), nil
}
