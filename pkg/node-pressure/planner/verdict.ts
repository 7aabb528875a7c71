import type { MessageParams } from './display';
import type { NodeReport } from './nodeReport';
import { nodeState, type NodeState, type NodeStateCode, type Tone } from './nodeState';

/** The one sentence above the table. */
export type VerdictCode = NodeStateCode | 'reading';

export interface Verdict {
  readonly code: VerdictCode;
  readonly tone: Tone;
  /**
   * `count` nodes of `total` are the reason, the first of them is `name`; the kubelets of `unread` were not asked yet.
   * With `clear`: `name` is the node with the smallest margin, `marginBytes`.
   */
  readonly params: MessageParams;
}

interface Entry {
  readonly report: NodeReport;
  readonly state: NodeState;
}

/**
 * States that are a verdict on the whole cluster as soon as one node is in them, most serious first. A node without any
 * threshold is also one without a hard threshold: where both are found, they are counted together as the latter.
 */
const FINDINGS: readonly (readonly NodeStateCode[])[] = [
  ['evicting'], ['outOfMemoryNear'], ['underPressure'], ['notReady'], ['softPassed'], ['near'], ['memoryLow'], ['noThreshold', 'noHardThreshold'], ['stale'], ['unreadable'],
];

/** Whether settings are the way to mend what a verdict says. */
export function isMendedBySettings({ code }: Verdict): boolean {
  return code === 'noThreshold' || code === 'noHardThreshold' || code === 'outOfMemoryNear';
}

function closest(entries: readonly Entry[]): { name: string; marginBytes: number } | undefined {
  return entries
    .flatMap(({ report: { name, margin } }) => (margin ? [{ name, marginBytes: margin.marginBytes }] : []))
    .sort((a, b) => a.marginBytes - b.marginBytes)[0];
}

/** The cluster in one sentence: the most serious thing that is true of any of its nodes. */
export function clusterVerdict(reports: readonly NodeReport[], nowMilliseconds: number): Verdict {
  const entries = reports.map((report) => ({ report, state: nodeState(report, nowMilliseconds) }));
  const unread = reports.filter(({ asked }) => !asked).length;
  const counts = { total: reports.length, unread };
  const finding = FINDINGS
    .map((codes) => entries.filter(({ state }) => codes.includes(state.code)))
    .find((found) => found.length > 0);
  const [first] = finding ?? [];

  if (finding && first) {
    // Of a mixed group the last code is the one that is true of all
    const code = finding.reduce((weakest, { state }) => (state.rank > weakest.rank ? state : weakest), first.state).code;

    return { code, tone: first.state.tone, params: { ...first.state.params, ...counts, count: finding.length, name: first.report.name } };
  }
  const nearest = closest(entries);

  if (!nearest) {
    return { code: unread > 0 ? 'reading' : 'witness', tone: 'info', params: { ...counts, count: reports.length } };
  }

  return {
    code:   'clear',
    tone:   unread > 0 ? 'info' : 'success',
    params: { ...counts, count: reports.length - unread, ...nearest },
  };
}
