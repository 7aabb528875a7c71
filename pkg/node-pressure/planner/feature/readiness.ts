/** What should be there before plain containers share a node's memory with VMs, and whether it is. */
import type { Message, MessageParams } from '../display';
import type { GapCode } from '../gaps';
import type { NodeReport } from '../nodeReport';
import type { ReadFailure } from '../reading';

export type Standing = 'met' | 'unmet' | 'unknown';

/** In the order in which they are shown. */
export const READINESS_CODES = ['memoryEviction', 'softTier', 'reservation', 'diskSignals', 'namespacesApart', 'memoryLimits'] as const;
export type ReadinessCode = typeof READINESS_CODES[number];

/** Where an item is done: in the settings, or in the list of namespaces. */
export type ReadinessTarget = 'settings' | 'namespaces';

export interface ReadinessItem {
  readonly code: ReadinessCode;
  readonly standing: Standing;
  /**
   * `met`; `unmet` on `count` nodes or namespaces of `total`, some of which are `names` and `more` are not named (of
   * reservations also `reservedBytes` and `usedBytes` of the first); `unread` nodes do not tell (yet); `noContainers` nothing
   * to be said; `failed` it could not be read.
   */
  readonly evidence: Message<'met' | 'unmet' | 'unread' | 'noContainers' | 'failed'>;
  readonly target: ReadinessTarget;
}

/** A namespace of somebody's, and what runs in it. */
export interface NamespaceUse {
  readonly name: string;
  readonly hasVms: boolean;
  readonly hasContainers: boolean;
  /** A ResourceQuota or a LimitRange sees to it that containers have a memory limit. */
  readonly hasMemoryLimits: boolean;
}

export interface ReadinessInput {
  readonly reports: readonly NodeReport[];
  /** Absent while it is being read. */
  readonly namespaces?: readonly NamespaceUse[];
  readonly namespacesFailure?: ReadFailure;
}

const NAMED = 3;

function named(names: readonly string[]): { names: string; more: number; count: number } {
  return { names: names.slice(0, NAMED).join(', '), more: Math.max(0, names.length - NAMED), count: names.length };
}

const RESERVATION_GAPS: readonly GapCode[] = ['nothingReserved', 'reservedTooLittle'];

type NodeCheck = (report: NodeReport) => Standing;

function hasGap({ gaps }: NodeReport, ...codes: readonly GapCode[]): boolean {
  return gaps.some(({ code }) => codes.includes(code));
}

const NODE_CHECKS: Readonly<Record<'memoryEviction' | 'softTier' | 'reservation' | 'diskSignals', NodeCheck>> = {
  memoryEviction: ({ thresholds, hard }) => (thresholds === 'unknown' ? 'unknown' : hard ? 'met' : 'unmet'),
  softTier:       (report) => (report.thresholds !== 'read' ? 'unknown' : report.soft && !hasGap(report, 'podGraceMissing') ? 'met' : 'unmet'),
  reservation:    (report) => {
    if (hasGap(report, ...RESERVATION_GAPS)) {
      return 'unmet';
    }

    // Without a summary what the system uses is not known
    return report.reservations && report.exactUse ? 'met' : 'unknown';
  },
  diskSignals: (report) => (report.thresholds !== 'read' ? 'unknown' : hasGap(report, 'diskUnwatched') ? 'unmet' : 'met'),
};

/** What the system of a node has and uses, where that is the reason. */
function reservationFigures({ gaps }: NodeReport): MessageParams {
  const figures = gaps.filter(({ code }) => RESERVATION_GAPS.includes(code)).map(({ params }) => ({ reservedBytes: params['reservedBytes'] ?? 0, usedBytes: params['usedBytes'] }));

  return { ...figures[0] };
}

/** Witness nodes run neither VMs nor, with their taint, containers. */
function nodeItem(code: keyof typeof NODE_CHECKS, reports: readonly NodeReport[]): ReadinessItem {
  const nodes = reports.filter(({ role }) => role !== 'witness').map((report) => ({ report, standing: NODE_CHECKS[code](report) }));
  const those = (wanted: Standing): NodeReport[] => nodes.filter(({ standing }) => standing === wanted).map(({ report }) => report);
  const namesOf = (list: readonly NodeReport[]): string[] => list.map(({ name }) => name);
  const unmet = those('unmet');
  const unknown = namesOf(those('unknown'));
  const [first] = unmet;
  const total = nodes.length;

  if (first) {
    const figures = code === 'reservation' ? reservationFigures(first) : {};

    return { code, standing: 'unmet', evidence: { code: 'unmet', params: { ...named(namesOf(unmet)), total, ...figures } }, target: 'settings' };
  }
  if (unknown.length > 0 || total === 0) {
    return { code, standing: 'unknown', evidence: { code: 'unread', params: { ...named(unknown), total } }, target: 'settings' };
  }

  return { code, standing: 'met', evidence: { code: 'met', params: { total } }, target: 'settings' };
}

function namespaceItem(code: 'namespacesApart' | 'memoryLimits', isUnmet: (use: NamespaceUse) => boolean, { namespaces, namespacesFailure }: ReadinessInput): ReadinessItem {
  const target = 'namespaces';

  if (!namespaces) {
    return { code, standing: 'unknown', evidence: namespacesFailure ? { code: 'failed', params: { verb: namespacesFailure.verb, message: namespacesFailure.message } } : { code: 'unread', params: {} }, target };
  }
  const used = namespaces.filter(({ hasContainers }) => hasContainers);
  const unmet = used.filter(isUnmet).map(({ name }) => name);

  if (unmet.length > 0) {
    return { code, standing: 'unmet', evidence: { code: 'unmet', params: { ...named(unmet), total: used.length } }, target };
  }

  return { code, standing: 'met', evidence: { code: used.length > 0 ? 'met' : 'noContainers', params: { total: used.length } }, target };
}

/** The list, with the evidence for each item. What is not known is never taken for met. */
export function readiness(input: ReadinessInput): ReadinessItem[] {
  return READINESS_CODES.map((code) => {
    switch (code) {
    case 'namespacesApart': return namespaceItem(code, ({ hasVms }) => hasVms, input);
    case 'memoryLimits': return namespaceItem(code, ({ hasMemoryLimits }) => !hasMemoryLimits, input);
    default: return nodeItem(code, input.reports);
    }
  });
}

/** Whether somebody must say that they know what is missing before the feature is turned on. */
export function needsConfirmation(items: readonly ReadinessItem[]): boolean {
  return items.some(({ standing }) => standing !== 'met');
}
