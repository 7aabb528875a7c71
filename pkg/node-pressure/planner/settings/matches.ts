/** The nodes that a policy is for, and why others are not. */
import { isManaged, readinessOf, roleOf, type Node } from '../../harvester/node';
import { nodesOf } from './otherWriters';
import { ALL_NODES, matchesNode } from './policy';
import { sameSelector } from './selector';

type Labels = Readonly<Record<string, string>>;

export interface NodeMatches {
  readonly matched: readonly Node[];
  /** Of those, the nodes whose kubelet cannot be asked now: what was last known of them counts. */
  readonly notReady: readonly string[];
  /** They have the labels, and the guard passes over them. */
  readonly witnesses: readonly string[];
  /** They have the labels, and Harvester does not manage them. */
  readonly notManaged: readonly string[];
}

const namesOf = (nodes: readonly Node[]): string[] => nodes.map(({ metadata }) => metadata.name);

export function nodeMatches(matchSelector: Labels, nodes: readonly Node[]): NodeMatches {
  const labelled = nodes.filter((node) => matchesNode(matchSelector, node));
  const matched = nodesOf({ matchSelector }, nodes);

  return {
    matched,
    notReady:   namesOf(matched.filter((node) => readinessOf(node) !== 'ready')),
    witnesses:  namesOf(labelled.filter((node) => roleOf(node) === 'witness')),
    notManaged: namesOf(labelled.filter((node) => !isManaged(node) && roleOf(node) !== 'witness')),
  };
}

/** Whether a selector is the one of all nodes that Harvester manages. */
export function isForAllNodes(matchSelector: Labels): boolean {
  return sameSelector(matchSelector, ALL_NODES);
}

/** A label as people write it: `zone=east`, also with an empty value; undefined where that is none. */
export function parseLabel(text: string): { readonly key: string; readonly value: string } | undefined {
  const [, key, value] = /^\s*([^=\s]+)=(\S*)\s*$/.exec(text) ?? [];

  return key === undefined || value === undefined ? undefined : { key, value };
}

/** As many as a browser lists without effort. */
const MAX_SUGGESTIONS = 500;

/** The labels that nodes have, as they are typed. */
export function labelSuggestions(nodes: readonly Node[]): string[] {
  return [...new Set(nodes.flatMap(({ metadata: { labels = {} } }) => Object.entries(labels).map(([key, value]) => `${ key }=${ value }`)))].sort().slice(0, MAX_SUGGESTIONS);
}
