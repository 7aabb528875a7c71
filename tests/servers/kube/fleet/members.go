package fleet

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	v1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// ErrExists is that there is a machine with the name.
var ErrExists = errors.New("there is a node with this name")

// Add sets machines up, boots them and lets them join the cluster. One that cannot is gone again.
func (f *Fleet) Add(ctx context.Context, plans []NodePlan) error {
	var joining []*Machine
	for _, plan := range plans {
		if f.Machine(plan.Plan.Name) != nil {
			return fmt.Errorf("%s: %w", plan.Plan.Name, ErrExists)
		}
		machine, err := f.newMachine(plan, f.folder(plan.Plan.Name))
		if err != nil {
			return err
		}
		f.enter(machine)
		joining = append(joining, machine)
	}
	return each(joining, func(machine *Machine) error {
		err := machine.join(ctx)
		if err != nil {
			_ = f.forget(machine)
		}
		return err
	})
}

// Remove takes a machine away for good, with its Node and the pods on it. Its lease goes with its Node.
func (f *Fleet) Remove(ctx context.Context, machine *Machine) error {
	machine.Break()
	if err := f.cluster.Client.CoreV1().Nodes().Delete(ctx, machine.Name(), metav1.DeleteOptions{}); err != nil && !apierrors.IsNotFound(err) {
		return err
	}
	objects, err := f.pods.ByIndex(byNode, machine.Name())
	if err != nil {
		return err
	}
	for _, object := range objects {
		pod := object.(*v1.Pod)
		if err := f.RemovePod(ctx, pod.Namespace, pod.Name); err != nil && !apierrors.IsNotFound(err) {
			return err
		}
	}
	return f.forget(machine)
}

// RemovePod takes a pod away at once, whatever its kubelet does.
func (f *Fleet) RemovePod(ctx context.Context, namespace, name string) error {
	now := int64(0)
	err := f.cluster.Client.CoreV1().Pods(namespace).Delete(ctx, name, metav1.DeleteOptions{GracePeriodSeconds: &now})
	if err == nil {
		f.mutex.Lock()
		defer f.mutex.Unlock()
		delete(f.podUse, namespace+"/"+name)
	}
	return err
}

func (f *Fleet) folder(name string) string { return filepath.Join(f.cluster.State, "nodes", name) }

func (f *Fleet) enter(machine *Machine) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	f.machines[machine.Name()] = machine
	f.order = append(f.order, machine.Name())
}

func (f *Fleet) forget(machine *Machine) error {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	delete(f.machines, machine.Name())
	f.order = slices.DeleteFunc(f.order, func(name string) bool { return name == machine.Name() })
	return os.RemoveAll(f.folder(machine.Name()))
}
