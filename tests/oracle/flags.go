package main

import (
	"fmt"
	"io"

	"github.com/spf13/pflag"
	cliflag "k8s.io/component-base/cli/flag"
	"k8s.io/kubernetes/cmd/kubelet/app/options"
)

func init() {
	register("flags.map", flagsMap)
	register("flags.scalar", flagsScalar)
}

// flagsMap gives a map flag of component-base its values one after the other.
func flagsMap(in struct {
	Separator string
	Initial   map[string]string
	Sets      []string
}) (any, error) {
	var flag pflag.Value
	switch in.Separator {
	case "<":
		flag = cliflag.NewLangleSeparatedMapStringString(&in.Initial)
	case "=":
		flag = cliflag.NewMapStringString(&in.Initial)
	default:
		return nil, fmt.Errorf("oracle: unknown separator %q", in.Separator)
	}
	failures := make([]string, len(in.Sets))
	for i, value := range in.Sets {
		if err := flag.Set(value); err != nil {
			failures[i] = err.Error()
		}
	}
	return struct {
		Result map[string]string `json:"result"`
		String string            `json:"string"`
		Errors []string          `json:"errors"`
	}{in.Initial, flag.String(), failures}, nil
}

// flagsScalar parses a command line with the kubelet's own flags and tells one flag's value as text. A name that the
// kubelet does not have stands for a flag of the given kind whose default is the kind's zero value.
func flagsScalar(in struct {
	Kind, Flag string
	Args       []string
}) (any, error) {
	flags, err := kubeletFlagSet()
	if err != nil {
		return nil, err
	}
	if flags.Lookup(in.Flag) == nil {
		if err := addFlag(flags, in.Kind, in.Flag); err != nil {
			return nil, err
		}
	}
	if err := flags.Parse(in.Args); err != nil {
		return nil, err
	}
	return struct {
		Value string `json:"value"`
	}{flags.Lookup(in.Flag).Value.String()}, nil
}

// kubeletFlagSet builds the flag set of the kubelet command, as app.NewKubeletCommand does.
func kubeletFlagSet() (*pflag.FlagSet, error) {
	config, err := defaultConfiguration()
	if err != nil {
		return nil, err
	}
	flags := pflag.NewFlagSet("kubelet", pflag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.SetNormalizeFunc(cliflag.WordSepNormalizeFunc)
	options.NewKubeletFlags().AddFlags(flags)
	options.AddKubeletConfigFlags(flags, config)
	options.AddGlobalFlags(flags)
	flags.BoolP("help", "h", false, "")
	return flags, nil
}

func addFlag(flags *pflag.FlagSet, kind, name string) error {
	switch kind {
	case "int32":
		flags.Int32(name, 0, "")
	case "bool":
		flags.Bool(name, false, "")
	case "duration":
		flags.Duration(name, 0, "")
	case "stringSlice":
		flags.StringSlice(name, nil, "")
	default:
		return fmt.Errorf("oracle: unknown kind of flag %q", kind)
	}
	return nil
}
