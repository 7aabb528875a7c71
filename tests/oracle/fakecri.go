package main

import (
	"context"
	"net"
	"path/filepath"

	"google.golang.org/grpc"
	runtimeapi "k8s.io/cri-api/pkg/apis/runtime/v1"
)

// runtimeServer is the little of a container runtime that a kubelet asks before it reads its reservations.
type runtimeServer struct {
	runtimeapi.UnimplementedRuntimeServiceServer
	runtimeapi.UnimplementedImageServiceServer
}

// Version is part of runtimeapi.RuntimeServiceServer.
func (runtimeServer) Version(context.Context, *runtimeapi.VersionRequest) (*runtimeapi.VersionResponse, error) {
	return &runtimeapi.VersionResponse{RuntimeApiVersion: "v1"}, nil
}

// RuntimeConfig is part of runtimeapi.RuntimeServiceServer.
func (runtimeServer) RuntimeConfig(context.Context, *runtimeapi.RuntimeConfigRequest) (*runtimeapi.RuntimeConfigResponse, error) {
	return &runtimeapi.RuntimeConfigResponse{Linux: &runtimeapi.LinuxRuntimeConfiguration{CgroupDriver: runtimeapi.CgroupDriver_CGROUPFS}}, nil
}

// ImageFsInfo is part of runtimeapi.ImageServiceServer.
func (runtimeServer) ImageFsInfo(context.Context, *runtimeapi.ImageFsInfoRequest) (*runtimeapi.ImageFsInfoResponse, error) {
	return &runtimeapi.ImageFsInfoResponse{}, nil
}

// serveRuntime starts a container runtime on a socket in the folder.
func serveRuntime(folder string) (endpoint string, stop func(), err error) {
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
