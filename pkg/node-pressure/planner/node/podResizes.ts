import { attempt } from '../../harvester/amounts';
import type { Container, ContainerStatus, Pod, PodCondition, ResourceList } from '../../kubelet/pod';
import { quantityOf } from '../../kubelet/podResources';
import type { Message } from '../display';
import { vmOfPod } from './virtualMachine';

/**
 * How a resize stands. `deferred` the node has no room now, it is tried again; `infeasible` it never fits as it is;
 * `inProgress` being carried out; `error` carrying it out failed; `proposed` the kubelet has said nothing yet.
 */
export type ResizeState = 'deferred' | 'infeasible' | 'inProgress' | 'error' | 'proposed';

/** Why, by the kubelet's text: what to do differs. */
export type ResizeObstacle = 'noRoom' | 'beyondCapacity' | 'swap' | 'cpuManager' | 'memoryManager' | 'underPressure' | 'memoryInUse' | 'other';

/** One resource of one container: what is asked for, granted and in force. Texts are as the cluster wrote them. */
export interface ResizedResource {
  readonly container: string;
  readonly resource: 'cpu' | 'memory';
  readonly kind: 'requests' | 'limits';
  readonly desired?: string;
  /** Of requests only: nobody publishes allocated limits. */
  readonly allocated?: string;
  readonly actual?: string;
}

/** A pod whose resize is not done. */
export interface PodResize {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly vm?: string;
  readonly state: Message<ResizeState>;
  readonly obstacle?: ResizeObstacle;
  /** The kubelet's own words. */
  readonly text: string;
  readonly changes: readonly ResizedResource[];
  /** Restarts of the containers that change. */
  readonly restarts: number;
}

const PENDING = 'PodResizePending';
const IN_PROGRESS = 'PodResizeInProgress';

const OBSTACLES: readonly (readonly [RegExp, ResizeObstacle])[] = [
  [/didn.t have enough resource|enough allocatable/, 'noRoom'],
  [/didn.t have enough capacity/, 'beyondCapacity'],
  [/containers with swap/, 'swap'],
  [/CPU Manager/, 'cpuManager'],
  [/Memory Manager/, 'memoryManager'],
  [/^The node had condition/, 'underPressure'],
  [/below current usage/, 'memoryInUse'],
];

/** Kubelets before 1.33 wrote the state itself into `status.resize`. */
type OldResizeStatus = Pod['status'] & { readonly resize?: string };

const OLD_STATES: Readonly<Record<string, ResizeState>> = { Proposed: 'proposed', InProgress: 'inProgress', Deferred: 'deferred', Infeasible: 'infeasible' };

function isTrue(conditions: readonly PodCondition[], type: string): PodCondition | undefined {
  return conditions.find((condition) => condition.type === type && condition.status === 'True');
}

function oldState({ status }: Pod): ResizeState | undefined {
  const { resize = '' }: NonNullable<OldResizeStatus> = status ?? {};

  return Object.hasOwn(OLD_STATES, resize) ? OLD_STATES[resize] : undefined;
}

function stateOf(pod: Pod): { readonly code: ResizeState; readonly condition?: PodCondition } | undefined {
  const conditions = pod.status?.conditions ?? [];
  const [pending, inProgress] = [isTrue(conditions, PENDING), isTrue(conditions, IN_PROGRESS)];

  if (pending) {
    return { code: pending.reason === 'Infeasible' ? 'infeasible' : 'deferred', condition: pending };
  }
  if (inProgress) {
    return { code: inProgress.reason === 'Error' ? 'error' : 'inProgress', condition: inProgress };
  }
  const code = oldState(pod);

  return code && { code };
}

/** Whether two amounts differ, however they are written; what cannot be read is compared as text. */
function differ(a: ResourceList | undefined, b: ResourceList | undefined, name: string): boolean {
  const [one, other] = [a, b].map((list) => attempt(() => quantityOf(list, name)).value);

  return one && other ? one.cmp(other) !== 0 : a?.[name] !== b?.[name];
}

/** The resources of a container that are not in force as desired. A status without resources tells nothing. */
function changesOf({ name: container, resources }: Container, { allocatedResources, resources: actual }: ContainerStatus): ResizedResource[] {
  if (!actual) {
    return [];
  }

  return (['cpu', 'memory'] as const).flatMap((resource) => (['requests', 'limits'] as const).flatMap((kind) => {
    const desired = resources?.[kind];
    const allocated = kind === 'requests' ? allocatedResources : undefined;

    return differ(desired, actual[kind], resource) || (allocated && differ(desired, allocated, resource)) ? [{
      container, resource, kind, desired: desired?.[resource], allocated: allocated?.[resource], actual: actual[kind]?.[resource],
    }] : [];
  }));
}

function resizeOf(pod: Pod): PodResize[] {
  const { name, namespace = '', uid = '' } = pod.metadata;
  const statuses = [...pod.status?.containerStatuses ?? [], ...pod.status?.initContainerStatuses ?? []];
  const containers = [...pod.spec.containers, ...pod.spec.initContainers ?? []].flatMap((container) => {
    const status = statuses.find((each) => each.name === container.name);

    return status ? [{ changes: changesOf(container, status), restarts: status.restartCount ?? 0 }] : [];
  }).filter(({ changes }) => changes.length > 0);
  const state = stateOf(pod) ?? (containers.length > 0 ? { code: 'proposed' as const } : undefined);
  const text = state?.condition?.message ?? '';

  return state ? [{
    namespace,
    name,
    uid,
    vm:       vmOfPod(pod, undefined)?.name,
    state:    { code: state.code, params: { reason: state.condition?.reason } },
    obstacle: text === '' ? undefined : OBSTACLES.find(([pattern]) => pattern.test(text))?.[1] ?? 'other',
    text,
    changes:  containers.flatMap(({ changes }) => changes),
    restarts: containers.reduce((sum, { restarts }) => sum + restarts, 0),
  }] : [];
}

/** The resizes of a node's pods that are not done, as far as they can be read. Pods that are over have none. */
export function podResizes(pods: readonly Pod[]): PodResize[] {
  return pods.filter(({ status }) => status?.phase !== 'Succeeded' && status?.phase !== 'Failed').flatMap(resizeOf);
}
