import { valueAt } from '../store/objects';
import type { KubeObject } from '../store/objects';
import type { Column } from './kind';

/** apimachinery duration.HumanDuration, for ages in printer columns. */
export function humanDuration(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  const withRest = (whole: number, unit: string, rest: number, restUnit: string): string => `${ whole }${ unit }${ rest ? `${ rest }${ restUnit }` : '' }`;

  if (seconds < 120) {
    return `${ seconds }s`;
  }
  if (minutes < 10) {
    return withRest(minutes, 'm', seconds % 60, 's');
  }
  if (minutes < 180) {
    return `${ minutes }m`;
  }
  if (hours < 8) {
    return withRest(hours, 'h', minutes % 60, 'm');
  }
  if (hours < 48) {
    return `${ hours }h`;
  }

  return days < 8 ? withRest(days, 'd', hours % 24, 'h') : `${ days }d`;
}

export const NAME: Column = { name: 'Name', format: 'name', value: (object) => object.metadata.name };
export const AGE: Column = {
  name: 'Age',
  value: (object, now) => (object.metadata.creationTimestamp ? humanDuration(now - Date.parse(object.metadata.creationTimestamp)) : '<unknown>'),
};

/** A column that prints what stands at a path of the object. */
export function column(name: string, path: string, type: Column['type'] = 'string', priority = 0): Column {
  return {
    name,
    type,
    priority,
    value: (object) => {
      const value = valueAt(object, path);

      return typeof value === 'number' ? value : value === undefined || value === null ? '' : String(value);
    },
  };
}

interface Condition {
  type: string;
  status: string;
  reason?: string;
  message?: string;
  lastTransitionTime?: string;
}

/** `status.conditions`, or none. */
export function conditionsOf(object: KubeObject): Condition[] {
  const list = valueAt(object, 'status.conditions');

  return Array.isArray(list) ? (list as Condition[]) : [];
}

/** `kubectl get nodes`' Status column. */
export function nodeStatus(node: KubeObject): string {
  const ready = conditionsOf(node).find(({ type }) => type === 'Ready');
  const status = ready?.status === 'True' ? 'Ready' : ready ? 'NotReady' : 'Unknown';

  return valueAt(node, 'spec.unschedulable') === true ? `${ status },SchedulingDisabled` : status;
}

/** The roles in a node's labels, as `kubectl get nodes` shows them. */
export function nodeRoles(node: KubeObject): string {
  const roles = Object.keys(node.metadata.labels ?? {})
    .filter((key) => key.startsWith('node-role.kubernetes.io/'))
    .map((key) => key.slice('node-role.kubernetes.io/'.length));

  return roles.sort().join(',') || '<none>';
}

/** `kubectl get pods`' Status column: the pod's reason wins over its phase, and deletion over both. */
export function podStatus(pod: KubeObject): string {
  if (pod.metadata.deletionTimestamp) {
    return 'Terminating';
  }

  return String(valueAt(pod, 'status.reason') ?? valueAt(pod, 'status.phase') ?? 'Unknown');
}

interface ContainerStatus {
  ready?: boolean;
  restartCount?: number;
}

/** `status.containerStatuses`, or none. */
export function containerStatuses(pod: KubeObject): ContainerStatus[] {
  const list = valueAt(pod, 'status.containerStatuses');

  return Array.isArray(list) ? (list as ContainerStatus[]) : [];
}
