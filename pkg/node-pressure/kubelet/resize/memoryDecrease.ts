/**
 * The kubelet's last look before it lowers a memory limit (from 1.34 on).
 * Follows `validateMemoryResizeAction` of pkg/kubelet/kuberuntime/kuberuntime_manager.go.
 */

import { goQuote } from '../go/quote';

/** A limit in bytes before and after; undefined (of a pod) and 0 (of a container) mean none. */
export interface MemoryLimitChange {
  readonly current: bigint | undefined;
  readonly desired: bigint | undefined;
}

/** Use in bytes as the runtime reports it: `usageBytes`, page cache included. Undefined where it is missing. */
export interface MemoryUsage {
  readonly pod: bigint | undefined;
  /** Of the containers that the statistics name, in their order. */
  readonly containers: readonly { readonly name: string; readonly bytes: bigint | undefined }[];
}

function isLowered({ current, desired }: MemoryLimitChange): boolean {
  return desired !== undefined && (current === undefined || desired < current);
}

function noneIfZero({ current, desired }: MemoryLimitChange): MemoryLimitChange {
  return { current: current || undefined, desired: desired || undefined };
}

function podProblem(limit: bigint, usage: bigint | undefined): string[] {
  if (usage === undefined) {
    return ['missing pod memory usage'];
  }

  return usage >= limit ? [`attempting to set pod memory limit (${ limit }) below current usage (${ usage })`] : [];
}

/**
 * The kubelet's error, or undefined where the resize may go on. A limit must stay above the use, not only at it.
 * The text about a container states the **pod's** use, as the kubelet's does (where that is missing, a kubelet crashes).
 *
 * @param containers limits of the containers that are updated without a restart
 * @param usage undefined where it could not be read
 * @param podText the pod as `pkg/kubelet/util/format` prints it: `name_namespace(uid)`
 */
export function validateMemoryDecrease(
  pod: MemoryLimitChange, containers: ReadonlyMap<string, MemoryLimitChange>, usage: MemoryUsage | undefined, podText: string,
): string | undefined {
  const lowered = new Map([...containers].filter(([, change]) => isLowered(noneIfZero(change))).map(([name, { desired }]) => [name, desired]));

  if (!isLowered(pod) && lowered.size === 0) {
    return undefined;
  }
  if (!usage) {
    return `unable to read memory usage for pod ${ goQuote(podText) }`;
  }

  const problems = [
    ...(isLowered(pod) && pod.desired !== undefined ? podProblem(pod.desired, usage.pod) : []),
    ...usage.containers.flatMap(({ name, bytes }) => {
      const limit = lowered.get(name);

      if (limit === undefined) {
        return [];
      }
      if (bytes === undefined) {
        return [`missing container ${ goQuote(name) } memory usage`];
      }

      return bytes >= limit ? [`attempting to set container ${ goQuote(name) } memory limit (${ limit }) below current usage (${ usage.pod ?? bytes })`] : [];
    }),
  ];

  if (problems.length === 0) {
    return undefined;
  }

  return `cannot decrease memory limits: ${ problems.length === 1 ? problems[0] : `[${ problems.join(', ') }]` }`;
}
