import type { Node } from '../../harvester/node';
import { parseConfigz } from '../../kubelet/config/configz';
import type { Summary } from '../../kubelet/summary';
import { nodeReport, type NodeReport, type NodeSnapshot } from '../nodeReport';
import { UNREAD, type ReadFailure } from '../reading';

export const GI = 2 ** 30;

/** When everything in these tests was read. */
export const READ_AT = 1_000_000;

export const FORBIDDEN: ReadFailure = { kind: 'forbidden', verb: 'get nodes/proxy', message: 'nodes "node-1" is forbidden' };

/** The eviction settings of RKE2's defaults: disks only. */
export const RKE2_DEFAULTS = { enforceNodeAllocatable: ['pods'], evictionHard: { 'imagefs.available': '5%', 'nodefs.available': '5%' } };

/** The settings that the design's example node has. */
export const DESIGN_SETTINGS = {
  enforceNodeAllocatable:  ['pods'],
  evictionHard:            { ...RKE2_DEFAULTS.evictionHard, 'memory.available': '6Gi' },
  evictionSoft:            { 'memory.available': '8Gi' },
  evictionSoftGracePeriod: { 'memory.available': '1m30s' },
  systemReserved:          { cpu: '400m', memory: '2Gi' },
};

export interface NodeOptions {
  readonly name?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly ready?: string;
  readonly pressures?: readonly string[];
  readonly capacity?: string;
  readonly allocatable?: string;
  readonly unschedulable?: boolean;
}

export function node(options: NodeOptions = {}): Node {
  const { name = 'node-1', labels = { 'harvesterhci.io/managed': 'true' }, ready = 'True', pressures = [], capacity = '64Gi', allocatable = '56Gi', unschedulable } = options;

  return {
    metadata: { name, labels, resourceVersion: '1' },
    spec:     { unschedulable },
    status:   {
      capacity:    { memory: capacity },
      allocatable: { memory: allocatable },
      conditions:  [{ type: 'Ready', status: ready }, ...pressures.map((type) => ({ type, status: 'True' }))],
    },
  };
}

/** A summary with the node's and its pods' memory, in GiB. */
export function summary(nodeGi: readonly [workingSet: number, available: number], podsGi?: readonly [workingSet: number, available: number]): Summary {
  const memory = ([workingSet, available]: readonly [number, number]) => ({ workingSetBytes: workingSet * GI, availableBytes: available * GI });

  return { node: { nodeName: 'node-1', memory: memory(nodeGi), systemContainers: podsGi ? [{ name: 'pods', memory: memory(podsGi) }] : [] }, pods: [] };
}

/** A report of a node that was fully read; `more` replaces parts of what was read. */
export function report(settings: Record<string, unknown>, measured: Summary, more: Partial<NodeSnapshot> = {}): NodeReport {
  return nodeReport({
    node:          node(),
    configuration: { sample: { value: parseConfigz({ kubeletconfig: settings }), readAtMilliseconds: READ_AT } },
    summary:       { sample: { value: measured, readAtMilliseconds: READ_AT } },
    usage:         UNREAD,
    ...more,
  });
}

/** A report of a node of which only the Node object is known, or what `more` says. */
export function unreadReport(options: NodeOptions = {}, more: Partial<NodeSnapshot> = {}): NodeReport {
  return nodeReport({ node: node(options), configuration: UNREAD, summary: UNREAD, usage: UNREAD, ...more });
}
