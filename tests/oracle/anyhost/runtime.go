// Package anyhost stands in for what a kubelet wants of its host, so that the kubelet's own code runs on any.
package anyhost

import (
	"context"
	"net"
	"path/filepath"

	"google.golang.org/grpc"
	internalapi "k8s.io/cri-api/pkg/apis"
	runtimeapi "k8s.io/cri-api/pkg/apis/runtime/v1"
	"k8s.io/kubernetes/pkg/kubelet"
)

// runtimeServer is the little of a container runtime that a kubelet asks for before it runs its first pod.
type runtimeServer struct {
	runtimeapi.UnimplementedRuntimeServiceServer
	runtimeapi.UnimplementedImageServiceServer
}

// Version is part of runtimeapi.RuntimeServiceServer.
func (runtimeServer) Version(context.Context, *runtimeapi.VersionRequest) (*runtimeapi.VersionResponse, error) {
	return &runtimeapi.VersionResponse{Version: "0.1.0", RuntimeName: "containerd", RuntimeVersion: "v2.2.1-k3s1", RuntimeApiVersion: "v1"}, nil
}

// RuntimeConfig is part of runtimeapi.RuntimeServiceServer.
func (runtimeServer) RuntimeConfig(context.Context, *runtimeapi.RuntimeConfigRequest) (*runtimeapi.RuntimeConfigResponse, error) {
	return &runtimeapi.RuntimeConfigResponse{Linux: &runtimeapi.LinuxRuntimeConfiguration{CgroupDriver: runtimeapi.CgroupDriver_CGROUPFS}}, nil
}

// ImageFsInfo is part of runtimeapi.ImageServiceServer.
func (runtimeServer) ImageFsInfo(context.Context, *runtimeapi.ImageFsInfoRequest) (*runtimeapi.ImageFsInfoResponse, error) {
	return &runtimeapi.ImageFsInfoResponse{}, nil
}

// ServeRuntime answers for a container runtime on a socket in the folder until stop is called.
func ServeRuntime(folder string) (endpoint string, stop func(), err error) {
	socket := filepath.Join(folder, "cri.sock")
	listener, err := net.Listen("unix", socket)
	if err != nil {
		return "", nil, err
	}
	server := grpc.NewServer()
	runtimeapi.RegisterRuntimeServiceServer(server, runtimeServer{})
	runtimeapi.RegisterImageServiceServer(server, runtimeServer{})
	go func() { _ = server.Serve(listener) }()
	return "unix://" + socket, server.Stop, nil
}

// CloseRuntime ends what a kubelet has opened to its container runtime.
func CloseRuntime(ctx context.Context, deps *kubelet.Dependencies) {
	for _, connection := range []interface{ Close(context.Context) error }{deps.RemoteRuntimeService, deps.RemoteImageService} {
		if connection != nil {
			_ = connection.Close(ctx)
		}
	}
}

// EmptyRuntime is a container runtime without any pods, as a container manager sees it.
type EmptyRuntime struct{ internalapi.RuntimeService }

// ListPodSandbox is part of internalapi.RuntimeService.
func (EmptyRuntime) ListPodSandbox(context.Context, *runtimeapi.PodSandboxFilter) ([]*runtimeapi.PodSandbox, error) {
	return nil, nil
}

// ListContainers is part of internalapi.RuntimeService.
func (EmptyRuntime) ListContainers(context.Context, *runtimeapi.ContainerFilter) ([]*runtimeapi.Container, error) {
	return nil, nil
}
