/** What settings would change on every node: before and after. */
import { isHardEvictionThreshold } from '../../kubelet/thresholds';
import { conditionOf, type Signal } from '../../kubelet/signals';
import { smallestMargin, type Margin } from '../memoryThresholds';
import { thresholdAmount } from './dangers';
import { effectiveSettings, settingsAfter } from './effective';
import { fingerprint } from './fingerprint';
import { firstInLine } from './firstInLine';
import type { SettingsNode } from './node';
import { startWith, type NodeOutcome } from './outcome';
import type { PodRef } from './podRef';
import type { Settings } from './settings';

/** A threshold on one node. */
export interface PreviewThreshold {
  readonly signal: Signal;
  readonly hard: boolean;
  /** Bytes, inodes or process ids; undefined where it is a percentage of something that is not known. */
  readonly amount: bigint | undefined;
}

/** A node at one time. */
export interface PreviewSide {
  readonly allocatableMemoryBytes: bigint | undefined;
  readonly kubepodsMemoryBytes: bigint | undefined;
  /** Node memory apart from the pods' cgroup, which is watched with the same threshold. */
  readonly thresholds: readonly PreviewThreshold[];
  /** To the first hard memory threshold, or the first soft one without a hard one; negative: it is passed. */
  readonly margin: Margin | undefined;
  /** The pod that would go first, where there is a memory threshold to go for. */
  readonly first: PodRef | undefined;
}

export interface NodePreview {
  readonly name: string;
  /** Absent while the kubelet was not read. */
  readonly before?: PreviewSide;
  /** Absent where the kubelet would not start; the check says why. */
  readonly after?: PreviewSide;
  readonly changes: boolean;
}

export interface Preview {
  readonly nodes: readonly NodePreview[];
  readonly changedNodes: number;
  /** Nodes that would evict at once for want of memory. */
  readonly evictingNodes: number;
  /** VMs that become first in line where nobody was evicted before. */
  readonly exposedVms: number;
}

function side(node: SettingsNode, outcome: NodeOutcome): PreviewSide {
  const { thresholds, observations } = outcome;
  const memory = thresholds.filter(({ signal }) => conditionOf(signal) === 'MemoryPressure');

  return {
    allocatableMemoryBytes: outcome.allocatable.memory?.value(),
    kubepodsMemoryBytes:    outcome.kubepodsMemoryBytes,
    thresholds:             thresholds.filter(({ signal }) => signal !== 'allocatableMemory.available').map((threshold) => ({ signal: threshold.signal, hard: isHardEvictionThreshold(threshold), amount: thresholdAmount(node, outcome, threshold) })),
    margin:                 smallestMargin(memory, observations, true) ?? smallestMargin(memory, observations, false),
    first:                  memory.length > 0 ? firstInLine(node) : undefined,
  };
}

/**
 * One node before and after.
 *
 * @param settings writable ones (`kubeletFindings` has nothing against them)
 */
export function nodePreview(node: SettingsNode, settings: Settings): NodePreview {
  const current = node.configuration && effectiveSettings(node.configuration);
  const wanted = settingsAfter(node, settings);
  const before = current && startWith(node, current).outcome;
  const after = startWith(node, wanted).outcome;

  return {
    name:    node.name,
    ...(before && { before: side(node, before) }),
    ...(after && { after: side(node, after) }),
    changes: !current || fingerprint(current) !== fingerprint(wanted),
  };
}

/** The counts on top of the nodes' previews. */
export function gatherPreviews(nodes: readonly NodePreview[]): Preview {
  return {
    nodes,
    changedNodes:  nodes.filter(({ changes }) => changes).length,
    evictingNodes: nodes.filter(({ after }) => after?.margin?.hard === true && after.margin.marginBytes < 0).length,
    exposedVms:    nodes.filter(({ before, after }) => after?.first?.vm !== undefined && before && !before.first).length,
  };
}

/** Every node before and after settings, witness nodes left out; see {@link nodePreview}. */
export function previewSettings(settings: Settings, nodes: readonly SettingsNode[]): Preview {
  return gatherPreviews(nodes.filter(({ role }) => role !== 'witness').map((node) => nodePreview(node, settings)));
}
