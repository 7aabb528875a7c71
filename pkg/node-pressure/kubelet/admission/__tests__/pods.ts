/** Pods for tests of admission. */

import type { Pod, ResourceList } from '../../pod';
import { parseQuantity, type Quantity } from '../../quantity';

export interface PodShape {
  readonly name: string;
  readonly requests?: ResourceList;
  readonly limits?: ResourceList;
  /** Seconds after some moment; absent = unknown. */
  readonly age?: number;
  readonly priority?: number;
  readonly mirror?: boolean;
  readonly allocated?: ResourceList;
  readonly overhead?: ResourceList;
  readonly status?: Pod['status'];
  readonly deleted?: boolean;
}

export const CRITICAL = 2_000_000_000;

export function pod({ name, requests, limits, age, priority, mirror, allocated, overhead, status, deleted }: PodShape): Pod {
  const containerStatuses = allocated && [{ name: 'c', allocatedResources: allocated, resources: { requests: allocated } }];

  return {
    metadata: {
      name,
      ...(age !== undefined && { creationTimestamp: new Date(1_700_000_000_000 + age * 1000).toISOString() }),
      ...(mirror && { annotations: { 'kubernetes.io/config.mirror': name } }),
      ...(deleted && { deletionTimestamp: '2026-01-01T00:00:00Z' }),
    },
    spec: { containers: [{ name: 'c', resources: { requests, limits } }], priority, overhead },
    status: { ...status, containerStatuses },
  };
}

export function quantities(texts: ResourceList): Record<string, Quantity> {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, parseQuantity(text)]));
}

export function names(pods: readonly Pod[]): string[] {
  return pods.map(({ metadata }) => metadata.name);
}
