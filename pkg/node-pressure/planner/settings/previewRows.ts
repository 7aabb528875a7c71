/** A preview as a view shows it: counts on top, then one row per node, those that matter most first. */
import type { Message } from '../display';
import type { Margin } from '../memoryThresholds';
import { unitOf, type SignalUnit } from '../node/signalRows';
import type { Tone } from '../nodeState';
import type { Signal } from '../../kubelet/signals';
import type { Finding } from './finding';
import type { PodRef } from './podRef';
import type { NodePreview, Preview, PreviewSide, PreviewThreshold } from './preview';

/** A value before and after; undefined is "not there" or "not known", by what the value is. */
export interface Pair<T> {
  readonly before: T | undefined;
  readonly after: T | undefined;
}

/** One threshold of a node before and after, where it is there; its amount may still not be known. */
export interface ThresholdPair extends Pair<PreviewThreshold> {
  readonly signal: Signal;
  readonly hard: boolean;
  readonly unit: SignalUnit;
}

/** `wontStart`: the kubelet would not start; `evicts`: it would evict at once; `unread`: what it runs with now is not known. */
export type PreviewState = 'wontStart' | 'evicts' | 'unread' | 'changes' | 'same';

export interface PreviewRow {
  readonly name: string;
  readonly state: PreviewState;
  readonly tone: Tone;
  readonly allocatableBytes: Pair<bigint>;
  readonly thresholds: readonly ThresholdPair[];
  readonly margin: Pair<Margin>;
  readonly first: Pair<PodRef>;
}

const TONES: Readonly<Record<PreviewState, Tone>> = { wontStart: 'error', evicts: 'error', unread: 'unknown', changes: 'info', same: 'success' };
const ORDER = Object.keys(TONES) as PreviewState[];

export function wouldEvict({ after }: NodePreview): boolean {
  return after?.margin?.hard === true && after.margin.marginBytes < 0;
}

function stateOf(node: NodePreview): PreviewState {
  if (!node.after) {
    return 'wontStart';
  }
  if (wouldEvict(node)) {
    return 'evicts';
  }
  if (!node.before) {
    return 'unread';
  }

  return node.changes ? 'changes' : 'same';
}

function thresholdPairs(before: PreviewSide | undefined, after: PreviewSide | undefined): ThresholdPair[] {
  const all = [...after?.thresholds ?? [], ...before?.thresholds ?? []];
  const same = (a: PreviewThreshold, b: PreviewThreshold): boolean => a.signal === b.signal && a.hard === b.hard;
  const distinct = all.filter((threshold, index) => all.findIndex((other) => same(other, threshold)) === index);

  return distinct.map((threshold) => {
    const [old, wanted] = [before, after].map((side) => side?.thresholds.find((each) => same(each, threshold)));

    return { signal: threshold.signal, hard: threshold.hard, unit: unitOf(threshold.signal), before: old, after: wanted };
  });
}

function row(node: NodePreview): PreviewRow {
  const { name, before, after } = node;
  const state = stateOf(node);
  const pair = <T>(read: (side: PreviewSide) => T | undefined): Pair<T> => ({ before: before && read(before), after: after && read(after) });

  return {
    name,
    state,
    tone:             TONES[state],
    allocatableBytes: pair((side) => side.allocatableMemoryBytes),
    thresholds:       thresholdPairs(before, after),
    margin:           pair((side) => side.margin),
    first:            pair((side) => side.first),
  };
}

/** All nodes: those with a problem first, then by what is left to the first threshold. */
export function previewRows({ nodes }: Preview): PreviewRow[] {
  const marginOf = ({ margin: { after } }: PreviewRow): number => after?.marginBytes ?? Infinity;
  const compare = (a: PreviewRow, b: PreviewRow): number => {
    const byState = ORDER.indexOf(a.state) - ORDER.indexOf(b.state);

    return byState === 0 && marginOf(a) !== marginOf(b) ? marginOf(a) - marginOf(b) : byState;
  };

  return nodes.map(row).sort(compare);
}

/** What a count is about, and how serious it is. */
export interface PreviewCount extends Message<'changed' | 'evicting' | 'exposed' | 'notReadmitted' | 'wontStart'> {
  readonly tone: Tone;
}

/** The sentences on top: how many nodes change, evict at once or would not start, and which pods it costs. */
export function previewCounts({ nodes, changedNodes, evictingNodes, exposedVms }: Preview, findings: readonly Finding[]): PreviewCount[] {
  const stopped = nodes.filter(({ after }) => !after).length;
  const lost = findings.find(({ code }) => code === 'notReadmitted');
  const count = (code: PreviewCount['code'], number: number, tone: Tone, more: Message['params'] = {}): PreviewCount => ({ code, params: { count: number, total: nodes.length, ...more }, tone: number > 0 ? tone : 'success' });

  return [
    count('changed', changedNodes, 'info'),
    count('evicting', evictingNodes, 'error'),
    count('exposed', exposedVms, 'warning'),
    count('notReadmitted', lost?.pods?.length ?? 0, 'error', { nodes: lost?.nodes?.length ?? 0 }),
    ...(stopped > 0 ? [count('wontStart', stopped, 'error')] : []),
  ];
}
