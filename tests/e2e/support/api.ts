/** Objects that a test puts into the cluster, as an admin would with kubectl. */
import { readinessOf, type Node } from '../../../pkg/node-pressure/harvester/node';
import type { KubernetesEvent } from '../../../pkg/node-pressure/planner/node/eventKinds';
import { cloudInitFor } from '../../../pkg/node-pressure/planner/settings/policy';
import type { Settings } from '../../../pkg/node-pressure/planner/settings/settings';
import type { Server } from './server';
import { HARVESTER } from './page';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Logs a user in, whose password is the name; the cookie of the session. */
export async function login({ url }: Server, username = 'admin'): Promise<string> {
  const answer = await fetch(`${ url }/v1-public/login`, {
    method:  'POST',
    headers: { 'content-type': 'application/json' },
    body:    JSON.stringify({ type: 'localProvider', username, password: username, responseType: 'cookie' }),
  });
  const [cookie] = (answer.headers.get('set-cookie') ?? '').split(';');

  return cookie ?? '';
}

/** One request to the API as the user `admin`; its JSON. @throws Error for any answer that is not a success */
export async function adminRequest(server: Server, method: Method, path: string, body?: object): Promise<Record<string, unknown>> {
  const answer = await fetch(`${ server.url }${ path }`, {
    method,
    headers: { cookie: await login(server), 'content-type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });

  if (!answer.ok) {
    throw new Error(`${ method } ${ path }: ${ answer.status } ${ await answer.text() }`);
  }

  return await answer.json() as Record<string, unknown>;
}

export interface PolicyOptions {
  readonly matchSelector?: Readonly<Record<string, string>>;
  readonly paused?: boolean;
}

const CLOUD_INITS = `/k8s/clusters/${ HARVESTER }/apis/node.harvesterhci.io/v1beta1/cloudinits`;

/** Saves a policy, as the page itself would. */
export async function savePolicy(server: Server, name: string, settings: Settings, { matchSelector = { 'harvesterhci.io/managed': 'true' }, paused = false }: PolicyOptions = {}): Promise<void> {
  await adminRequest(server, 'POST', CLOUD_INITS, cloudInitFor({ name, matchSelector, paused, contents: { settings, minimumMemoryKib: 1 } }, { time: new Date().toISOString(), user: 'admin', action: 'created' }));
}

/** Changes an object of the Harvester cluster by a merge patch; `path` is below its API. */
export async function patchInHarvester(server: Server, path: string, patch: object): Promise<void> {
  await adminRequest(server, 'PATCH', `/k8s/clusters/${ HARVESTER }${ path }`, patch);
}

/** Creates an object of the Harvester cluster; `path` is its collection's. */
export async function createInHarvester(server: Server, path: string, object: object): Promise<void> {
  await adminRequest(server, 'POST', `/k8s/clusters/${ HARVESTER }${ path }`, object);
}

/** Whether the cluster takes a node for ready: for a while it still does so of one that is gone. */
export async function isReady(server: Server, node: string): Promise<boolean> {
  return readinessOf(await adminRequest(server, 'GET', `/k8s/clusters/${ HARVESTER }/api/v1/nodes/${ node }`) as unknown as Node) === 'ready';
}

/** The reasons of all events that have been told. */
export async function eventReasons(server: Server): Promise<Set<string | undefined>> {
  const { items = [] } = await adminRequest(server, 'GET', `/k8s/clusters/${ HARVESTER }/api/v1/events`) as { items?: KubernetesEvent[] };

  return new Set(items.map(({ reason }) => reason));
}
