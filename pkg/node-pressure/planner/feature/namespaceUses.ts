import { isSystemNamespace, type Namespace } from '../../harvester/namespace';
import type { Reading, ReadFailure } from '../reading';
import type { NamespaceUse } from './readiness';

/** What was read about a cluster's namespaces. */
export interface NamespaceReadings {
  /** Undefined while they are not loaded, and where they may not be. */
  readonly namespaces: readonly Namespace[] | undefined;
  readonly vms: readonly { readonly metadata: { readonly namespace?: string } }[] | undefined;
  /** Whether any plain pod is in a namespace. */
  readonly plainPods: (namespace: string) => Reading<boolean>;
  /** Namespaces with a quota on memory limits, and those with a range of them. */
  readonly quotas: Reading<ReadonlySet<string>>;
  readonly limitRanges: Reading<ReadonlySet<string>>;
}

export interface NamespaceUses {
  /** Undefined until everything is known. */
  readonly uses?: readonly NamespaceUse[];
  readonly failure?: ReadFailure;
}

/** Namespaces that are somebody's, by name. */
export function ownNamespaces(namespaces: readonly Namespace[]): string[] {
  return namespaces.filter((namespace) => !isSystemNamespace(namespace)).map(({ metadata }) => metadata.name);
}

/** What runs in every namespace that is somebody's, or why that is not known. */
export function namespaceUses({ namespaces, vms, plainPods, quotas, limitRanges }: NamespaceReadings): NamespaceUses {
  const names = ownNamespaces(namespaces ?? []);
  const pods = names.map(plainPods);
  const failure = [...pods, quotas, limitRanges].find((reading) => reading.failure && !reading.sample)?.failure;

  if (failure) {
    return { failure };
  }
  if (!namespaces || !vms || !quotas.sample || !limitRanges.sample || pods.some(({ sample }) => !sample)) {
    return {};
  }
  const limited = new Set([...quotas.sample.value, ...limitRanges.sample.value]);
  const withVms = new Set(vms.map(({ metadata }) => metadata.namespace));

  return { uses: names.map((name, index) => ({ name, hasVms: withVms.has(name), hasContainers: pods[index]?.sample?.value === true, hasMemoryLimits: limited.has(name) })) };
}
