import type { Node } from '../../../harvester/node';
import { node } from '../../../planner/__tests__/fixtures';
import { ALL_NODES, cloudInitFor, policyOf, type CloudInit } from '../../../planner/settings/policy';
import type { Settings } from '../../../planner/settings/settings';
import type { StoredCloudInit, StoredPolicy } from '../../../steve/cloudInits';

export const RIGHTS = { create: true, patch: true, remove: true };
export const HARD: Settings = { evictionHard: { 'memory.available': '1Gi' } };
export const PRESENT = { conditions: [{ type: 'Present', status: 'True' }, { type: 'OutOfSync', status: 'False' }] };

export interface PolicyOptions {
  readonly settings?: Settings | 'removal';
  readonly paused?: boolean;
  readonly contents?: string;
  readonly status?: CloudInit['status'];
  readonly annotations?: Readonly<Record<string, string>>;
  readonly version?: string;
}

/** A policy called `memory`, for all nodes, as the API gives it out. */
export function storedPolicy({ settings = HARD, paused = false, contents, status, annotations, version = '1' }: PolicyOptions = {}): StoredPolicy {
  const made = cloudInitFor({ name: 'memory', matchSelector: ALL_NODES, paused, contents: settings === 'removal' ? 'removal' : { settings, minimumMemoryKib: 1 } }, { time: '2026-08-01T10:00:00Z', user: 'Grace', action: 'created', before: HARD });
  const object: StoredCloudInit = {
    ...made,
    metadata: { ...made.metadata, resourceVersion: version, annotations: { ...made.metadata.annotations, ...annotations } },
    spec:     { ...made.spec, ...(contents !== undefined && { contents }) },
    ...(status && { status }),
  };

  return { object, policy: policyOf(object) };
}

/** A node that Harvester manages, started with these arguments. */
export function startedNode(name: string, args: readonly string[] = [], bootID = 'boot-1'): Node {
  const made = node({ name });

  return {
    ...made,
    metadata: { ...made.metadata, labels: { ...made.metadata.labels, 'kubernetes.io/hostname': name }, annotations: { 'rke2.io/node-args': JSON.stringify(args) } },
    status:   { ...made.status, nodeInfo: { bootID, kubeletVersion: 'v1.36.3' } },
  };
}
