import type { Message } from '../display';
import { formatBytes, formatMilli } from '../display';
import type { AdvisedLimit } from './adviceReport';
import { unitOf } from './amountParam';
import type { Count, LargestVm, LimitReport, NamespaceReport } from './report';

/** An amount of what a quota limits, as people read it: CPUs, bytes with their unit, or pieces. */
export function amountText(resource: string, amount: bigint): string {
  switch (unitOf(resource)) {
  case 'Milli': return formatMilli(amount);
  case 'Bytes': return formatBytes(Number(amount));
  default: return amount.toString();
  }
}

/** What a limit says in the table: how much is left of it, or by how much it is exceeded. */
export function leftCell({ resource, left, wanted }: LimitReport): Message<'left' | 'over'> {
  return { code: left < 0n ? 'over' : 'left', params: { resource, amount: amountText(resource, left < 0n ? -left : left), limit: amountText(resource, wanted) } };
}

/** How many of a namespace's VMs can migrate one after another. */
export function oneByOneCell({ vms, oneByOne }: NamespaceReport): Message<'none' | 'all' | 'some' | 'no'> {
  const total = vms.length;
  const code = total === 0 ? 'none' : oneByOne === total ? 'all' : oneByOne === 0 ? 'no' : 'some';

  return { code, params: { count: oneByOne, total } };
}

/** How many at once: exactly, or at least. */
export function atOnceCell({ count, exact }: Count): Message<'exact' | 'atLeast'> {
  return { code: exact ? 'exact' : 'atLeast', params: { count } };
}

/** The largest VM that quotas let migrate. */
export function largestCell({ none, cpuMilli, memoryBytes }: LargestVm): Message<'none' | 'unlimited' | 'cpu' | 'memory' | 'both'> {
  if (none) {
    return { code: 'none', params: {} };
  }
  const code = cpuMilli === undefined ? (memoryBytes === undefined ? 'unlimited' : 'memory') : memoryBytes === undefined ? 'cpu' : 'both';

  return { code, params: { ...(cpuMilli !== undefined && { cpuMilli }), ...(memoryBytes !== undefined && { memoryBytes }) } };
}

/** What a project has left for a limit of its namespaces, undefined where that is not known or not limited. */
export function projectLeftText({ resource, projectLeft }: AdvisedLimit): string | undefined {
  return projectLeft === undefined ? undefined : amountText(resource, projectLeft);
}
