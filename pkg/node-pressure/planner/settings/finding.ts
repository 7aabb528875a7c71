import type { Message, MessageParams } from '../display';
import type { PodRef } from './podRef';
import type { SettingField } from './settings';

/** `blocks` cannot be saved; `confirm` asks for a typed confirmation; `info` is worth knowing. */
export type Severity = 'blocks' | 'confirm' | 'info';

/** What no kubelet starts with. */
const STOPS = [
  // Wherever it runs
  'template', 'signalUnknown', 'quantitySyntax', 'percentSyntax', 'durationSyntax', 'percentRange', 'thresholdNotPositive', 'graceMissing', 'graceNegative',
  'reclaimNotPositive', 'reclaimNegative', 'resourceUnknown', 'reservationNegative', 'podGraceRange',
  // On nodes that are named
  'otherLayer', 'reservedBeyondCapacity', 'memoryManager',
] as const;

/** What a kubelet starts with, and what nobody may want all the same; and what the form has to know first. */
const BLOCKS = ['selectorEmpty', 'labelKey', 'labelValue', 'mixedUndecided', 'cpuIsHarvesters', 'percentNotFinite', 'nothingAllocatable', 'noProcessesLeft', 'notReadmitted', 'underPressure', 'pressureNow'] as const;

const CONFIRM = ['softBelowHard', 'evictsNow', 'reservesMuch', 'kubepodsBelowUse', 'signalLost', 'softGraceZero', 'softWithoutPodGrace', 'conditionsNeverSet', 'diskUnguarded', 'nodeUnread', 'podsUnread'] as const;

const INFO = ['memoryUnprotected', 'graceUnused', 'reclaimUnused', 'reclaimLost', 'containerFsIgnored'] as const;

export type FindingCode = typeof STOPS[number] | typeof BLOCKS[number] | typeof CONFIRM[number] | typeof INFO[number];

const SEVERITIES = new Map<FindingCode, Severity>([
  ...[...STOPS, ...BLOCKS].map((code) => [code, 'blocks'] as const),
  ...CONFIRM.map((code) => [code, 'confirm'] as const),
  ...INFO.map((code) => [code, 'info'] as const),
]);

export const FINDING_CODES: readonly FindingCode[] = [...SEVERITIES.keys()];

/** Something to know about settings before they are saved. */
export interface Finding extends Message<FindingCode> {
  readonly severity: Severity;
  /** The input that it is about; absent where it is about all of them. */
  readonly field?: SettingField;
  /** The nodes on which it is so, of which `params` speak of the first; absent where nodes make no difference. */
  readonly nodes?: readonly string[];
  /** The pods that it would cost. */
  readonly pods?: readonly PodRef[];
}

export function finding(code: FindingCode, field?: SettingField, params: MessageParams = {}, more: Pick<Finding, 'nodes' | 'pods'> = {}): Finding {
  return { code, severity: SEVERITIES.get(code) as Severity, params, ...(field && { field }), ...more };
}

/** Whether a kubelet would not start with this. */
export function stopsKubelet({ code }: Finding): boolean {
  return (STOPS as readonly FindingCode[]).includes(code);
}

/** Most serious first, otherwise in the given order. */
export function bySeverity(findings: readonly Finding[]): Finding[] {
  const order: readonly Severity[] = ['blocks', 'confirm', 'info'];

  return [...findings].sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
}
