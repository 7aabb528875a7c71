/** @jest-environment node */
import fc from 'fast-check';
import { eventMessage, type KubernetesEvent } from '../eventKinds';
import { podEvents } from '../podEvents';
import { launcherOf, pod } from './pods';

fc.configureGlobal({ seed: 20261 });

const NOW = Date.parse('2026-01-02T00:00:00Z');

function ago(minutes: number): string {
  return new Date(NOW - minutes * 60_000).toISOString();
}

function event(reason: string, minutes: number, more: KubernetesEvent = {}): KubernetesEvent {
  return { reason, message: '', firstTimestamp: ago(minutes), lastTimestamp: ago(minutes), involvedObject: { kind: 'Node', name: 'node-1' }, ...more };
}

describe('what an event tells', () => {
  it.each<[string, string, string, Record<string, unknown>]>([
    ['Evicted', 'The node was low on resource: memory. Threshold quantity: 1Gi, available: 900Mi. Container a was using 2Gi, request is 0, has larger consumption of memory. ', 'evicted', { resource: 'memory', thresholdBytes: 2 ** 30, availableBytes: 900 * 2 ** 20 }],
    ['Evicted', 'The node was low on resource: ephemeral-storage. Threshold quantity: 1, available: 1.5. ', 'evicted', { resource: 'ephemeral-storage', thresholdBytes: 1, availableBytes: 2 }],
    ['Evicted', 'The node was low on resource: memory. Threshold quantity: some, available: more. ', 'evicted', { threshold: 'some', available: 'more' }],
    ['Evicted', 'The node was low on resource: inodes. Threshold quantity: 500, available: 400. ', 'evicted', { resource: 'inodes', threshold: '500', available: '400' }],
    ['Evicted', 'The node was low on resource: pids. ', 'evicted', { resource: 'pids', threshold: undefined }],
    ['Evicted', 'Usage of EmptyDir volume "cache" exceeds the limit "1Gi". ', 'evictedOverLimit', {}],
    ['Evicted', 'The node had condition: [MemoryPressure DiskPressure]. ', 'refused', { condition: 'MemoryPressure DiskPressure' }],
    ['EvictionThresholdMet', 'Attempting to reclaim ephemeral-storage', 'thresholdMet', { resource: 'ephemeral-storage' }],
    ['SystemOOM', 'System OOM encountered, victim process: qemu, pid: 7', 'systemOom', {}],
    ['OutOfmemory', '', 'refused', { resource: 'memory' }],
    ['NodeHasDiskPressure', '', 'pressure', { reason: 'NodeHasDiskPressure' }],
    ['ResizeDeferred', '', 'resizeDeferred', {}],
    ['Preempting', '', 'preempted', {}],
  ])('is understood: %s %s', (reason, message, code, params) => {
    expect(eventMessage({ reason, message })).toMatchObject({ code, params });
  });

  it.each(['Scheduled', '__proto__', 'toString'])('is left out where it is about something else: %s', (reason) => {
    expect(eventMessage({ reason })).toBeUndefined();
  });

  it('is nothing without a reason', () => {
    expect(eventMessage({})).toBeUndefined();
  });
});

describe('events of a node', () => {
  it('are grouped by what happened to whom, latest first', () => {
    const pod = { involvedObject: { kind: 'Pod', namespace: 'prod', name: 'db' } };
    const { groups } = podEvents([
      event('EvictionThresholdMet', 40, { message: 'Attempting to reclaim memory', count: 3, firstTimestamp: ago(50) }),
      event('EvictionThresholdMet', 20, { message: 'Attempting to reclaim memory' }),
      event('EvictionThresholdMet', 10, { message: 'Attempting to reclaim inodes' }),
      event('Evicted', 15, { message: 'The node was low on resource: memory. ', ...pod }),
      event('Scheduled', 1, pod),
    ], NOW);

    expect(groups.map(({ event: { code, params }, object, count }) => [code, params['resource'], object.name, count])).toEqual([
      ['thresholdMet', 'inodes', 'node-1', 1], ['evicted', 'memory', 'db', 1], ['thresholdMet', 'memory', 'node-1', 4],
    ]);
    expect(groups[2]).toMatchObject({ firstMilliseconds: NOW - 50 * 60_000, lastMilliseconds: NOW - 20 * 60_000, ageMilliseconds: 20 * 60_000, message: 'Attempting to reclaim memory' });
  });

  it('name a pod by the VM that it runs, as long as it is known', () => {
    const evicted = (name: string) => event('Evicted', 5, { message: 'The node was low on resource: memory. ', involvedObject: { kind: 'Pod', namespace: 'prod', name } });
    const { groups } = podEvents([evicted('launcher'), evicted('web'), event('SystemOOM', 9)], NOW, [pod('launcher', { pod: launcherOf('db-1') }), pod('web')]);

    expect(groups.map(({ object }) => object)).toEqual([{ kind: 'Pod', namespace: 'prod', name: 'launcher', vm: 'db-1' }, { kind: 'Pod', namespace: 'prod', name: 'web' }, { kind: 'Node', namespace: '', name: 'node-1' }]);
  });

  it('are counted for an hour and a day; of repeated ones only the first and the last are dated', () => {
    const { counts } = podEvents([
      event('Preempting', 30, { count: 5, firstTimestamp: ago(90) }),
      event('Preempting', 30, { count: 2 }),
      event('Preempting', 200),
      event('Preempting', 2000),
      event('SystemOOM', 2, { series: { count: 4, lastObservedTime: ago(1) }, count: 9 }),
      event('ResizeError', 59, { count: 1, firstTimestamp: ago(61) }),
    ], NOW);

    expect(counts).toEqual([
      { code: 'systemOom', lastHour: { atLeast: 4, atMost: 4 }, lastDay: { atLeast: 4, atMost: 4 } },
      { code: 'preempted', lastHour: { atLeast: 3, atMost: 6 }, lastDay: { atLeast: 8, atMost: 8 } },
      { code: 'resizeError', lastHour: { atLeast: 1, atMost: 1 }, lastDay: { atLeast: 1, atMost: 1 } },
    ]);
  });

  it('reach back as far as the oldest, of whatever kind', () => {
    expect(podEvents([event('Scheduled', 45), event('Evicted', 10)], NOW).reachMilliseconds).toBe(45 * 60_000);
    expect(podEvents([event('Scheduled', -5)], NOW).reachMilliseconds).toBe(0);
    expect(podEvents([], NOW)).toEqual({ groups: [], counts: [], reachMilliseconds: undefined });
  });

  it('are dated by whatever time they have, and left out without any', () => {
    const at = (source: KubernetesEvent) => podEvents([{ reason: 'SystemOOM', ...source }], NOW).groups[0];

    expect(at({ lastTimestamp: null, eventTime: ago(3) })).toMatchObject({ firstMilliseconds: NOW - 180_000, lastMilliseconds: NOW - 180_000, message: '', object: { kind: '', namespace: '', name: '' } });
    expect(at({ metadata: { creationTimestamp: ago(2) } })?.lastMilliseconds).toBe(NOW - 120_000);
    expect(at({ lastTimestamp: ago(4), firstTimestamp: ago(1) })?.firstMilliseconds).toBe(NOW - 240_000);
    expect(at({ series: { lastObservedTime: ago(6) } })?.firstMilliseconds).toBe(NOW - 360_000);
    expect(at({ eventTime: ago(-9) })?.ageMilliseconds).toBe(0);
    expect(at({ eventTime: 'nonsense' })).toBeUndefined();
  });

  it('are counted at least as often in a day as in an hour, and never more than there are', () => {
    const some = fc.array(fc.record({ minutes: fc.integer({ min: 0, max: 3000 }), earlier: fc.integer({ min: 0, max: 3000 }), count: fc.integer({ min: 0, max: 20 }) }), { minLength: 1, maxLength: 20 });

    fc.assert(fc.property(some, (all) => {
      const { counts } = podEvents(all.map(({ minutes, earlier, count }) => event('SystemOOM', minutes, { count, firstTimestamp: ago(minutes + earlier) })), NOW);
      const [{ lastHour, lastDay }] = counts as unknown as [typeof counts[number]];
      const total = all.reduce((sum, { count }) => sum + Math.max(1, count), 0);

      return lastHour.atLeast <= lastHour.atMost && lastHour.atLeast <= lastDay.atLeast && lastHour.atMost <= lastDay.atMost && lastDay.atMost <= total;
    }));
  });
});
