package main

import "os"

// sharedMemory is a file system without a disk, which Linux usually has. The kubelet syncs what it writes.
const sharedMemory = "/dev/shm"

// temporaryFolder makes a folder for one question and tells how to remove it.
func temporaryFolder() (path string, remove func(), err error) {
	for _, parent := range []string{sharedMemory, os.TempDir()} {
		if path, err = os.MkdirTemp(parent, "oracle-"); err == nil {
			break
		}
	}
	return path, func() { _ = os.RemoveAll(path) }, err
}
