/** @jest-environment node */
import fc from 'fast-check';
import { parseConfigz } from '../../../kubelet/config/configz';
import { DESIGN_SETTINGS, GI, node, RKE2_DEFAULTS, summary } from '../../__tests__/fixtures';
import { advise, MAX_ADVICE, type AdviceInput } from '../advice';
import { evictionOrder, type EvictionEntry } from '../evictionOrder';
import { memoryDemand, systemUse } from '../memoryUse';
import { podResizes, type PodResize } from '../podResizes';
import { bursts, type Bursts } from '../samples';
import { signalRows } from '../signalRows';
import { launcherOf, nodeOf, pod, type PodFacts } from './pods';

fc.configureGlobal({ seed: 20261 });

interface Facts {
  readonly settings?: Record<string, unknown>;
  readonly isRead?: boolean;
  readonly availableGi?: number;
  readonly pods?: Readonly<Record<string, PodFacts>>;
  readonly reservedGi?: number;
  readonly bursts?: Bursts;
  readonly resizes?: readonly PodResize[];
}

const CALM = bursts([], 'memory.available', undefined);

function input({ settings = DESIGN_SETTINGS, isRead = true, availableGi = 30, pods: facts = {}, reservedGi = 10, ...more }: Facts): AdviceInput {
  const { pods, summary: read } = nodeOf(facts, summary([64 - availableGi, availableGi], [60 - availableGi, availableGi]).node);
  const configuration = isRead ? parseConfigz({ kubeletconfig: settings }) : undefined;
  const rows = signalRows({ node: node(), configuration: parseConfigz({ kubeletconfig: settings }), summary: { value: read, readAtMilliseconds: 0 }, samples: [] }, 0);

  return {
    rows, configuration, bursts: CALM, resizes: [],
    order:  evictionOrder({ signal: 'memory.available', pods, summary: read }).value as readonly EvictionEntry[],
    demand: memoryDemand(pods, read, { capacityBytes: 64 * GI, evictableBytes: 56 * GI }),
    system: systemUse(read, reservedGi * GI),
    ...more,
  };
}

function codes(facts: Facts): string[] {
  return advise(input(facts)).map(({ advice }) => advice.code);
}

const DB: PodFacts = { requests: { memory: '2Gi' }, limits: { memory: '4Gi' }, usesGi: 5, pod: launcherOf('db-1') };
const HARD = { enforceNodeAllocatable: ['pods'], evictionHard: { 'memory.available': '1Gi', 'nodefs.available': '5%', 'imagefs.available': '5%' } };

function burst(dropGi: number, code: 'reachesIn10s' | 'reachesIn60s'): Bursts {
  const drop = { amount: dropGi * GI, fromMilliseconds: 0, toMilliseconds: 1, isLowerBound: false };

  return { sampledMilliseconds: 60_000, within10s: drop, within60s: drop, verdict: { code, params: { drop: drop.amount, margin: 1 } } };
}

describe('advice', () => {
  it('is none where nothing is wrong', () => {
    expect(advise(input({ settings: HARD }))).toEqual([]);
  });

  it('asks for a memory threshold, and hands the whole map over', () => {
    const [advice] = advise(input({ settings: RKE2_DEFAULTS }));

    expect(advice).toEqual({
      advice:   { code: 'setMemoryThreshold', params: { thresholdBytes: 1.5 * GI } },
      evidence: { code: 'untilOutOfMemory', params: { availableBytes: 30 * GI } },
      target:   { kind: 'settings', change: { evictionHard: { 'imagefs.available': '5%', 'nodefs.available': '5%', 'memory.available': '1536Mi' } } },
    });
  });

  it('proposes no value that would evict at once, and none where the other thresholds are not known', () => {
    expect(advise(input({ settings: RKE2_DEFAULTS, availableGi: 1 }))[0]).toMatchObject({ advice: { code: 'setMemoryThreshold', params: { thresholdBytes: undefined } }, target: { kind: 'settings' } });
    expect(advise(input({ settings: RKE2_DEFAULTS, isRead: false }))[0]?.target).toEqual({ kind: 'settings' });
    expect(advise({ ...input({ settings: RKE2_DEFAULTS }), rows: [{ signal: 'memory.available', unit: 'bytes', finding: 'untilOutOfMemory', state: { code: 'off', params: {} }, isDerived: false }] })[0]?.advice.params).toEqual({ thresholdBytes: undefined });
  });

  it('says what to do while pods are being stopped', () => {
    expect(advise(input({ availableGi: 3, pods: { db: DB } }))[0]).toEqual({
      advice:   { code: 'moveVmsNow', params: { vm: 'db-1' } },
      evidence: { code: 'met', params: { signal: 'memory.available', marginBytes: -5 * GI } },
      target:   { kind: 'vm', namespace: 'prod', name: 'db-1' },
      obstacle: { kind: 'quotas' },
    });
    expect(advise(input({ availableGi: 3 }))[0]).toMatchObject({ advice: { params: { vm: undefined } }, target: { kind: 'node' } });
  });

  it('raises a threshold that a burst would jump over', () => {
    expect(advise(input({ settings: HARD, bursts: burst(3, 'reachesIn10s') }))[0]).toEqual({
      advice:   { code: 'raiseThresholdForBursts', params: { thresholdBytes: 6 * GI } },
      evidence: { code: 'reachesIn10s', params: { dropBytes: 3 * GI, marginBytes: 25 * GI + 4 * GI } },
      target:   { kind: 'settings', change: { evictionHard: { ...HARD.evictionHard, 'memory.available': '6Gi' } } },
    });
    expect(advise(input({ settings: { ...HARD, evictionHard: { ...HARD.evictionHard, 'memory.available': '9Gi' } }, bursts: burst(1, 'reachesIn60s') }))[0]).toMatchObject({ advice: { params: { thresholdBytes: undefined } }, target: { kind: 'settings' } });
    expect(advise(input({ settings: HARD, bursts: burst(30, 'reachesIn60s') }))[0]?.advice.params['thresholdBytes']).toBeUndefined();
    expect(codes({ settings: RKE2_DEFAULTS, bursts: burst(3, 'reachesIn10s') })).toEqual(['setMemoryThreshold']);
  });

  it('compares a proposal with a threshold whose amount is not known', () => {
    const { rows, ...others } = input({ settings: HARD, bursts: burst(3, 'reachesIn10s') });

    expect(advise({ ...others, rows: rows.map((row) => ({ ...row, hard: row.hard && { ...row.hard, amount: undefined } })) })[0]?.advice.params['thresholdBytes']).toBe(6 * GI);
  });

  it('reserves what the system uses, less what is reserved for Kubernetes', () => {
    expect(advise(input({ settings: HARD, reservedGi: 2 }))[0]).toEqual({
      advice:   { code: 'reserveForSystem', params: { reservedBytes: 4.5 * GI } },
      evidence: { code: 'tooSmall', params: { usedBytes: 4 * GI, reservedBytes: 2 * GI, shortBytes: 2 * GI } },
      target:   { kind: 'settings', change: { systemReserved: { memory: '4608Mi' } } },
    });
    expect(advise(input({ settings: { ...HARD, kubeReserved: { memory: '1Gi' } }, reservedGi: 0 }))[0]).toMatchObject({ advice: { code: 'reserveForSystem', params: { reservedBytes: 3.5 * GI } }, evidence: { code: 'none' } });
    expect(advise(input({ settings: { ...HARD, kubeReserved: { memory: 'x' } }, reservedGi: 0 }))[0]?.advice.params['reservedBytes']).toBe(4.5 * GI);
    expect(advise(input({ settings: HARD, isRead: false, reservedGi: 0 }))[0]?.advice.params['reservedBytes']).toBe(4.5 * GI);
  });

  it('gives pods time to stop under a soft threshold', () => {
    expect(advise(input({}))[0]).toEqual({
      advice:   { code: 'setSoftGrace', params: { seconds: 120 } },
      evidence: { code: 'softWithoutGrace', params: { signal: 'memory.available', threshold: '8Gi' } },
      target:   { kind: 'settings', change: { evictionMaxPodGracePeriod: 120 } },
    });
    expect(codes({ settings: { ...DESIGN_SETTINGS, evictionMaxPodGracePeriod: 60 } })).toEqual([]);
    expect(codes({ isRead: false })).toEqual([]);
  });

  it('names a VM that goes first because it uses more than it requests', () => {
    expect(advise(input({ settings: HARD, pods: { db: DB } }))[0]).toMatchObject({ advice: { code: 'requestMoreForVm', params: { vm: 'db-1' } }, evidence: { code: 'exceedsRequest' }, target: { kind: 'vm', name: 'db-1' } });
    expect(codes({ settings: HARD, pods: { db: { ...DB, usesGi: 1 } } })).toEqual([]);
    expect(codes({ settings: HARD, pods: { db: DB, web: { usesGi: 9 } } })).toEqual([]);
  });

  it('moves VMs before they fill the node', () => {
    expect(advise(input({ settings: HARD, pods: { db: { ...DB, usesGi: 1, limits: { memory: '50Gi' } } } }))[0]).toMatchObject({ advice: { code: 'moveVmsBeforeFull', params: { vms: 1 } }, evidence: { code: 'outOfMemory' }, target: { kind: 'node' }, obstacle: { kind: 'quotas' } });
    expect(codes({ settings: HARD, pods: { db: { ...DB, usesGi: 1, limits: { memory: '30Gi' } } } })).toEqual(['moveVmsBeforeFull']);
  });

  it('guards the pods\' cgroup and the disks', () => {
    expect(advise(input({ settings: { ...HARD, enforceNodeAllocatable: [], evictionHard: { 'memory.available': '1Gi' } } }))).toMatchObject([
      { advice: { code: 'guardPods', params: { signal: 'allocatableMemory.available' } }, target: { kind: 'settings' } },
      { advice: { code: 'setDiskThreshold', params: { signal: 'nodefs.available' } }, evidence: { code: 'untilDiskFull' } },
    ]);
  });

  it('leads to a resize that will not happen by itself', () => {
    const stuck = (facts: PodFacts, reason: string) => podResizes([pod('web', { ...facts, status: { conditions: [{ type: 'PodResizePending', status: 'True', reason, message: 'In-place resize of containers with swap is not supported.' }] } })]);

    expect(advise(input({ settings: HARD, resizes: stuck({}, 'Infeasible') }))[0]).toEqual({ advice: { code: 'clearResize', params: { pod: 'web' } }, evidence: { code: 'infeasible', params: { obstacle: 'swap' } }, target: { kind: 'pod', namespace: 'prod', name: 'web' } });
    expect(advise(input({ settings: HARD, resizes: stuck({ pod: launcherOf('db-1') }, 'Infeasible') }))[0]?.target).toEqual({ kind: 'vm', namespace: 'prod', name: 'db-1' });
    expect(codes({ settings: HARD, resizes: stuck({}, 'Deferred') })).toEqual([]);
    expect(codes({ settings: HARD, resizes: podResizes([pod('web', { status: { conditions: [{ type: 'PodResizeInProgress', status: 'True', reason: 'Error' }] } })]) })).toEqual(['clearResize']);
  });

  it('is never more than a few, and never a threshold that evicts at once', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 40 }), fc.boolean(), (availableGi, dropGi, hasThreshold) => {
      const advice = advise(input({ settings: hasThreshold ? HARD : {}, availableGi, reservedGi: 0, pods: { db: DB }, bursts: burst(dropGi, 'reachesIn10s') }));
      const proposed = advice.flatMap(({ advice: { params } }) => params['thresholdBytes'] ?? []);

      return advice.length <= MAX_ADVICE && proposed.every((bytes) => Number(bytes) < availableGi * GI && Number(bytes) >= 2 * dropGi * GI);
    }));
  });
});
