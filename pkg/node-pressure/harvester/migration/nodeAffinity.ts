import { parseGoInt } from '../../kubelet/go/int';
import type { Toleration } from '../../kubelet/pod';
import { attempt } from '../amounts';
import type { Node, Taint } from '../node';
import type { Affinity, NodeSelectorRequirement, NodeSelectorTerm } from './objects';

function valueIn(labels: Readonly<Record<string, string>> | undefined, key: string): string | undefined {
  return labels && Object.hasOwn(labels, key) ? labels[key] : undefined;
}

/** Whether a label's value is a whole number beyond the one required, in the given direction. */
function isBeyond(value: string | undefined, values: readonly string[], direction: 1 | -1): boolean {
  const [have, bound] = [value, values[0]].map((text) => (text === undefined ? undefined : attempt(() => parseGoInt(text, 10, 64)).value));

  return values.length === 1 && areValues(values) && have !== undefined && bound !== undefined && (direction > 0 ? have > bound : have < bound);
}

/** What a label may hold: up to 63 characters. validation.IsValidLabelValue of k8s.io/apimachinery. */
const LABEL_VALUE = /^(?=.{0,63}$)(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;

function areValues(values: readonly string[]): boolean {
  return values.length > 0 && values.every((value) => LABEL_VALUE.test(value));
}

/** labels.Requirement.Matches. A requirement that is none, such as `In` without values, matches nothing. */
function meets(value: string | undefined, { operator, values }: NodeSelectorRequirement): boolean {
  const list = values ?? [];

  switch (operator) {
  case 'In': return value !== undefined && areValues(list) && list.includes(value);
  case 'NotIn': return areValues(list) && (value === undefined || !list.includes(value));
  case 'Exists': return value !== undefined && list.length === 0;
  case 'DoesNotExist': return value === undefined && list.length === 0;
  case 'Gt': return isBeyond(value, list, 1);
  case 'Lt': return isBeyond(value, list, -1);
  default: return false;
  }
}

/** Of fields there is `metadata.name` alone, which may or may not be one value. */
function meetsField({ metadata }: Node, { key, operator, values }: NodeSelectorRequirement): boolean {
  const name = key === 'metadata.name' ? metadata.name : '';

  return values?.length === 1 && (operator === 'In' ? values[0] === name : operator === 'NotIn' && values[0] !== name);
}

function meetsTerm(node: Node, { matchExpressions, matchFields }: NodeSelectorTerm): boolean {
  const isEmpty = !matchExpressions?.length && !matchFields?.length;

  return !isEmpty && (matchExpressions ?? []).every((one) => meets(valueIn(node.metadata.labels, one.key), one)) && (matchFields ?? []).every((one) => meetsField(node, one));
}

/** The first entry of a node selector that the node does not have. */
export function missingLabel({ metadata }: Node, selector: Readonly<Record<string, string>> | null | undefined): { readonly key: string; readonly value: string } | undefined {
  const missing = Object.entries(selector ?? {}).find(([key, value]) => valueIn(metadata.labels, key) !== value);

  return missing && { key: missing[0], value: missing[1] };
}

/**
 * Whether a node meets what an affinity requires of nodes: any of its terms, of which an empty one matches nothing.
 * Follows GetRequiredNodeAffinity in k8s.io/component-helpers/scheduling/corev1/nodeaffinity.
 */
export function meetsAffinity(node: Node, affinity: Affinity | null | undefined): boolean {
  const required = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;

  return !required || (required.nodeSelectorTerms ?? []).some((term) => meetsTerm(node, term));
}

/** Follows Toleration.ToleratesTaint in k8s.io/api/core/v1; the newer `Lt` and `Gt` tolerate nothing. */
function tolerates({ key, operator, value, effect }: Toleration, taint: Taint): boolean {
  if ((effect && effect !== taint.effect) || (key && key !== taint.key)) {
    return false;
  }

  return operator === 'Exists' || ((!operator || operator === 'Equal') && (value ?? '') === (taint.value ?? ''));
}

/** The first taint that keeps a pod with these tolerations off the node. */
export function untolerated({ spec }: Node, tolerations: readonly Toleration[] = []): Taint | undefined {
  return spec?.taints?.find((taint) => ['NoSchedule', 'NoExecute'].includes(taint.effect) && !tolerations.some((toleration) => tolerates(toleration, taint)));
}
