/** @jest-environment node */
import fc from 'fast-check';
import type { Node } from '../../../harvester/node';
import { parseConfigz } from '../../../kubelet/config/configz';
import { SIGNALS, type Signal } from '../../../kubelet/signals';
import type { Summary } from '../../../kubelet/summary';
import { DESIGN_SETTINGS, GI, node, RKE2_DEFAULTS, summary } from '../../__tests__/fixtures';
import type { SignalSample } from '../samples';
import { memoryMargins, signalRows, type SignalInput, type SignalRow } from '../signalRows';

fc.configureGlobal({ seed: 20261 });

const NOW = Date.parse('2026-01-01T00:10:00Z');

function configured(settings: Record<string, unknown>): Pick<SignalInput, 'configuration'> {
  return { configuration: parseConfigz({ kubeletconfig: { evictionPressureTransitionPeriod: '5m', ...settings } }) };
}

function rows(settings: Record<string, unknown> | undefined, value: Summary | undefined, more: Partial<SignalInput> = {}): SignalRow[] {
  return signalRows({ node: node(), samples: [], ...settings && configured(settings), summary: value && { value, readAtMilliseconds: NOW }, ...more }, NOW);
}

function row(all: readonly SignalRow[], signal: Signal): SignalRow {
  return all.find((each) => each.signal === signal) as SignalRow;
}

function memorySample(secondsAgo: number, gi: number): SignalSample {
  return { atMilliseconds: NOW - secondsAgo * 1000, available: { 'memory.available': gi * GI } };
}

function under(type: string, since?: string): Node {
  return { ...node(), status: { ...node().status, conditions: [{ type, status: 'True', lastTransitionTime: since }] } };
}

describe('signal rows', () => {
  it('show thresholds as written and in the unit of the signal, and both margins of memory', () => {
    const all = rows({ ...DESIGN_SETTINGS, evictionMinimumReclaim: { 'memory.available': '5%' } }, summary([49, 15], [40, 12]));
    const memory = row(all, 'memory.available');

    expect(memory).toMatchObject({
      unit: 'bytes', available: 15 * GI, capacity: 64 * GI, margin: 7 * GI, state: { code: 'clear' }, isDerived: false,
      hard: { setting: '6Gi', amount: 6 * GI, hard: true, graceNanoseconds: 0n, margin: 9 * GI, minReclaim: { setting: '5%', amount: 3_435_973_888 } },
      soft: { setting: '8Gi', amount: 8 * GI, graceNanoseconds: 90_000_000_000n, margin: 7 * GI },
    });
    expect(memory.hard?.target).toBe(6 * GI + 3_435_973_888);
    expect(row(all, 'allocatableMemory.available')).toMatchObject({ isDerived: true, margin: 6 * GI });
    expect(memoryMargins(all)).toEqual({ node: 7 * GI, pods: 6 * GI, smaller: { signal: 'allocatableMemory.available', bytes: 6 * GI } });
  });

  it('count inodes and process ids in their own unit', () => {
    const value: Summary = { node: { nodeName: 'a', fs: { inodes: 1000, inodesFree: 400 }, rlimit: { maxpid: 100, curproc: 30 } }, pods: [] };
    const all = rows({ evictionHard: { 'nodefs.inodesFree': '10%', 'pid.available': '20' } }, value);

    expect(row(all, 'nodefs.inodesFree')).toMatchObject({ unit: 'inodes', available: 400, hard: { setting: '10%', amount: 100 }, margin: 300 });
    expect(row(all, 'pid.available')).toMatchObject({ unit: 'pids', available: 70, margin: 50 });
  });

  it('leave out what a Windows node does not have', () => {
    const windows = { ...node(), status: { ...node().status, nodeInfo: { operatingSystem: 'windows' } } };
    const names = (settings: Record<string, unknown>) => rows(settings, summary([10, 54]), { node: windows }).map(({ signal }) => signal);

    expect(names(RKE2_DEFAULTS)).toEqual(['memory.available', 'nodefs.available', 'imagefs.available', 'containerfs.available', 'allocatableMemory.available']);
    expect(names({ evictionHard: { 'pid.available': '5%' } })).toContain('pid.available');
  });

  it('make a finding of a signal without threshold', () => {
    const all = rows(RKE2_DEFAULTS, summary([10, 54], [5, 59]));

    expect(all.map(({ signal, state: { code }, finding }) => [signal, code, finding])).toEqual([
      ['memory.available', 'off', 'untilOutOfMemory'],
      ['nodefs.available', 'unknown', undefined],
      ['nodefs.inodesFree', 'off', 'untilNoInodes'],
      ['imagefs.available', 'unknown', undefined],
      ['imagefs.inodesFree', 'off', 'untilNoInodes'],
      ['containerfs.available', 'unknown', undefined],
      ['pid.available', 'off', 'untilNoPids'],
      ['allocatableMemory.available', 'off', undefined],
    ]);
    expect(row(rows({}, undefined), 'nodefs.available').finding).toBe('untilDiskFull');
    expect(memoryMargins(all)).toEqual({ node: undefined, pods: undefined, smaller: undefined });
  });

  it('say that the pods\' cgroup is not guarded where the kubelet does not enforce it', () => {
    const all = rows({ ...DESIGN_SETTINGS, enforceNodeAllocatable: [] }, summary([10, 54]));

    expect(row(all, 'allocatableMemory.available')).toMatchObject({ state: { code: 'off' }, finding: 'podsNotGuarded' });
  });

  it('know nothing without configuration, or with one that no kubelet runs with', () => {
    expect(rows(undefined, summary([10, 54]))[0]).toMatchObject({ state: { code: 'unknown' }, available: 54 * GI, hard: undefined, finding: undefined });
    expect(rows(undefined, summary([10, 54]), { node: under('MemoryPressure') })[0]?.state.code).toBe('unknown');
    expect(rows({ evictionHard: { 'memory.available': 'x' } }, summary([10, 54]))[0]?.state.code).toBe('unknown');
    expect(rows({ evictionHard: { 'nodefs.available': '5%', 'memory.available': '1Gi' } }, undefined)).toContainEqual(expect.objectContaining({
      signal: 'nodefs.available', state: { code: 'unknown', params: {} }, hard: expect.objectContaining({ setting: '5%', amount: undefined, margin: undefined, target: undefined }) as unknown,
    }));
  });

  it('list signals of a containers\' filesystem where there is one', () => {
    const value: Summary = { node: { nodeName: 'a', runtime: { containerFs: { availableBytes: 5, capacityBytes: 10 } } }, pods: [] };

    expect(rows({}, value).map(({ signal }) => signal)).toContain('containerfs.available');
    expect(rows({}, value).map(({ signal }) => signal)).not.toContain('containerfs.inodesFree');
  });

  it.each<[string, readonly [number, number], Node, string | undefined]>([
    ['more than the node has', [100, 100], node(), 'moreThanNode'],
    ['less than nothing', [70, -6], node(), 'negative'],
    ['more than there is', [-1, 5], node(), 'moreThanCapacity'],
    ['of nothing', [0, 0], node(), 'noCapacity'],
    ['of a node that does not tell its memory', [100, 100], { metadata: { name: 'a' } }, undefined],
  ])('take no figure that cannot be true: %s', (_name, figures, of, problem) => {
    const [memory] = rows(DESIGN_SETTINGS, summary(figures), { node: of });

    expect(memory?.state).toEqual(problem ? { code: 'badSample', params: { problem } } : { code: 'clear', params: {} });
    expect(memory?.margin === undefined).toBe(problem !== undefined);
  });

  it('tell a passed hard threshold from one that is exactly reached', () => {
    expect(rows(DESIGN_SETTINGS, summary([59, 5]))[0]?.state).toEqual({ code: 'met', params: { metForMilliseconds: 0 } });
    expect(rows(DESIGN_SETTINGS, summary([58, 6]), { samples: [] })[0]?.state.code).toBe('inGrace');
  });

  it('count the time since the samples saw a threshold passed', () => {
    const samples = [memorySample(90, 5), memorySample(60, 7), memorySample(30, 5)];

    expect(rows(DESIGN_SETTINGS, summary([59, 5]), { samples })[0]?.state).toEqual({ code: 'met', params: { metForMilliseconds: 30_000 } });
  });

  it('know a soft threshold in its grace period, and after it', () => {
    const at = (samples: readonly SignalSample[], of = node()) => rows(DESIGN_SETTINGS, summary([57, 7]), { samples, node: of })[0]?.state;

    expect(at([memorySample(60, 7)], under('MemoryPressure', '2026-01-01T00:08:00Z'))).toEqual({ code: 'inGrace', params: { graceNanoseconds: 90_000_000_000n, metForMilliseconds: 60_000, atMostMilliseconds: 120_000 } });
    expect(at([memorySample(90, 7)])).toMatchObject({ code: 'graceOver', params: { metForMilliseconds: 90_000, atMostMilliseconds: undefined } });
  });

  it('know that pods still go until the minimum reclaim is there', () => {
    const settings = { evictionHard: { 'memory.available': '6Gi' }, evictionMinimumReclaim: { 'memory.available': '4Gi' } };
    const at = (available: number, samples: readonly SignalSample[]) => rows(settings, summary([64 - available, available]), { samples })[0]?.state;

    expect(at(8, [memorySample(20, 5)])).toEqual({ code: 'reclaiming', params: { target: 10 * GI } });
    expect(at(8, [memorySample(40, 5), memorySample(20, 10)])?.code).toBe('clear');
    expect(at(8, [memorySample(20, 8)])?.code).toBe('clear');
  });

  it('wait for the transition period where the samples saw a threshold passed', () => {
    const [memory] = rows(DESIGN_SETTINGS, summary([40, 24]), { samples: [memorySample(60, 5)], node: under('MemoryPressure', '2026-01-01T00:08:00Z') });

    expect(memory?.state).toEqual({ code: 'waitingForTransition', params: { condition: 'MemoryPressure', transitionNanoseconds: 300_000_000_000n, leftMilliseconds: 240_000 } });
    expect(memory?.condition).toEqual({ type: 'MemoryPressure', status: 'True', ageMilliseconds: 120_000 });
  });

  it('wait in every signal of a condition when nobody saw which one it was', () => {
    const value: Summary = { node: { nodeName: 'a', fs: { availableBytes: 50, capacityBytes: 100 }, runtime: { imageFs: { availableBytes: 50, capacityBytes: 100 } } }, pods: [] };
    const states = (of: Summary) => rows(RKE2_DEFAULTS, of, { node: under('DiskPressure') }).filter(({ signal }) => ['nodefs.available', 'imagefs.available'].includes(signal)).map(({ state }) => state.code);

    expect(states(value)).toEqual(['waitingForTransition', 'waitingForTransition']);
    expect(states({ ...value, node: { ...value.node, fs: { availableBytes: 1, capacityBytes: 100 } } })).toEqual(['met', 'clear']);
  });

  it('list the nearest of two hard thresholds', () => {
    // A soft threshold without grace is a hard one
    const all = rows({ evictionHard: { 'memory.available': '1Gi' }, evictionSoft: { 'memory.available': '5%' }, evictionSoftGracePeriod: { 'memory.available': '0s' } }, summary([40, 24]));

    expect(all[0]).toMatchObject({ hard: { setting: '5%' }, soft: undefined });
    expect(rows({ evictionHard: { 'memory.available': '1Gi' }, evictionSoft: { 'memory.available': '5%' }, evictionSoftGracePeriod: { 'memory.available': '0s' } }, undefined)[0]?.hard?.setting).toBe('1Gi');
    expect(rows({ evictionHard: { 'memory.available': '3%' }, evictionSoft: { 'memory.available': '5%' }, evictionSoftGracePeriod: { 'memory.available': '0s' } }, undefined)[0]?.hard?.setting).toBe('3%');
  });

  it('are met exactly where the margin is negative, whatever is available', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 64 * 1024 }), fc.integer({ min: 1, max: 64 * 1024 }), (availableMi, thresholdMi) => {
      const [memory] = rows({ evictionHard: { 'memory.available': `${ thresholdMi }Mi` } }, summary([64 - availableMi / 1024, availableMi / 1024]));

      return (memory?.state.code === 'met') === (availableMi < thresholdMi) && memory?.margin === (availableMi - thresholdMi) * 2 ** 20;
    }));
  });

  it('come in the order of the signals', () => {
    const order = rows(RKE2_DEFAULTS, undefined).map(({ signal }) => SIGNALS.indexOf(signal));

    expect(order).toEqual([...order].sort((a, b) => a - b));
  });
});
