import type { KubernetesEvent } from '../planner/node/eventKinds';
import type { ReadPlan } from './read';
import { clusterPath } from './request';
import { isObject, objectsOf, requireObject, textOf, UnexpectedBodyError, type JsonObject } from './shape';

/** Events of one kind, and whether there are more than were asked for. */
export interface EventList {
  readonly events: readonly KubernetesEvent[];
  readonly isCut: boolean;
}

/** The API server sorts a list by name, not by time: what lies beyond the limit is not the oldest. */
const LIMIT = 500;


function countOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** Only texts where texts are promised, and numbers where numbers are. */
function eventOf({ reason, message, count, firstTimestamp, lastTimestamp, eventTime, series, metadata, involvedObject }: JsonObject): KubernetesEvent {
  const repeated = isObject(series) ? { count: countOf(series['count']), lastObservedTime: textOf(series['lastObservedTime']) } : undefined;
  const object = isObject(involvedObject) ? involvedObject : {};

  return {
    reason:         textOf(reason),
    message:        textOf(message),
    count:          countOf(count),
    firstTimestamp: textOf(firstTimestamp),
    lastTimestamp:  textOf(lastTimestamp),
    eventTime:      textOf(eventTime),
    series:         repeated,
    metadata:       { creationTimestamp: isObject(metadata) ? textOf(metadata['creationTimestamp']) : undefined },
    involvedObject: { kind: textOf(object['kind']), namespace: textOf(object['namespace']), name: textOf(object['name']) },
  };
}

/** Whether a kubelet's event is from this node: events cannot be selected by that. */
function isFrom(nodeName: string, { source, reportingInstance }: JsonObject): boolean {
  return reportingInstance === nodeName || (isObject(source) && source['host'] === nodeName);
}

function parseEvents(body: unknown, isWanted: (event: JsonObject) => boolean): EventList {
  const { items, metadata } = requireObject(body, 'list of events');

  if (!Array.isArray(items)) {
    throw new UnexpectedBodyError('list of events has no items');
  }

  return { events: objectsOf(items).filter(isWanted).map(eventOf), isCut: isObject(metadata) && (textOf(metadata['continue']) ?? '') !== '' };
}

function eventsPlan(clusterId: string, fields: Readonly<Record<string, string>>, isWanted: (event: JsonObject) => boolean): ReadPlan<EventList> {
  const fieldSelector = encodeURIComponent(Object.entries(fields).map(([field, value]) => `${ field }=${ value }`).join(','));

  return { url: `${ clusterPath(clusterId) }/api/v1/events?limit=${ LIMIT }&fieldSelector=${ fieldSelector }`, verb: 'list events', parse: (body) => parseEvents(body, isWanted) };
}

/** What is read of a node's events: about itself; kubelets' warnings about pods; and resizes that ended well, which are none. */
export const EVENT_LISTS = ['node', 'podWarnings', 'resizes'] as const;
export type EventListName = typeof EVENT_LISTS[number];

/** One list of the events of a node and its pods. */
export function nodeEventsPlan(clusterId: string, nodeName: string, list: EventListName): ReadPlan<EventList> {
  const ofPods = { 'involvedObject.kind': 'Pod', source: 'kubelet' };

  switch (list) {
  case 'node': return eventsPlan(clusterId, { 'involvedObject.kind': 'Node', 'involvedObject.name': nodeName }, () => true);
  case 'podWarnings': return eventsPlan(clusterId, { ...ofPods, type: 'Warning' }, (event) => isFrom(nodeName, event));
  case 'resizes': return eventsPlan(clusterId, { ...ofPods, reason: 'ResizeCompleted' }, (event) => isFrom(nodeName, event));
  }
}
