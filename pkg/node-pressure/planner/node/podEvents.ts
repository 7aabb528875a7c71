import type { Pod } from '../../kubelet/pod';
import type { Message } from '../display';
import { podRef } from '../settings/podRef';
import { eventMessage, type EventCode, type KubernetesEvent } from './eventKinds';

/** Several events of one kind about one object. */
export interface EventGroup {
  /** Of the latest one. */
  readonly event: Message<EventCode>;
  readonly object: { readonly kind: string; readonly namespace: string; readonly name: string; readonly vm?: string };
  readonly count: number;
  readonly firstMilliseconds: number;
  readonly lastMilliseconds: number;
  /** Of the latest one. */
  readonly ageMilliseconds: number;
  /** The kubelet's own words in the latest one. */
  readonly message: string;
}

/** How often something happened. Of an event that counts repetitions only the first and the last are dated. */
export interface EventCount {
  readonly atLeast: number;
  readonly atMost: number;
}

export interface EventCounts {
  readonly code: EventCode;
  readonly lastHour: EventCount;
  readonly lastDay: EventCount;
}

/** What the events of a node and its pods say. */
export interface PodEvents {
  /** Latest first. */
  readonly groups: readonly EventGroup[];
  /** Of the kinds that occurred, in the order of the groups. */
  readonly counts: readonly EventCounts[];
  /** How far back the events reach; API servers forget them, usually after an hour. Undefined without any event. */
  readonly reachMilliseconds?: number;
}

interface DatedEvent {
  readonly event: Message<EventCode>;
  readonly source: KubernetesEvent;
  readonly count: number;
  readonly firstMilliseconds: number;
  readonly lastMilliseconds: number;
}

const HOUR_MILLISECONDS = 3_600_000;
const DAY_MILLISECONDS = 24 * HOUR_MILLISECONDS;

/** The first text that is a time. */
function timeOf(...texts: readonly (string | null | undefined)[]): number | undefined {
  return texts.map((text) => Date.parse(text ?? '')).find((time) => !Number.isNaN(time));
}

function lastTimeOf({ series, lastTimestamp, eventTime, metadata }: KubernetesEvent): number | undefined {
  return timeOf(series?.lastObservedTime, lastTimestamp, eventTime, metadata?.creationTimestamp);
}

function dated(source: KubernetesEvent): DatedEvent[] {
  const event = eventMessage(source);
  const lastMilliseconds = lastTimeOf(source);
  const firstMilliseconds = timeOf(source.firstTimestamp, source.eventTime, source.metadata?.creationTimestamp) ?? lastMilliseconds;

  return event && lastMilliseconds !== undefined && firstMilliseconds !== undefined ? [{
    event, source, lastMilliseconds, firstMilliseconds: Math.min(firstMilliseconds, lastMilliseconds), count: Math.max(1, source.series?.count ?? source.count ?? 1),
  }] : [];
}

function objectOf({ involvedObject: { kind = '', namespace = '', name = '' } = {} }: KubernetesEvent): EventGroup['object'] {
  return { kind, namespace, name };
}

/** A pod that is still known is named by the VM that it ran. */
function vmNamer(pods: readonly Pod[]): (object: EventGroup['object']) => EventGroup['object'] {
  const vms = new Map(pods.map(podRef).flatMap(({ namespace, name, vm }) => (vm === undefined ? [] : [[`${ namespace }/${ name }`, vm]])));

  return (object) => {
    const vm = object.kind === 'Pod' ? vms.get(`${ object.namespace }/${ object.name }`) : undefined;

    return vm === undefined ? object : { ...object, vm };
  };
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();

  for (const item of items) {
    const key = keyOf(item);

    groups.set(key, [...groups.get(key) ?? [], item]);
  }

  return [...groups.values()];
}

/** @param events of one group, latest first */
function groupOf(events: readonly DatedEvent[], nowMilliseconds: number): EventGroup {
  const { event, source, lastMilliseconds } = events[0] as DatedEvent;

  return {
    event,
    object:            objectOf(source),
    count:             events.reduce((sum, { count }) => sum + count, 0),
    firstMilliseconds: Math.min(...events.map(({ firstMilliseconds }) => firstMilliseconds)),
    lastMilliseconds,
    ageMilliseconds:   Math.max(0, nowMilliseconds - lastMilliseconds),
    message:           source.message ?? '',
  };
}

/** An event that began before the time in question may have happened once or almost always since. */
function countSince(events: readonly DatedEvent[], sinceMilliseconds: number): EventCount {
  const recent = events.filter(({ lastMilliseconds }) => lastMilliseconds >= sinceMilliseconds);
  const sum = (countOf: (event: DatedEvent) => number): number => recent.reduce((total, event) => total + countOf(event), 0);
  const isWithin = ({ firstMilliseconds }: DatedEvent): boolean => firstMilliseconds >= sinceMilliseconds;

  return { atLeast: sum((event) => (isWithin(event) ? event.count : 1)), atMost: sum((event) => (isWithin(event) ? event.count : Math.max(1, event.count - 1))) };
}

/**
 * Events about pressure, eviction, memory, admission and resizes: grouped by kind and object, and counted by kind.
 *
 * @param pods of the node, as far as they are known, to name VMs
 */
export function podEvents(events: readonly KubernetesEvent[], nowMilliseconds: number, pods: readonly Pod[] = []): PodEvents {
  const named = vmNamer(pods);
  const latestFirst = events.flatMap(dated).sort((a, b) => b.lastMilliseconds - a.lastMilliseconds);
  const oldest = events.flatMap((event) => lastTimeOf(event) ?? []).reduce<number | undefined>((a, b) => Math.min(a ?? b, b), undefined);

  return {
    groups:            groupBy(latestFirst, ({ event, source }) => JSON.stringify([event.code, event.params, objectOf(source)])).map((each) => groupOf(each, nowMilliseconds)).map((group) => ({ ...group, object: named(group.object) })),
    counts:            groupBy(latestFirst, ({ event }) => event.code).map((each) => ({
      code: (each[0] as DatedEvent).event.code, lastHour: countSince(each, nowMilliseconds - HOUR_MILLISECONDS), lastDay: countSince(each, nowMilliseconds - DAY_MILLISECONDS),
    })),
    reachMilliseconds: oldest === undefined ? undefined : Math.max(0, nowMilliseconds - oldest),
  };
}
