/** Node conditions that eviction reports, and what they keep off the node. Follows pkg/kubelet/eviction. */

import type { Nanoseconds } from '../go/duration';
import type { Pod, Toleration } from '../pod';
import { isCriticalPod } from '../priority';
import { getPodQOS } from '../qos';
import { conditionOf, type NodeConditionType } from '../signals';
import type { Threshold } from '../thresholds';

/** When each condition was last seen, on the kubelet's clock in nanoseconds. */
export type ConditionsObservedAt = Readonly<Partial<Record<NodeConditionType, Nanoseconds>>>;

/** The kubelet's answer to "may this pod run here": the texts are those of the pod's status. */
export type AdmitResult = { readonly admit: true } | { readonly admit: false; readonly reason: string; readonly message: string };

/** Sorted by name, where upstream's order is that of a Go map. */
const CONDITIONS: readonly NodeConditionType[] = ['DiskPressure', 'MemoryPressure', 'PIDPressure'];
const MEMORY_PRESSURE_TAINT = { key: 'node.kubernetes.io/memory-pressure', effect: 'NoSchedule' };
const ADMIT: AdmitResult = { admit: true };

/** `nodeConditions`: what met thresholds make of a node, soft ones before their grace period, too. */
export function nodeConditions(thresholds: readonly Threshold[]): NodeConditionType[] {
  const observed = new Set(thresholds.map(({ signal }) => conditionOf(signal)));

  return CONDITIONS.filter((condition) => observed.has(condition));
}

/** `nodeConditionsLastObservedAt`: now for the conditions of now, the others keep their time. */
export function nodeConditionsLastObservedAt(conditions: readonly NodeConditionType[], last: ConditionsObservedAt, now: Nanoseconds): ConditionsObservedAt {
  return { ...last, ...Object.fromEntries(conditions.map((condition) => [condition, now])) };
}

/**
 * `nodeConditionsObservedSince`: conditions seen less than the transition period ago, which are what the node reports.
 * With a period of 0 none is ever reported.
 */
export function nodeConditionsObservedSince(observedAt: ConditionsObservedAt, period: Nanoseconds, now: Nanoseconds): NodeConditionType[] {
  return CONDITIONS.filter((condition) => {
    const at = observedAt[condition];

    return at !== undefined && now - at < period;
  });
}

/** `ToleratesTaint` for the memory-pressure taint, which has no value; `Lt` and `Gt` never match one. */
function toleratesMemoryPressure({ effect, key, operator, value }: Toleration): boolean {
  if ((effect && effect !== MEMORY_PRESSURE_TAINT.effect) || (key && key !== MEMORY_PRESSURE_TAINT.key)) {
    return false;
  }

  return operator === 'Exists' || ((!operator || operator === 'Equal') && !value);
}

/**
 * `managerImpl.Admit`: whether a kubelet under these conditions starts a pod. Critical pods always; under memory
 * pressure alone all but BestEffort pods that do not tolerate its taint; otherwise none.
 */
export function admitUnderPressure(conditions: readonly NodeConditionType[], pod: Pod): AdmitResult {
  if (conditions.length === 0 || isCriticalPod(pod)) {
    return ADMIT;
  }

  const onlyMemoryPressure = conditions.every((condition) => condition === 'MemoryPressure');

  if (onlyMemoryPressure && (getPodQOS(pod) !== 'BestEffort' || pod.spec.tolerations?.some(toleratesMemoryPressure))) {
    return ADMIT;
  }

  return { admit: false, reason: 'Evicted', message: `The node had condition: [${ conditions.join(' ') }]. ` };
}
