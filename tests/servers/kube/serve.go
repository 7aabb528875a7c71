package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	statsapi "k8s.io/kubelet/pkg/apis/stats/v1alpha1"

	"example.test/kube/agent"
	"example.test/kube/cluster"
	"example.test/kube/control"
	"example.test/kube/fleet"
	"example.test/kube/metrics"
	"example.test/kube/objects"
	"example.test/kube/virt"
)

// scenario is the file that tests/servers/scenario.ts writes.
type scenario struct {
	Users     []objects.User     `json:"users"`
	Anonymous objects.Rules      `json:"anonymous"`
	Kinds     []string           `json:"customKinds"`
	Nodes     []fleet.NodePlan   `json:"nodes"`
	Objects   []map[string]any   `json:"objects"`
	PodUse    map[string]float64 `json:"podUse"`
}

// ready is what is printed once everything can be used.
type ready struct {
	Ready      bool              `json:"ready"`
	APIServer  string            `json:"apiServer"`
	CA         string            `json:"ca"`
	Kubeconfig string            `json:"kubeconfig"`
	Tokens     map[string]string `json:"tokens"`
	AdminToken string            `json:"adminToken"`
	Control    string            `json:"control"`
	State      string            `json:"state"`
}

// serve runs a cluster until the process is told to end.
func serve(args []string) error {
	flags := flag.NewFlagSet("serve", flag.ContinueOnError)
	binaries := flags.String("binaries", "", "folder with etcd, kube-apiserver and kube-controller-manager")
	file := flags.String("scenario", "", "what the cluster starts with")
	silence := flags.Duration("node-silence", 12*time.Second, "how long a node may be silent before it counts as not ready")
	untilStdinCloses := flags.Bool("until-stdin-closes", false, "also end when nobody holds standard input open any more")
	if err := flags.Parse(args); err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	if *untilStdinCloses {
		go func() {
			_, _ = io.Copy(io.Discard, os.Stdin)
			stop()
		}()
	}
	text, err := os.ReadFile(*file)
	if err != nil {
		return err
	}
	var plan scenario
	if err := json.Unmarshal(text, &plan); err != nil {
		return fmt.Errorf("%s: %w", *file, err)
	}
	state, err := os.MkdirTemp("", "kube-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(state) }()
	// What kubelets leave that are just starting when this process ends goes with the rest
	if err := os.Setenv("TMPDIR", state); err != nil {
		return err
	}
	err = run(ctx, cluster.Options{Binaries: *binaries, State: state, Users: plan.userNames(), NodeSilence: *silence}, plan)
	if errors.Is(err, context.Canceled) && ctx.Err() != nil {
		return nil
	}
	return err
}

func (s scenario) userNames() []string {
	var names []string
	for _, user := range s.Users {
		names = append(names, user.Name)
	}
	return names
}

func run(ctx context.Context, options cluster.Options, plan scenario) error {
	progress("starting etcd and the API server")
	c, err := cluster.Start(ctx, options)
	if err != nil {
		return err
	}
	defer c.Stop()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	progress("creating kinds, users and nodes")
	if err := objects.InstallCRDs(ctx, c.Config, plan.Kinds); err != nil {
		return err
	}
	if err := objects.GrantUsers(ctx, c.Client, plan.Users, plan.Anonymous); err != nil {
		return err
	}
	podFailed, err := virt.PodFailed(c.Config)
	if err != nil {
		return err
	}
	machines, err := fleet.New(ctx, c, plan.PodUse, podFailed)
	if err != nil {
		return err
	}
	defer machines.Stop()
	fileChanged := func() {}
	if objects.HasCloudInit(plan.Kinds) {
		manager, err := agent.NewManager(ctx, c.Config, c.Client, func() []agent.Node { return nodes(machines) })
		if err != nil {
			return err
		}
		if err := manager.ServeWebhooks(ctx, c.Client, c.Authority); err != nil {
			return err
		}
		fileChanged = manager.Resync
		machines.OnStart(manager.Resync)
	}
	if err := machines.Add(ctx, plan.Nodes); err != nil {
		return err
	}
	go machines.Run(ctx)
	progress("creating objects")
	loader, err := objects.NewLoader(c.Config, c.Client)
	if err != nil {
		return err
	}
	if err := load(ctx, loader, machines, plan.Objects); err != nil {
		return err
	}
	if err := metrics.Serve(ctx, c, func() []*statsapi.Summary { return summaries(machines) }); err != nil {
		return err
	}
	url, err := control.Serve(ctx, c, machines, loader, fileChanged)
	if err != nil {
		return err
	}
	err = json.NewEncoder(os.Stdout).Encode(ready{true, c.APIServer(), c.CAFile(), c.Kubeconfig, c.Tokens, c.AdminToken, url, c.State})
	if err != nil {
		return err
	}
	return c.Failed(ctx)
}

func nodes(machines *fleet.Fleet) []agent.Node {
	var all []agent.Node
	for _, machine := range machines.Machines() {
		all = append(all, machine)
	}
	return all
}

func summaries(machines *fleet.Fleet) []*statsapi.Summary {
	var all []*statsapi.Summary
	for _, machine := range machines.Machines() {
		if machine.Running() {
			all = append(all, machine.Summary())
		}
	}
	return all
}

func load(ctx context.Context, loader *objects.Loader, machines *fleet.Fleet, list []map[string]any) error {
	if err := machines.Introduce(ctx, loader); err != nil {
		return err
	}
	for _, object := range list {
		if _, err := loader.Create(ctx, object); err != nil {
			return err
		}
	}
	return nil
}

func progress(text string) { fmt.Fprintln(os.Stderr, "kube: "+text) }
