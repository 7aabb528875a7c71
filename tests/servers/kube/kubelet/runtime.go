package kubelet

import (
	"context"
	"net"
	"path/filepath"

	"google.golang.org/grpc"
	internalapi "k8s.io/cri-api/pkg/apis"
	runtimeapi "k8s.io/cri-api/pkg/apis/runtime/v1"
)

// containerRuntime is the little of containerd that a kubelet asks for before it runs its first pod.
type containerRuntime struct {
	runtimeapi.UnimplementedRuntimeServiceServer
	runtimeapi.UnimplementedImageServiceServer
}

// Version is part of runtimeapi.RuntimeServiceServer.
func (containerRuntime) Version(context.Context, *runtimeapi.VersionRequest) (*runtimeapi.VersionResponse, error) {
	return &runtimeapi.VersionResponse{Version: "0.1.0", RuntimeName: "containerd", RuntimeVersion: "v2.2.1-k3s1", RuntimeApiVersion: "v1"}, nil
}

// RuntimeConfig is part of runtimeapi.RuntimeServiceServer.
func (containerRuntime) RuntimeConfig(context.Context, *runtimeapi.RuntimeConfigRequest) (*runtimeapi.RuntimeConfigResponse, error) {
	return &runtimeapi.RuntimeConfigResponse{Linux: &runtimeapi.LinuxRuntimeConfiguration{CgroupDriver: runtimeapi.CgroupDriver_CGROUPFS}}, nil
}

// ImageFsInfo is part of runtimeapi.ImageServiceServer.
func (containerRuntime) ImageFsInfo(context.Context, *runtimeapi.ImageFsInfoRequest) (*runtimeapi.ImageFsInfoResponse, error) {
	return &runtimeapi.ImageFsInfoResponse{}, nil
}

// serveRuntime answers for a container runtime on a socket in the folder until stop is called.
func serveRuntime(folder string) (endpoint string, stop func(), err error) {
	socket := filepath.Join(folder, "cri.sock")
	listener, err := net.Listen("unix", socket)
	if err != nil {
		return "", nil, err
	}
	server := grpc.NewServer()
	runtimeapi.RegisterRuntimeServiceServer(server, containerRuntime{})
	runtimeapi.RegisterImageServiceServer(server, containerRuntime{})
	go func() { _ = server.Serve(listener) }()
	return "unix://" + socket, server.Stop, nil
}

// emptyRuntime is a container runtime without any pods, as a container manager sees it.
type emptyRuntime struct{ internalapi.RuntimeService }

// ListPodSandbox is part of internalapi.RuntimeService.
func (emptyRuntime) ListPodSandbox(context.Context, *runtimeapi.PodSandboxFilter) ([]*runtimeapi.PodSandbox, error) {
	return nil, nil
}

// ListContainers is part of internalapi.RuntimeService.
func (emptyRuntime) ListContainers(context.Context, *runtimeapi.ContainerFilter) ([]*runtimeapi.Container, error) {
	return nil, nil
}
