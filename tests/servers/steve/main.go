// Command steve serves Rancher's Steve on a Unix socket, for one cluster.
//
// It trusts whoever can open the socket: the caller says in Impersonate-User and Impersonate-Group whose request it is,
// and Steve sends the request on as that user, so that the cluster's RBAC decides. Without these headers it is nobody's.
// With its SQL cache, Steve keeps a database in the working directory.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"

	"github.com/rancher/steve/pkg/auth"
	"github.com/rancher/steve/pkg/server"
	"github.com/rancher/steve/pkg/sqlcache/informer/factory"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
)

// keptEvents is how many events per type a watch can be resumed from: Rancher's own default.
const keptEvents = 1000

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "steve:", err)
		os.Exit(1)
	}
}

func run() error {
	kubeconfig := flag.String("kubeconfig", "", "credentials that may impersonate everybody")
	socket := flag.String("socket", "", "where to listen")
	sqlCache := flag.Bool("sql-cache", false, "answer lists from an SQL cache, as Rancher does; Harvester does not")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	go func() {
		// Whoever started this process holds its standard input open
		_, _ = io.Copy(io.Discard, os.Stdin)
		stop()
	}()

	handler, err := steve(ctx, *kubeconfig, *sqlCache)
	if err != nil {
		return err
	}
	listener, err := net.Listen("unix", *socket)
	if err != nil {
		return err
	}

	return serve(ctx, listener, handler)
}

// steve starts Steve's controllers and gives its API.
func steve(ctx context.Context, kubeconfig string, sqlCache bool) (http.Handler, error) {
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return nil, err
	}
	withoutRateLimit(config)

	return server.New(ctx, config, &server.Options{
		AuthMiddleware:         auth.ToMiddleware(auth.AuthenticatorFunc(auth.Impersonation)),
		SQLCache:               sqlCache,
		SQLCacheFactoryOptions: factory.CacheFactoryOptions{GCKeepCount: keptEvents},
	})
}

// withoutRateLimit leaves limits to the API server, as Rancher and Harvester do.
func withoutRateLimit(config *rest.Config) {
	config.QPS = -1
}

// serve answers until the context ends. Open watches are cut then: they would never end by themselves.
func serve(ctx context.Context, listener net.Listener, handler http.Handler) error {
	front := &http.Server{Handler: handler}

	go func() {
		<-ctx.Done()
		_ = front.Close()
	}()
	if err := front.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}

	return nil
}
