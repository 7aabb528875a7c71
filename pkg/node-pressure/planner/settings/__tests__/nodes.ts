import type { Role } from '../../../harvester/node';
import { parseConfigz } from '../../../kubelet/config/configz';
import type { Pod } from '../../../kubelet/pod';
import type { Summary } from '../../../kubelet/summary';
import { GI, RKE2_DEFAULTS } from '../../__tests__/fixtures';
import { UNREAD } from '../../reading';
import { settingsNode, type SettingsNode } from '../node';
import type { Settings } from '../settings';

export interface NodeOptions {
  readonly name?: string;
  readonly role?: Role;
  readonly memoryGi?: number;
  readonly capacity?: Readonly<Record<string, string>>;
  readonly allocatable?: Readonly<Record<string, string>>;
  /** Fields of the kubelet's configuration, on top of RKE2's; null: it was not read. */
  readonly configuration?: Readonly<Record<string, unknown>> | null;
  /** What nodes and pods use, in GiB; null: not read. */
  readonly use?: { readonly node: number; readonly pods: number } | null;
  /** More of the summary's node, and its pods. */
  readonly stats?: Partial<Summary['node']>;
  readonly podStats?: Summary['pods'];
  readonly pods?: readonly Pod[] | null;
  readonly pressures?: readonly string[];
  readonly version?: string;
  readonly written?: Settings;
}

function summaryOf(memoryGi: number, use: { node: number; pods: number }, stats: Partial<Summary['node']>, pods: Summary['pods']): Summary {
  const memory = (used: number) => ({ workingSetBytes: used * GI, availableBytes: (memoryGi - used) * GI });

  return { node: { nodeName: '', memory: memory(use.node), systemContainers: [{ name: 'pods', memory: memory(use.pods) }], rlimit: { maxpid: 4_194_304, curproc: 2000 }, ...stats }, pods };
}

/** A node that was read; 32 GiB, a third in use, RKE2's defaults, no pods. */
export function testNode(options: NodeOptions = {}): SettingsNode {
  const { name = 'node-1', role = 'management', memoryGi = 32, configuration = {}, use = { node: 10, pods: 8 }, stats = {}, podStats = [], pods = [], pressures = [], version = 'v1.36.3+rke2r1' } = options;
  const capacity = { cpu: '8', memory: `${ memoryGi }Gi`, 'ephemeral-storage': '400Gi', pods: '200', ...options.capacity };
  const sample = <T>(value: T | null) => (value === null ? UNREAD : { sample: { value, readAtMilliseconds: 0 } });

  return settingsNode({
    node: {
      metadata: { name, labels: { [`node-role.harvesterhci.io/${ role }`]: 'true' } },
      status:   { capacity, allocatable: { ...capacity, ...options.allocatable }, conditions: pressures.map((type) => ({ type, status: 'True' })), nodeInfo: { kubeletVersion: version } },
    },
    configuration: sample(configuration && parseConfigz({ kubeletconfig: { ...RKE2_DEFAULTS, evictionMinimumReclaim: { 'imagefs.available': '10%', 'nodefs.available': '10%' }, evictionPressureTransitionPeriod: '5m0s', ...configuration } })),
    summary:       sample(use && summaryOf(memoryGi, use, stats, podStats)),
  }, pods ?? undefined, options.written);
}

/** A pod that asks for memory; a VM's where `vm` names one. */
export function testPod(name: string, memory: string, more: { readonly vm?: string; readonly created?: string; readonly priority?: number } = {}): Pod {
  const { vm, created = '2026-08-01T00:00:00Z', priority } = more;

  return {
    metadata: { name, namespace: 'prod', uid: name, creationTimestamp: created, labels: vm ? { 'kubevirt.io': 'virt-launcher', 'vm.kubevirt.io/name': vm } : {} },
    spec:     { priority, containers: [{ name: 'main', resources: { requests: { memory } } }] },
    status:   { phase: 'Running' },
  };
}

/** What a pod of `testPod` uses. */
export function usage(name: string, workingSetGi: number): Summary['pods'][number] {
  return { podRef: { name, namespace: 'prod', uid: name }, containers: [{ name: 'main', memory: { workingSetBytes: workingSetGi * GI } }], memory: { workingSetBytes: workingSetGi * GI } };
}
