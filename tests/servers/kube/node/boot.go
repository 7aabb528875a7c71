package node

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"regexp"
	"strings"
	"time"

	"go.yaml.in/yaml/v2"
)

// stages of a boot, in order; each has a part before and one after it.
var stages = []string{"rootfs", "initramfs", "boot", "fs", "network", "reconcile"}

// bootFile is what yip reads of a file in /oem, as far as it is followed here.
type bootFile struct {
	Name   string
	Stages map[string][]step
}

type step struct {
	Name     string
	If       string
	Files    []file
	Commands []string
}

type file struct {
	Path        string
	Content     string
	Permissions int
	Owner       int
	Group       int
}

// readBoot reads the files of /oem in byte order. One that yip cannot read it skips; one that asks for what cannot be done
// here is an error.
func readBoot(disk Disk) ([]bootFile, error) {
	var files []bootFile
	for _, name := range disk.names(oemFolder, ".yaml", ".yml") {
		text, err := disk.Read(oemFolder + "/" + name)
		if err != nil {
			return nil, err
		}
		if yaml.Unmarshal([]byte(text), &bootFile{}) != nil {
			continue
		}
		var file bootFile
		if strings.Contains(text, "{{") {
			err = errors.New("templates are not followed here")
		} else if err = yaml.UnmarshalStrict([]byte(text), &file); err == nil {
			err = file.check()
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		files = append(files, file)
	}
	return files, nil
}

func (f bootFile) check() error {
	for _, steps := range f.Stages {
		for _, step := range steps {
			if step.If != "" && !harmless.MatchString(step.If) {
				return fmt.Errorf("the shell condition %q is not followed here", step.If)
			}
			for _, command := range step.Commands {
				if !removes.MatchString(command) {
					return fmt.Errorf("the command %q is not followed here", command)
				}
			}
		}
	}
	return nil
}

// applyBoot follows boot files stage by stage, within a stage in the files' order, each condition on the disk as the steps
// before left it.
func applyBoot(disk Disk, files []bootFile) error {
	for _, stage := range stages {
		for _, part := range []string{stage + ".before", stage, stage + ".after"} {
			for _, file := range files {
				for _, step := range file.Stages[part] {
					if err := step.apply(disk); err != nil {
						return err
					}
				}
			}
		}
	}
	return nil
}

func (s step) apply(disk Disk) error {
	if s.If != "" {
		if holds, err := condition(disk, s.If); err != nil || !holds {
			return err
		}
	}
	for _, file := range s.Files {
		if err := disk.Write(file.Path, file.Content); err != nil {
			return err
		}
	}
	for _, command := range s.Commands {
		for _, path := range strings.Fields(removes.FindStringSubmatch(command)[1]) {
			if err := disk.Remove(path); err != nil {
				return err
			}
		}
	}
	return nil
}

// removes is `rm -f FILE…`, the one command that a boot here follows.
var removes = regexp.MustCompile(`^rm -f((?: +/[\w./-]+)+)$`)

// harmless is the shell that conditions may be written in: tests of files and of numbers, and the size of the memory.
// A boot file of a cluster here must not get at the machine that the tests run on.
var harmless = regexp.MustCompile(`^(?:\s+|&&|\|\||!|\[|\]|test\b|-[a-z]{1,2}\b|\d+\b|/[\w./-]+|"?\$\(awk '/\^MemTotal:/ \{print \$2\}' /proc/meminfo\)"?)+$`)

// absolute finds the paths in a condition, but not the pattern in front of awk's action.
var absolute = regexp.MustCompile(`/(?:etc|var|oem|proc|usr|run)/[\w./-]+`)

const shellPatience = 30 * time.Second

// condition asks the real shell about a harmless text, with the machine's root directory before each path.
func condition(disk Disk, text string) (bool, error) {
	ctx, cancel := context.WithTimeout(context.Background(), shellPatience)
	defer cancel()
	err := exec.CommandContext(ctx, "/bin/sh", "-c", absolute.ReplaceAllStringFunc(text, func(path string) string { return disk.root + path })).Run()
	if _, failed := err.(*exec.ExitError); failed && ctx.Err() == nil {
		return false, nil
	}
	return err == nil, err
}
