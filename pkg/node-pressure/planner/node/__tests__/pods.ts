import type { Pod, ResourceList } from '../../../kubelet/pod';
import type { PodStats, Summary } from '../../../kubelet/summary';
import { GI } from '../../__tests__/fixtures';

export interface PodFacts {
  readonly requests?: ResourceList;
  readonly limits?: ResourceList;
  readonly priority?: number;
  /** Working set in GiB; absent for a pod without stats. */
  readonly usesGi?: number;
  readonly pod?: Partial<Pod['metadata']>;
  readonly spec?: Partial<Pod['spec']>;
  readonly status?: Pod['status'];
  readonly stats?: Partial<PodStats>;
}

/** A pod of namespace prod with one container, uid `uid-<name>`. */
export function pod(name: string, { requests, limits, priority, pod: metadata, spec, status }: PodFacts = {}): Pod {
  return {
    metadata: { name, namespace: 'prod', uid: `uid-${ name }`, ...metadata },
    spec:     { containers: [{ name, resources: { requests, limits } }], priority, ...spec },
    status,
  };
}

export function podStats(name: string, { usesGi, stats }: PodFacts): PodStats[] {
  return usesGi === undefined ? [] : [{ podRef: { name, namespace: 'prod', uid: `uid-${ name }` }, memory: { workingSetBytes: usesGi * GI }, ...stats }];
}

/** Labels and owner of a virt-launcher pod. */
export function launcherOf(vm: string): Partial<Pod['metadata']> {
  return {
    labels:          { 'kubevirt.io': 'virt-launcher', 'vm.kubevirt.io/name': vm },
    ownerReferences: [{ kind: 'VirtualMachineInstance', name: vm, uid: 'vmi', controller: true }],
  };
}

/** Pods and their stats, in a summary of a node. */
export function nodeOf(facts: Readonly<Record<string, PodFacts>>, node: Partial<Summary['node']> = {}): { pods: Pod[]; summary: Summary } {
  const all = Object.entries(facts);

  return { pods: all.map(([name, each]) => pod(name, each)), summary: { node: { nodeName: 'node-1', ...node }, pods: all.flatMap(([name, each]) => podStats(name, each)) } };
}
