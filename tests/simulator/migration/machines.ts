import type { Cluster } from '../cluster';
import { timestamp } from '../clock';
import { valueAt } from '../store/objects';
import type { KubeObject } from '../store/objects';

export type Annotations = Readonly<Record<string, string | undefined>>;

/** KubeVirt's objects about one migration. */
export interface Migrating {
  vmim: KubeObject;
  vmi: KubeObject;
}

export const phaseOf = (vmim: KubeObject): string => String(valueAt(vmim, 'status.phase') ?? '');
export const isFinal = (vmim: KubeObject): boolean => ['Succeeded', 'Failed'].includes(phaseOf(vmim));

/** Every migration whose instance is there. */
export function migrations({ store, kinds }: Cluster): Migrating[] {
  return store.list(kinds.get('kubevirt.io.virtualmachineinstancemigration')).flatMap((vmim) => {
    const vmi = store.find(kinds.get('kubevirt.io.virtualmachineinstance'), vmim.metadata.namespace, String(valueAt(vmim, 'spec.vmiName')));

    return vmi ? [{ vmim, vmi }] : [];
  });
}

/** The object with these annotations set, or removed where undefined. */
export function annotated(object: KubeObject, changes: Annotations): KubeObject {
  const annotations = Object.fromEntries(Object.entries({ ...object.metadata.annotations, ...changes }).filter((entry): entry is [string, string] => entry[1] !== undefined));

  return { ...object, metadata: { ...object.metadata, annotations } };
}

/** Writes a migration's status; a new phase is noted with its time. */
export function setStatus({ store, kinds, clock }: Cluster, vmim: KubeObject, changes: Record<string, unknown>): KubeObject {
  const status = (vmim.status ?? {}) as { phase?: string; phaseTransitionTimestamps?: object[] };
  const { phase } = changes;
  const transitions = phase === undefined || phase === status.phase ? {} : {
    phaseTransitionTimestamps: [...(status.phaseTransitionTimestamps ?? []), { phase, phaseTransitionTimestamp: timestamp(clock.now()) }],
  };

  return store.update(kinds.get('kubevirt.io.virtualmachineinstancemigration'), { ...vmim, status: { ...status, ...changes, ...transitions } }, { status: true });
}

/** The pod that an instance runs in. */
export function launcherOf({ store, kinds }: Cluster, vmi: KubeObject): KubeObject | undefined {
  return store.list(kinds.get('pod'), vmi.metadata.namespace).find(({ metadata: { labels }, ...pod }) => labels?.['kubevirt.io/created-by'] === vmi.metadata.uid && valueAt(pod, 'spec.nodeName') === valueAt(vmi, 'status.nodeName'));
}
