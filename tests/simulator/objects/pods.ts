import { timestamp } from '../clock';
import type { Cluster } from '../cluster';
import type { ContainerPlan, PodPlan } from '../scenarios/plan';
import type { KubeObject, OwnerReference } from '../store/objects';

const DEFAULT_AGE_SECONDS = 6 * 86_400;

function ownerOf({ owner, name, node }: PodPlan): OwnerReference[] {
  if (owner === 'None') {
    return [];
  }
  const target =
    owner === 'Static' ? { apiVersion: 'v1', kind: 'Node', name: node } : { apiVersion: 'apps/v1', kind: owner, name: name.replace(/-[a-z0-9]+$/, '') };

  return [{ ...target, uid: `${ target.kind.toLowerCase() }-${ target.name }`, controller: true }];
}

function qosClass({ containers }: PodPlan): string {
  const lists = containers.flatMap(({ requests, limits }) => [requests ?? {}, limits ?? {}]);

  if (lists.every((list) => Object.keys(list).length === 0)) {
    return 'BestEffort';
  }
  const limited = ({ requests = {}, limits = {} }: ContainerPlan, name: string): boolean => {
    return limits[name] !== undefined && (requests[name] ?? limits[name]) === limits[name];
  };
  const guaranteed = containers.every((container) => ['cpu', 'memory'].every((name) => limited(container, name)));

  return guaranteed ? 'Guaranteed' : 'Burstable';
}

/** Marks of a static pod's mirror, by which the kubelet knows it. */
function staticAnnotations({ owner, name }: PodPlan): Record<string, string> {
  return owner === 'Static' ? {
    'kubernetes.io/config.source': 'file',
    'kubernetes.io/config.mirror': name,
    'kubernetes.io/config.hash': name,
    'kubernetes.io/config.seen': '2026-08-01T00:00:00Z',
  } : {};
}

/** A pod that has been running on its node since before the scenario began. */
export function runningPod(
  plan: PodPlan,
  now: number,
  extra: Partial<Pick<KubeObject['metadata'], 'annotations' | 'ownerReferences'>> = {},
): KubeObject {
  const created = timestamp(now - (plan.ageSeconds ?? DEFAULT_AGE_SECONDS) * 1000);
  const annotations = { ...staticAnnotations(plan), ...extra.annotations };

  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: plan.name,
      namespace: plan.namespace,
      creationTimestamp: created,
      labels: { app: plan.name.replace(/-[a-z0-9]+$/, ''), ...plan.labels },
      ...(Object.keys(annotations).length ? { annotations } : {}),
      ownerReferences: extra.ownerReferences ?? ownerOf(plan),
    },
    spec: {
      nodeName: plan.node,
      ...(plan.nodeSelector ? { nodeSelector: plan.nodeSelector } : {}),
      priority: plan.priority ?? 0,
      ...(plan.priorityClassName ? { priorityClassName: plan.priorityClassName } : {}),
      preemptionPolicy: 'PreemptLowerPriority',
      restartPolicy: 'Always',
      terminationGracePeriodSeconds: 30,
      schedulerName: 'default-scheduler',
      serviceAccountName: 'default',
      tolerations: plan.owner === 'Static' ? [{ operator: 'Exists', effect: 'NoExecute' }] : [],
      containers: plan.containers.map(({ name, requests, limits }) => ({
        name,
        image: `registry.example/${ name }:1`,
        imagePullPolicy: 'IfNotPresent',
        resources: { ...(requests ? { requests } : {}), ...(limits ? { limits } : {}) },
      })),
      volumes: [],
    },
    status: {
      phase: 'Running',
      qosClass: qosClass(plan),
      startTime: created,
      podIP: '10.52.0.10',
      hostIP: '192.0.2.11',
      conditions: ['Initialized', 'Ready', 'ContainersReady', 'PodScheduled'].map((type) => ({ type, status: 'True', lastTransitionTime: created })),
      containerStatuses: plan.containers.map(({ name, requests, limits }) => ({
        name,
        ready: true,
        started: true,
        restartCount: 0,
        image: `registry.example/${ name }:1`,
        state: { running: { startedAt: created } },
        ...(requests ? { allocatedResources: requests } : {}),
        resources: { ...(requests ? { requests } : {}), ...(limits ? { limits } : {}) },
      })),
    },
  };
}

/** Puts a pod into the cluster and tells its node what it uses. */
export function addPod({ store, kinds, fleet, clock }: Cluster, plan: PodPlan, extra: Parameters<typeof runningPod>[2] = {}): KubeObject {
  const created = store.create(kinds.get('pod'), runningPod(plan, clock.now(), extra));

  fleet.setPodUse(created.metadata.uid ?? '', plan.useBytes);

  return created;
}
