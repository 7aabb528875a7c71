/** Namespaces with VMs and quotas that leave a migration just enough, or just not. */
import { memoryNeed } from '../../../pkg/node-pressure/harvester/migration/delta';
import { overheadConstants } from '../../../pkg/node-pressure/harvester/migration/overheadConstants';
import { launcherRatio } from '../../../pkg/node-pressure/harvester/migration/ratio';
import type { DomainSpec, Setting, VirtualMachineInstance, VmPod, VmVolume } from '../../../pkg/node-pressure/harvester/migration/objects';
import { targetPods, type LauncherEstimate, type TargetPods } from '../../../pkg/node-pressure/harvester/migration/targetPods';
import type { Random } from '../../conformance/generators/random';

const MIB = 2 ** 20;

/** A VM with the pod that it runs in, and perhaps with a migration whose target pod is there already. */
export interface VmPlan {
  vmi: VirtualMachineInstance;
  pods: VmPod[];
  isMigrating: boolean;
}

/** What a limit leaves beyond what is used and, where nobody raises it, what is needed. */
export interface Slack {
  cpuMilli: number;
  memoryBytes: number;
  pods: number;
}

export interface QuotaPlan {
  name: string;
  resources: readonly string[];
  scopes: readonly string[];
  slack: Slack;
}

export interface NamespacePlan {
  name: string;
  setting: Setting;
  harvesterVersion: string;
  /** The first one's migration is what is asked about. */
  vms: [VmPlan, ...VmPlan[]];
  /** Rancher's, which Harvester raises; without it there is none. */
  own?: QuotaPlan;
  /** What Rancher's annotation limits. */
  base: readonly ('limitsCpu' | 'limitsMemory')[];
  others: QuotaPlan[];
  isSwitchedOff: boolean;
  compensationBytes: number;
}

const CONSTANTS = overheadConstants(undefined);
const RUNNING = [{ type: 'Ready', status: 'True' }, { type: 'LiveMigratable', status: 'True' }];

/** How KubeVirt sizes a launcher where the setting says so. */
export const launcherEstimate = (setting: Setting): LauncherEstimate => ({ ratio: launcherRatio(undefined, setting), constants: CONSTANTS });

function domain(random: Random): DomainSpec {
  const memory = random.pick([512, 1024, 4096, 5000, 16_384]);
  const cpu = random.pick(['500m', '1', '2', '4', '16']);
  const limits = { ...(random.chance(0.94) && { cpu }), ...(random.chance(0.96) && { memory: `${ memory }Mi` }) };

  return {
    resources: { limits, requests: { cpu: '200m', memory: `${ Math.floor(memory / 1.5) }Mi` } },
    ...(random.chance(0.5) && { cpu: { cores: random.int(1, 8), sockets: 1, threads: 1 } }),
    devices: {
      ...(random.chance(0.2) && { autoattachGraphicsDevice: false }), ...(random.chance(0.2) && { logSerialConsole: false }), ...(random.chance(0.1) && { tpm: {} }),
    },
  };
}

function podOf(pod: VmPod, name: string, namespace: string, labels: Record<string, string>): VmPod {
  return { ...pod, metadata: { ...pod.metadata, name, namespace, labels: { ...pod.metadata.labels, ...labels } }, spec: { ...pod.spec, nodeName: 'node-1' }, status: { phase: 'Running' } };
}

function vmPlan(random: Random, namespace: string, index: number, estimate: LauncherEstimate): VmPlan {
  const name = `vm-${ index }`;
  const uid = `${ namespace }-${ name }`;
  const volumes: VmVolume[] = random.chance(0.25) ? [{ name: 'disk', persistentVolumeClaim: { hotpluggable: true } }] : [];
  const vmi: VirtualMachineInstance = {
    metadata: { name, namespace, uid }, spec: { architecture: 'amd64', domain: domain(random), volumes }, status: { phase: 'Running', nodeName: 'node-1', conditions: RUNNING },
  };
  const labels = { 'kubevirt.io/created-by': uid };
  const source = targetPods({ vmi }, estimate).map((pod, part) => podOf(pod, `${ name }-${ part }`, namespace, labels));
  const isMigrating = index > 0 && random.chance(0.35);
  const target = isMigrating ? targetPods({ vmi }, estimate).map((pod, part) => podOf(pod, `${ name }-target-${ part }`, namespace, { ...labels, 'kubevirt.io/migrationJobUID': `m-${ uid }` })) : [];

  return { vmi, pods: [...source, ...target], isMigrating };
}

/** What is left is decided by what the raise does not cover: 15m and 60M of the console's log, 100m and 80M of hot-plugged volumes. */
const RAISED: readonly Slack[] = [0, 14, 15, 115, 5_000].flatMap((cpuMilli) => [-200_000_000, -1, 0, 1, 59_999_999, 60_000_000, 139_999_999, 140_000_000, 2 ** 34].map((memoryBytes) => ({ cpuMilli, memoryBytes, pods: 0 })));
/** Nobody raises it: what matters is whether all that is needed is left. */
const FIXED: readonly Slack[] = [-1, 0, 1].flatMap((cpuMilli) => [-1, 0, 1].flatMap((memoryBytes) => [-1, 0].map((pods) => ({ cpuMilli, memoryBytes, pods }))));
const PLENTY: Slack = { cpuMilli: 100_000, memoryBytes: 2 ** 40, pods: 10 };

const OTHERS: readonly (readonly string[])[] = [['pods'], ['count/pods', 'requests.memory'], ['limits.memory', 'limits.cpu'], ['requests.cpu', 'requests.memory'], ['limits.memory']];
const SCOPES: readonly (readonly string[])[] = [[], [], [], ['NotTerminating'], ['Terminating'], ['NotBestEffort']];
const KEYS: readonly (readonly ('limits.cpu' | 'limits.memory')[])[] = [['limits.cpu', 'limits.memory'], ['limits.cpu', 'limits.memory'], ['limits.memory'], ['limits.cpu']];
const BASE_NAMES = { 'limits.cpu': 'limitsCpu', 'limits.memory': 'limitsMemory' } as const;

/** A namespace by lot; the same draws always give the same one. */
export function namespacePlan(random: Random, name: string): NamespacePlan {
  const setting = { value: random.pick(['', '', '1.5', '3', '0']), default: '1.5' };
  const before = random.chance(0.8) ? setting : { value: '1.2' };
  const vms = Array.from({ length: random.int(1, 3) }, (_, index) => vmPlan(random, name, index, launcherEstimate(index === 0 ? before : setting))) as [VmPlan, ...VmPlan[]];
  const isSwitchedOff = random.chance(0.15);
  const resources = random.pick(KEYS);
  const others = random.chance(0.35) ? [{ name: 'other', resources: random.pick(OTHERS), scopes: random.pick(SCOPES), slack: random.chance(0.3) ? PLENTY : random.pick(FIXED) }] : [];

  return {
    name, setting, vms, isSwitchedOff, others,
    harvesterVersion: random.pick(['v1.9.0', 'v1.9.1', 'v1.8.1']),
    ...(random.chance(0.93) && { own: { name: 'default-abcde', resources, scopes: [], slack: isSwitchedOff ? random.pick(FIXED) : random.pick(RAISED) } }),
    // A limit that the quota lacks is added to it
    base: random.chance(0.9) ? resources.map((resource) => BASE_NAMES[resource]) : ['limitsCpu', 'limitsMemory'],
    compensationBytes: random.chance(0.12) ? 128 * MIB + random.int(0, 1_000_000_000) : 0,
  };
}

/** What a migration under way has added to the quota. */
export function raiseOf({ vmi }: VmPlan, setting: Setting): Record<string, string> {
  const { cpu, memory } = vmi.spec?.domain?.resources?.limits ?? {};

  return { ...(cpu !== undefined && { 'limits.cpu': cpu }), ...(memory !== undefined && { 'limits.memory': memoryNeed(vmi, { setting, constants: CONSTANTS }).toString() }) };
}

/** The pods that the migration creates. */
export function targetsOf({ vms: [{ vmi, pods: [launcher] }], setting, name }: NamespacePlan): TargetPods {
  return targetPods({ vmi, launcher }, launcherEstimate(setting)).map((pod, part) => podOf(pod, `vm-0-target-${ part }`, name, {})) as unknown as TargetPods;
}
