/** Policies as they lie in the cluster and on the nodes' disks. */
import type { CloudInit } from '../../../pkg/node-pressure/planner/settings/policy';
import { adminRequest } from './api';
import { HARVESTER } from './page';
import type { Server } from './server';
import { until } from './wait';

export const SETTINGS_FILE = '/etc/rancher/rke2/config.yaml.d/99-z02-node-pressure.yaml';
export const CLOUD_INITS = '/apis/node.harvesterhci.io/v1beta1/cloudinits';
export const NODES = ['node-1', 'node-2', 'node-3'];

/** The object of a policy; undefined where there is none. */
export async function findPolicy(server: Server, name: string): Promise<CloudInit | undefined> {
  const { items } = await adminRequest(server, 'GET', `/k8s/clusters/${ HARVESTER }${ CLOUD_INITS }`) as { items?: CloudInit[] };

  return items?.find(({ metadata }) => metadata.name === name);
}

/** The object of a policy. @throws Error where there is none */
export async function readPolicy(server: Server, name: string): Promise<CloudInit> {
  const found = await findPolicy(server, name);

  if (!found) {
    throw new Error(`no policy ${ name }`);
  }

  return found;
}

/** A file on a node's disk; undefined where there is none. */
export async function onDisk(server: Server, node: string, path: string): Promise<string | undefined> {
  const { files } = await server.control('GET', `/nodes/${ node }`) as { files: Record<string, string> };

  return files[path];
}

/** Where a policy's boot file lies on a node's disk. */
export const bootFile = (policy: string): string => `/oem/99_node_pressure_${ policy }.yaml`;

export async function reboot(server: Server, ...nodes: readonly string[]): Promise<void> {
  for (const node of nodes) {
    await server.control('POST', `/nodes/${ node }/reboot`);
  }
}

/** Reboots nodes once node-manager has put a policy's boot file on their disks. */
export async function rebootWithPolicy(server: Server, policy: string, ...nodes: readonly string[]): Promise<void> {
  for (const node of nodes) {
    await until(`the boot file on ${ node }`, () => onDisk(server, node, bootFile(policy)));
  }
  await reboot(server, ...nodes);
}
