import type { Message } from './display';
import type { MemoryThreshold } from './memoryThresholds';
import { isUnprotected } from './nodeReport';
import type { OverviewRow } from './overview';
import type { FailureKind } from './reading';

/** What the cells of one row say, as codes with values; a view only translates. */

/** Memory in use: `exact` from the kubelet, `coarse` from metrics-server, `stale` with the age of either. */
export function memoryCell({ bar }: OverviewRow): Message<'exact' | 'coarse' | 'stale' | 'unknown'> {
  if (!bar) {
    return { code: 'unknown', params: {} };
  }
  const { usedBytes, capacityBytes, coarse, staleMilliseconds } = bar;
  const code = staleMilliseconds !== undefined ? 'stale' : coarse ? 'coarse' : 'exact';

  return { code, params: { usedBytes, capacityBytes, ageMilliseconds: staleMilliseconds } };
}

export type MarginCode = 'toGo' | 'passed' | 'toGoSoft' | 'passedSoft' | 'stale' | 'toOutOfMemory' | 'none' | 'noneHard' | 'unread' | FailureKind;

/** The way to the first eviction, or why there is no figure for it. */
export function marginCell({ report, staleMilliseconds }: OverviewRow): Message<MarginCode> {
  const { margin, exactUse, failure, thresholds } = report;

  if (margin && staleMilliseconds !== undefined) {
    return { code: 'stale', params: { marginBytes: margin.marginBytes, ageMilliseconds: staleMilliseconds } };
  }
  if (margin) {
    const { marginBytes } = margin;

    return marginBytes < 0 ? { code: margin.hard ? 'passed' : 'passedSoft', params: { excessBytes: -marginBytes } } : { code: margin.hard ? 'toGo' : 'toGoSoft', params: { marginBytes } };
  }
  if (isUnprotected(report)) {
    // Without a threshold the way leads past every eviction, to the kernel
    return exactUse && staleMilliseconds === undefined ? { code: 'toOutOfMemory', params: { leftBytes: exactUse.capacityBytes - exactUse.workingSetBytes } } : { code: 'none', params: {} };
  }
  if (thresholds === 'withheldNothing') {
    return { code: 'noneHard', params: {} };
  }

  return failure ? { code: failure.kind, params: { verb: failure.verb } } : { code: report.asked ? 'badData' : 'unread', params: { verb: undefined } };
}

/** What the margin is counted in: the node's memory, or its pods' cgroup; or what it leads to without a threshold. */
export function marginScope(row: OverviewRow): 'node' | 'pods' | 'outOfMemory' | undefined {
  const { margin } = row.report;

  if (!margin) {
    return marginCell(row).code === 'toOutOfMemory' ? 'outOfMemory' : undefined;
  }

  return margin.signal === 'allocatableMemory.available' ? 'pods' : 'node';
}

type ThresholdCode = 'bytes' | 'percent' | 'off' | 'unknown';

function thresholdCell(threshold: MemoryThreshold | undefined, isKnown: boolean): Message<ThresholdCode> {
  if (!threshold) {
    return { code: isKnown ? 'off' : 'unknown', params: {} };
  }
  const { thresholdBytes, setting, graceNanoseconds } = threshold;

  return { code: setting.endsWith('%') ? 'percent' : 'bytes', params: { thresholdBytes, setting, graceNanoseconds } };
}

/** The hard memory threshold; known to be off also where allocatable shows that nothing is withheld. */
export function hardCell({ report }: OverviewRow): Message<ThresholdCode> {
  return thresholdCell(report.hard, report.thresholds !== 'unknown');
}

/** The soft memory threshold with its grace period, or why it could not be read; the kubelet alone knows it. */
export function softCell({ report: { soft, thresholds, failure } }: OverviewRow): Message<ThresholdCode | FailureKind> {
  const isKnown = thresholds === 'read';

  return !isKnown && failure ? { code: failure.kind, params: { verb: failure.verb } } : thresholdCell(soft, isKnown);
}

/** Memory that the kubelet reserves for the system and for Kubernetes, one message each. */
export function reservedCell({ report }: OverviewRow): Message<'none' | 'system' | 'kube' | 'unknown'>[] {
  const { reservations, thresholds } = report;

  if (!reservations) {
    return [{ code: thresholds === 'withheldNothing' ? 'none' : 'unknown', params: {} }];
  }
  const { systemBytes, kubeBytes } = reservations;
  const parts: Message<'none' | 'system' | 'kube'>[] = [
    ...(systemBytes > 0 ? [{ code: 'system' as const, params: { systemBytes } }] : []),
    ...(kubeBytes > 0 ? [{ code: 'kube' as const, params: { kubeBytes } }] : []),
  ];

  return parts.length > 0 ? parts : [{ code: 'none', params: {} }];
}

/** What the scheduler may give to pods. */
export function allocatableCell({ report: { allocatableBytes } }: OverviewRow): Message<'known' | 'unknown'> {
  return { code: allocatableBytes === undefined ? 'unknown' : 'known', params: { allocatableBytes } };
}

/** All the memory that the node has. */
export function capacityCell({ report: { capacityBytes } }: OverviewRow): Message<'known' | 'unknown'> {
  return { code: capacityBytes === undefined ? 'unknown' : 'known', params: { capacityBytes } };
}
