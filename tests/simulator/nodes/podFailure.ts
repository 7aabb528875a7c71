import { timestamp } from '../clock';
import type { Clock } from '../clock';
import type { KindCatalogue, ResourceKind } from '../kinds/kind';
import { isRecord, valueAt } from '../store/objects';
import type { KubeObject } from '../store/objects';
import type { ObjectStore } from '../store/store';

/** What a controller of the simulator writes to. */
export interface Surroundings {
  store: ObjectStore;
  kinds: KindCatalogue;
  clock: Clock;
}

export interface Failure {
  reason: string;
  message: string;
  /** The pod gets the condition DisruptionTarget, reason TerminationByKubelet. */
  disruptionTarget?: boolean;
}

/** A core/v1 Event about an object, as a kubelet records it. */
export function recordEvent(
  { store, kinds, clock }: Surroundings,
  object: KubeObject,
  type: 'Normal' | 'Warning',
  reason: string,
  message: string,
  node: string,
  annotations: Readonly<Record<string, string>> = {},
): void {
  const { name, namespace, uid } = object.metadata;
  const time = timestamp(clock.now());

  store.create(kinds.get('event'), {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: {
      name: '',
      generateName: `${ name }.`,
      namespace: namespace ?? 'default',
      ...(Object.keys(annotations).length ? { annotations: { ...annotations } } : {}),
    },
    involvedObject: { apiVersion: object.apiVersion, kind: object.kind, namespace, name, uid },
    type,
    reason,
    message,
    firstTimestamp: time,
    lastTimestamp: time,
    count: 1,
    reportingComponent: 'kubelet',
    reportingInstance: node,
    source: { component: 'kubelet', host: node },
  });
}

function stopVirtualMachine({ store, kinds }: Surroundings, pod: KubeObject): void {
  const name = pod.metadata.ownerReferences?.find(({ kind }) => kind === 'VirtualMachineInstance')?.name;
  const change = (kind: ResourceKind, status: Record<string, unknown>): void => {
    const object = name === undefined ? undefined : store.find(kind, pod.metadata.namespace, name);

    if (object) {
      store.update(kind, { ...object, status: { ...(isRecord(object.status) ? object.status : {}), ...status } }, { status: true });
    }
  };

  if (name !== undefined) {
    change(kinds.get('kubevirt.io.virtualmachineinstance'), {
      phase: 'Failed',
      conditions: [{ type: 'Ready', status: 'False', reason: 'PodTerminating' }],
    });
    change(kinds.get('kubevirt.io.virtualmachine'), { ready: false, printableStatus: 'Stopped' });
  }
}

/** Ends a pod on its node: phase Failed. A virtual machine in it is off; nothing starts it, or another pod, again. */
export function failPod(around: Surroundings, pod: KubeObject, { reason, message, disruptionTarget = false }: Failure): void {
  const { store, kinds, clock } = around;
  const status = isRecord(pod.status) ? pod.status : {};
  const time = timestamp(clock.now());
  const old = (valueAt(pod, 'status.conditions') ?? []) as { type: string }[];
  const notReady = { status: 'False', reason: 'PodFailed', lastTransitionTime: time };
  const kept = old.map((condition) => ({ ...condition, ...(['Ready', 'ContainersReady'].includes(condition.type) ? notReady : {}) }));
  const target = disruptionTarget ? [{ type: 'DisruptionTarget', status: 'True', reason: 'TerminationByKubelet', message, lastTransitionTime: time }] : [];

  store.update(
    kinds.get('pod'),
    { ...pod, status: { ...status, phase: 'Failed', reason, message, conditions: [...kept, ...target], containerStatuses: [] } },
    { status: true },
  );
  stopVirtualMachine(around, pod);
}
