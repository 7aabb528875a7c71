import type { KubeletConfiguration } from '../../kubelet/config/types';
import type { Message } from '../display';
import type { Settings } from '../settings/settings';
import type { EvictionEntry } from './evictionOrder';
import type { MemoryDemand, SystemUse } from './memoryUse';
import type { PodResize } from './podResizes';
import type { Bursts } from './samples';
import { memoryMargins, type SignalRow } from './signalRows';
import { proposedReservation, proposedThreshold, withMemoryThreshold, withSystemReserved } from './adviceValues';

/** What to do about a node, most urgent first. */
export const ADVICE_CODES = [
  'moveVmsNow', 'setMemoryThreshold', 'raiseThresholdForBursts', 'reserveForSystem', 'setSoftGrace', 'requestMoreForVm', 'moveVmsBeforeFull', 'guardPods', 'setDiskThreshold', 'clearResize',
] as const;
export type AdviceCode = typeof ADVICE_CODES[number];

/**
 * Where an advice is followed: the settings form with a value that is not saved yet, a VM, a pod, what runs on the node, the
 * quotas of the namespaces, which may keep VMs from moving.
 */
export type AdviceTarget =
  { readonly kind: 'settings'; readonly change?: Settings } |
  { readonly kind: 'vm' | 'pod'; readonly namespace: string; readonly name: string } |
  { readonly kind: 'node' | 'quotas' };

export interface Advice {
  readonly advice: Message<AdviceCode>;
  /** The figures that it rests on, as a sentence of its own. */
  readonly evidence: Message;
  readonly target: AdviceTarget;
  /** What may stand in the way. */
  readonly obstacle?: AdviceTarget;
}

/** What is known about a node when it is to be advised. */
export interface AdviceInput {
  readonly rows: readonly SignalRow[];
  readonly configuration?: KubeletConfiguration;
  /** For memory. */
  readonly order: readonly EvictionEntry[];
  readonly demand: MemoryDemand;
  readonly system: SystemUse;
  readonly bursts: Bursts;
  readonly resizes: readonly PodResize[];
}

export const MAX_ADVICE = 3;

/** Long enough for most guests to shut down. */
const SOFT_GRACE_SECONDS = 120;

function settingsTarget(change: Settings | undefined): AdviceTarget {
  return { kind: 'settings', ...(change && { change }) };
}

function memoryRow(rows: readonly SignalRow[]): SignalRow | undefined {
  return rows.find(({ signal }) => signal === 'memory.available');
}

/** The VM that would be stopped first, if nothing else would be before it. */
function vmFirst(order: readonly EvictionEntry[]): EvictionEntry | undefined {
  const first = order.find(({ turn }) => turn === 1);

  return first?.vm && first;
}

const RUNNING_OUT: readonly string[] = ['met', 'graceOver', 'reclaiming', 'inGrace'];

function moveVmsNow({ rows, order }: AdviceInput): Advice[] {
  const acute = rows.find(({ unit, signal, state }) => unit === 'bytes' && signal.includes('emory') && RUNNING_OUT.includes(state.code));
  const vm = vmFirst(order)?.vm;

  return acute ? [{
    advice:   { code: 'moveVmsNow', params: { vm: vm?.name } },
    evidence: { code: acute.state.code, params: { signal: acute.signal, marginBytes: acute.margin } },
    target:   vm ? { kind: 'vm', namespace: vm.namespace, name: vm.name } : { kind: 'node' },
    obstacle: { kind: 'quotas' },
  }] : [];
}

function setMemoryThreshold({ rows, configuration, bursts }: AdviceInput): Advice[] {
  const memory = memoryRow(rows);

  if (memory?.finding !== 'untilOutOfMemory') {
    return [];
  }
  const bytes = proposedThreshold(memory, bursts);

  return [{
    advice:   { code: 'setMemoryThreshold', params: { thresholdBytes: bytes } },
    evidence: { code: 'untilOutOfMemory', params: { availableBytes: memory.available } },
    target:   settingsTarget(bytes === undefined ? undefined : withMemoryThreshold(configuration, bytes)),
  }];
}

function raiseThresholdForBursts({ rows, configuration, bursts }: AdviceInput): Advice[] {
  const memory = memoryRow(rows);

  if (!memory?.hard || (bursts.verdict.code !== 'reachesIn10s' && bursts.verdict.code !== 'reachesIn60s')) {
    return [];
  }
  const bytes = proposedThreshold(memory, bursts);
  const isMore = bytes !== undefined && bytes > (memory.hard.amount ?? 0);

  return [{
    advice:   { code: 'raiseThresholdForBursts', params: { thresholdBytes: isMore ? bytes : undefined } },
    evidence: { code: bursts.verdict.code, params: { dropBytes: bursts.verdict.params['drop'], marginBytes: memoryMargins(rows).smaller?.bytes } },
    target:   settingsTarget(isMore ? withMemoryThreshold(configuration, bytes) : undefined),
  }];
}

function reserveForSystem({ configuration, system: { usedBytes, finding } }: AdviceInput): Advice[] {
  if (usedBytes === undefined || (finding.code !== 'tooSmall' && finding.code !== 'none')) {
    return [];
  }
  const reservedBytes = proposedReservation(usedBytes, configuration);

  return [{
    advice:   { code: 'reserveForSystem', params: { reservedBytes } },
    evidence: finding,
    target:   settingsTarget(withSystemReserved(reservedBytes)),
  }];
}

/** The default of 0 means one second. */
function setSoftGrace({ rows, configuration }: AdviceInput): Advice[] {
  const soft = rows.find((row) => row.soft);

  return soft && configuration && configuration.evictionMaxPodGracePeriod <= 0 ? [{
    advice:   { code: 'setSoftGrace', params: { seconds: SOFT_GRACE_SECONDS } },
    evidence: { code: 'softWithoutGrace', params: { signal: soft.signal, threshold: soft.soft?.setting } },
    target:   settingsTarget({ evictionMaxPodGracePeriod: SOFT_GRACE_SECONDS }),
  }] : [];
}

function requestMoreForVm({ order }: AdviceInput): Advice[] {
  const first = vmFirst(order);

  return first?.vm && first.reason.code.startsWith('exceeds') ? [{
    advice:   { code: 'requestMoreForVm', params: { vm: first.vm.name } },
    evidence: first.reason,
    target:   { kind: 'vm', namespace: first.vm.namespace, name: first.vm.name },
  }] : [];
}

function moveVmsBeforeFull({ demand: { verdict, vms } }: AdviceInput): Advice[] {
  return verdict.code === 'outOfMemory' || verdict.code === 'evicts' ? [{ advice: { code: 'moveVmsBeforeFull', params: { vms } }, evidence: verdict, target: { kind: 'node' }, obstacle: { kind: 'quotas' } }] : [];
}

function withFinding(rows: readonly SignalRow[], finding: SignalRow['finding'], code: AdviceCode): Advice[] {
  const row = rows.find((each) => each.finding === finding);

  return row ? [{ advice: { code, params: { signal: row.signal } }, evidence: { code: finding as string, params: { signal: row.signal } }, target: settingsTarget(undefined) }] : [];
}

function clearResize({ resizes }: AdviceInput): Advice[] {
  const stuck = resizes.find(({ state }) => state.code === 'infeasible' || state.code === 'error');

  return stuck ? [{
    advice:   { code: 'clearResize', params: { pod: stuck.name } },
    evidence: { code: stuck.state.code, params: { obstacle: stuck.obstacle } },
    target:   stuck.vm === undefined ? { kind: 'pod', namespace: stuck.namespace, name: stuck.name } : { kind: 'vm', namespace: stuck.namespace, name: stuck.vm },
  }] : [];
}

/** What to do about a node now: at most {@link MAX_ADVICE}, the most urgent first, none where nothing is known to be wrong. */
export function advise(input: AdviceInput): Advice[] {
  return [
    ...moveVmsNow(input),
    ...setMemoryThreshold(input),
    ...raiseThresholdForBursts(input),
    ...reserveForSystem(input),
    ...setSoftGrace(input),
    ...requestMoreForVm(input),
    ...moveVmsBeforeFull(input),
    ...withFinding(input.rows, 'podsNotGuarded', 'guardPods'),
    ...withFinding(input.rows, 'untilDiskFull', 'setDiskThreshold'),
    ...clearResize(input),
  ].slice(0, MAX_ADVICE);
}
