import { conditionsOf, podStatus } from '../kinds/columns';
import type { ResourceKind } from '../kinds/kind';
import { isRecord, valueAt } from '../store/objects';
import type { KubeObject } from '../store/objects';

/** `metadata.state`, as wrangler's summary computes it. */
export interface State {
  name: string;
  error: boolean;
  transitioning: boolean;
  message: string;
}

/** Node conditions that mean trouble when True; PIDPressure is missing upstream too. */
const NODE_ERRORS = ['OutOfDisk', 'MemoryPressure', 'DiskPressure', 'NetworkUnavailable'];
const FAILED_PHASES = ['Failed', 'Evicted', 'CrashLoopBackOff', 'ImagePullBackOff'];

function isConditionError(kind: ResourceKind, type: string, status: string): boolean {
  return kind.group === '' && kind.kind === 'Node' ? NODE_ERRORS.includes(type) && status === 'True' : type === 'Failed' && status === 'True';
}

/** Kinds that cli-utils' kstatus takes for ready whatever they say. */
const ALWAYS_READY = new Set(['/ConfigMap', '/Secret', 'batch/CronJob']);

/** What kstatus says of an object that is as it should be. */
function currentMessage(kind: ResourceKind, object: KubeObject): string {
  if (ALWAYS_READY.has(`${ kind.group }/${ kind.kind }`)) {
    return 'Resource is always ready';
  }

  return conditionsOf(object).some(({ type, status }) => type === 'Ready' && status === 'True') ? 'Resource is Ready' : 'Resource is current';
}

/** The state of an object for lists, badges and counts. */
export function stateOf(kind: ResourceKind, object: KubeObject): State {
  const state = (name: string, rest: Partial<State> = {}): State => ({
    name: name.toLowerCase(),
    error: false,
    transitioning: false,
    message: '',
    ...rest,
  });

  if (object.metadata.deletionTimestamp) {
    return state('removing', { transitioning: true });
  }
  if (kind.group === '' && kind.kind === 'Pod') {
    const name = podStatus(object);
    const message = valueAt(object, 'status.message');

    return state(name, {
      error: FAILED_PHASES.includes(name) || valueAt(object, 'status.phase') === 'Failed',
      transitioning: name === 'Pending',
      message: typeof message === 'string' ? message : '',
    });
  }
  const bad = conditionsOf(object).find(({ type, status }) => isConditionError(kind, type, status));
  const phase = valueAt(object, 'status.phase');

  return state(typeof phase === 'string' && phase !== '' ? phase : 'active', bad ? { error: true, message: bad.message ?? '' } : { message: currentMessage(kind, object) });
}

/** `status.conditions` with the three fields that Steve adds to each. */
export function annotatedConditions(kind: ResourceKind, object: KubeObject): unknown[] | undefined {
  const list = valueAt(object, 'status.conditions');

  if (!Array.isArray(list)) {
    return undefined;
  }

  return list.map((condition: unknown) => isRecord(condition) ? {
    ...condition,
    error: isConditionError(kind, String(condition.type), String(condition.status)),
    transitioning: false,
    lastUpdateTime: condition.lastUpdateTime ?? condition.lastTransitionTime ?? '',
  } : condition,
  );
}
