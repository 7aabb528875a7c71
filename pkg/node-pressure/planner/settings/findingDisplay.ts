/** Findings as a view shows them: where, and with which figures. */
import { isSignal } from '../../kubelet/signals';
import type { MessageParams } from '../display';
import { unitOf } from '../node/signalRows';
import { fieldId } from './fields';
import type { Finding, FindingCode } from './finding';

const AMOUNTS = ['available', 'threshold', 'soft', 'hard'];

/** The values that a finding's sentence names; amounts of a signal in bytes are marked as such. */
export function findingParams({ params }: Pick<Finding, 'params'>): MessageParams {
  const signal = String(params['signal']);
  const isBytes = isSignal(signal) && unitOf(signal) === 'bytes';

  return Object.fromEntries(Object.entries(params).map(([name, value]) => [isBytes && AMOUNTS.includes(name) ? `${ name }Bytes` : name, value]));
}

/** The findings on each input, by {@link fieldId}. */
export function findingsByField(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const byField = new Map<string, Finding[]>();

  for (const each of findings) {
    if (each.field) {
      byField.set(fieldId(each.field), [...byField.get(fieldId(each.field)) ?? [], each]);
    }
  }

  return byField;
}

const ABOUT_SELECTOR: readonly FindingCode[] = ['selectorEmpty', 'labelKey', 'labelValue'];

/** Whether a finding belongs beside the choice of nodes. */
export function isAboutSelector({ code }: Finding): boolean {
  return ABOUT_SELECTOR.includes(code);
}

/** The findings that are not about one input alone: about none, or about nodes and pods that should be named. */
export function findingsForSummary(findings: readonly Finding[]): Finding[] {
  return findings.filter((each) => (!each.field && !isAboutSelector(each)) || each.nodes);
}

/** As many names as a sentence bears. */
const MAX_NAMES = 5;

/** The first of many names, and how many more there are. */
export function someNames(names: readonly string[]): { readonly names: string; readonly more: number } {
  return { names: names.slice(0, MAX_NAMES).join(', '), more: Math.max(0, names.length - MAX_NAMES) };
}
