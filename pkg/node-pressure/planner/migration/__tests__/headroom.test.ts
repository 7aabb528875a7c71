/** @jest-environment node */
import fc from 'fast-check';
import { COMPENSATION, namespaceWith, pending, quotaWith, RAISED, RATIO, REJECTED, RESYNC, SKIP, vmiWith } from '../../../harvester/migration/__tests__/builders';
import { countAtOnce } from '../count';
import { type Candidate, fitOf } from '../fit';
import { type HeadroomState, namespaceHeadroom } from '../headroom';
import { amountOf, type Amounts, CONSOLE_LOG_BYTES, migrationNeed, type RunningVm, sumOf } from '../need';
import { type QuotaSnapshot, raiseFor, type Room, roomOf } from '../room';

fc.configureGlobal({ seed: 20269 });

const NONE = sumOf([]);
/** 4 Gi and 2 vCPUs at ratio 1.5, without the console log. */
const NEED = 4737464313n;
const GI = 1n << 30n;
const VMI = vmiWith({ cpu: '2', memory: '4Gi' }, { cpu: '200m', memory: '2730Mi' });
const VM: RunningVm = {
  vmi:      VMI,
  launcher: { metadata: { name: 'virt-launcher-vm1' }, spec: { containers: [
    { name: 'compute', resources: { limits: { cpu: '2', memory: String(NEED) }, requests: { cpu: '200m', memory: '3305077753' } } },
    { name: 'guest-console-log', resources: { limits: { cpu: '15m', memory: '60M' }, requests: { cpu: '5m', memory: '35M' } } },
  ] } },
};
const BASE = { limitsCpu: '8', limitsMemory: '16Gi' };
const HARD = { 'limits.cpu': '8', 'limits.memory': '16Gi' };

function snapshot(parts: Partial<QuotaSnapshot> = {}): QuotaSnapshot {
  return { namespace: namespaceWith(BASE), resourceQuotas: [quotaWith(HARD)], setting: RATIO, pending: NONE, canCompensate: true, ...parts };
}

const states = (parts: Partial<QuotaSnapshot>, ...migrations: Parameters<typeof namespaceHeadroom>[2][number][]): readonly HeadroomState[] => namespaceHeadroom(snapshot(parts), [VM], migrations).states;

describe('migrationNeed', () => {
  it('is what the launcher pod asks for', () => {
    expect(migrationNeed(VM, { setting: RATIO })).toEqual({ 'limits.cpu': 2015n, 'limits.memory': NEED + CONSOLE_LOG_BYTES, 'requests.cpu': 205n, 'requests.memory': 3340077753n, pods: 1n });
  });

  it('has a second pod for hot-plugged volumes', () => {
    expect(migrationNeed({ ...VM, hasHotplugVolumes: true }, { setting: RATIO })).toMatchObject({ 'limits.cpu': 2115n, 'limits.memory': NEED + 140_000_000n, pods: 2n });
  });

  it('follows the ratio when it has grown since the VM started, and the pod when it has shrunk', () => {
    expect(migrationNeed(VM, { setting: { value: '2' } })['limits.memory']).toBe(NEED + 147_500_000n + CONSOLE_LOG_BYTES);
    expect(migrationNeed(VM, { setting: { value: '1' } })['limits.memory']).toBe(NEED + CONSOLE_LOG_BYTES);
  });

  it.each([[{}], [{ spec: {} }], [{ spec: { domain: {} } }], [{ spec: { domain: { resources: {} } } }], [vmiWith({ cpu: '1' })]])('is the pod’s alone where the VM limits no memory: %j', (vmi) => {
    const empty = { metadata: { name: 'p' }, spec: { containers: [] } };

    expect(migrationNeed({ vmi, launcher: empty }, {})).toEqual({ ...NONE, pods: 1n });
    expect(amountOf('pods', undefined)).toBe(0n);
  });
});

describe('roomOf', () => {
  it('counts what Harvester will make of the quota, use, and what is about to be used', () => {
    const quota = quotaWith({ ...HARD, pods: '10', 'requests.memory': '8Gi' }, { 'limits.cpu': '1', pods: '4' }, { [RAISED]: '{"limits.cpu":"2"}' });

    expect(roomOf(snapshot({ resourceQuotas: [quota], pending: { ...NONE, 'limits.cpu': 15n, pods: 1n } }))).toEqual([
      { quota: 'default-abc', resource: 'limits.cpu', left: 8985n, raised: true, compensates: false },
      { quota: 'default-abc', resource: 'limits.memory', left: 16n * GI, raised: true, compensates: false },
      { quota: 'default-abc', resource: 'requests.memory', left: 8n * GI, raised: false, compensates: false },
      { quota: 'default-abc', resource: 'pods', left: 5n, raised: false, compensates: false },
    ]);
  });

  it('knows other quotas, and the other names of limits', () => {
    const other = { spec: { hard: { cpu: '4', 'count/pods': '3' } }, status: { used: { cpu: '500m' } } };

    expect(roomOf(snapshot({ resourceQuotas: [other] }))).toEqual([
      { quota: '', resource: 'requests.cpu', left: 3500n, raised: false, compensates: false }, { quota: '', resource: 'pods', left: 3n, raised: false, compensates: false },
    ]);
    expect(roomOf(snapshot({ resourceQuotas: [{}] }))).toEqual([]);
  });

  it.each<[string, Partial<QuotaSnapshot>]>([
    ['switched off', { resourceQuotas: [quotaWith(HARD, {}, { [SKIP]: 'true' })] }],
    ['without a base', { namespace: namespaceWith() }],
    ['with a raise that cannot be read', { resourceQuotas: [quotaWith(HARD, {}, { [RAISED]: '{' })] }],
  ])('takes the limits as they are: %s', (_, parts) => {
    expect(roomOf(snapshot(parts)).map(({ raised }) => raised)).toEqual([false, false]);
    expect(raiseFor(snapshot(parts), VMI)).toEqual({});
  });

  it('is raised by what base and quota limit', () => {
    expect(raiseFor(snapshot(), VMI)).toEqual({ 'limits.cpu': 2000n, 'limits.memory': NEED });
    expect(raiseFor(snapshot({ namespace: namespaceWith({ limitsMemory: '1Gi' }) }), VMI)).toEqual({ 'limits.memory': NEED });
    expect(raiseFor(snapshot({ namespace: namespaceWith({ limitsCpu: '1' }) }), VMI)).toEqual({ 'limits.cpu': 2000n });
    expect(raiseFor(snapshot(), vmiWith({}))).toEqual({});
    expect(raiseFor(snapshot({ resourceQuotas: [quotaWith({ 'limits.cpu': '0' })] }), VMI)).toEqual({});
  });
});

describe('namespaceHeadroom', () => {
  const used = (memory: bigint, annotations: Record<string, string> = {}): Partial<QuotaSnapshot> => ({ resourceQuotas: [quotaWith(HARD, { 'limits.memory': String(memory) }, annotations)] });

  it.each<[readonly HeadroomState[], Partial<QuotaSnapshot>]>([
    [['noQuota'], { resourceQuotas: [] }],
    [['fits'], {}],
    [['fitsByAutoScaling'], used(14n * GI)],
    [['blocked'], used(16n * GI)],
    [['overQuota', 'fitsByAutoScaling'], used(16n * GI + 1n)],
    [['overQuota', 'blocked'], { ...used(16n * GI + 1n), canCompensate: false }],
    [['drift', 'overQuota', 'blocked'], used(16n * GI + 2n, { [COMPENSATION]: '{"limits.memory":"1"}' })],
    [['overQuota', 'blocked'], used(16n * GI + 2n, { [COMPENSATION]: '{"limits.memory":"1"}', [RESYNC]: 'true' })],
    [['drift', 'inFlight', 'fits'], used(0n, { [RAISED]: '{"limits.cpu":"2"}' })],
    [['malformed', 'inFlight', 'fits'], used(0n, { [RAISED]: '{' })],
    [['blocked', 'autoScalingOff'], used(14n * GI, { [SKIP]: 'true' })],
    [['drift', 'fits'], { namespace: namespaceWith({ limitsCpu: '9' }) }],
    [['drift', 'fits'], { resourceQuotas: [quotaWith({ 'limits.cpu': '8' })] }],
  ])('is %j', (expected, parts) => {
    expect(states(parts)).toEqual(expected);
  });

  it('is stuck while the quota turns a migration away', () => {
    expect(states({}, pending())).toEqual(['fits']);
    expect(states({}, pending(), pending(REJECTED))).toEqual(['stuck', 'fits']);
  });

  it('says what cannot be read', () => {
    expect(namespaceHeadroom(snapshot({ namespace: namespaceWith('{') }), [], [])).toMatchObject({ states: ['malformed', 'fits'], error: 'field.cattle.io/resourceQuota: it is no JSON' });
  });

  it('counts VMs one by one and at once', () => {
    const vms = [VM, VM, VM];

    expect(namespaceHeadroom(snapshot(used(16n * GI - CONSOLE_LOG_BYTES * 2n)), vms, [])).toMatchObject({ oneByOne: 3, atOnce: { count: 2, exact: true } });
    expect(namespaceHeadroom(snapshot(used(16n * GI - CONSOLE_LOG_BYTES + 1n)), vms, [])).toMatchObject({
      oneByOne: 0, vms: [{ obstacles: [{ resource: 'limits.memory', missing: 1n, deadZone: true }] }, {}, {}],
    });
  });

  it('does not expect one compensation to make room for a second pod', () => {
    const vm = { ...VM, hasHotplugVolumes: true };

    expect(namespaceHeadroom(snapshot(used(16n * GI + 1n)), [vm], []).vms[0]).toMatchObject({ byCompensation: false, obstacles: [{ missing: 140_000_001n, deadZone: false }] });
    expect(namespaceHeadroom(snapshot(used(16n * GI + 1n)), [VM], []).vms[0]).toMatchObject({ byCompensation: true, obstacles: [] });
  });
});

describe('counting and fitting', () => {
  const amount = fc.bigInt({ min: 0n, max: 40n });
  const candidate: fc.Arbitrary<Candidate> = fc.record({ cpu: amount, memory: amount, raise: amount }).map(({ cpu, memory, raise }) => ({ need: { ...NONE, 'limits.cpu': cpu, 'limits.memory': memory } as Amounts, raise: { 'limits.memory': raise } }));
  const rooms: fc.Arbitrary<Room[]> = fc.tuple(fc.bigInt({ min: -5n, max: 99n }), fc.bigInt({ min: -5n, max: 99n }), fc.boolean()).map(([cpu, memory, raised]) => [
    { quota: 'a', resource: 'limits.cpu', left: cpu, raised: false, compensates: false }, { quota: 'a', resource: 'limits.memory', left: memory, raised, compensates: false },
  ]);

  /** The largest number by trying every choice. */
  function exhaustive(candidates: readonly Candidate[], room: readonly Room[]): number {
    const cost = ({ need, raise }: Candidate, { resource, raised }: Room): bigint => need[resource] - (raised ? raise[resource] ?? 0n : 0n);
    const choices = Array.from({ length: 2 ** candidates.length }, (_, mask) => candidates.filter((__, index) => mask & (1 << index)));

    return Math.max(0, ...choices.filter((choice) => choice.length > 0 && room.every((one) => choice.reduce((sum, item) => {
      const value = cost(item, one);

      return sum + (value > 0n ? value : 0n);
    }, 0n) <= one.left)).map(({ length }) => length));
  }

  it('gives the exact number, whatever the order', () => {
    fc.assert(fc.property(fc.array(candidate, { maxLength: 7 }), rooms, (candidates, room) => {
      const { count, exact } = countAtOnce(candidates, room);

      return exact && count === exhaustive(candidates, room) && countAtOnce([...candidates].reverse(), room).count === count;
    }), { numRuns: 300 });
  });

  it('gives no more than is possible of many, the same in any order', () => {
    fc.assert(fc.property(fc.array(candidate, { minLength: 17, maxLength: 60 }), rooms, (candidates, room) => {
      const { count } = countAtOnce(candidates, room);
      const smallest = candidates.map((one) => one.need['limits.cpu']).sort((a, b) => Number(a - b)).slice(0, count).reduce((sum, one) => sum + one, 0n);

      return (count === 0 || smallest <= (room[0]?.left ?? 0n)) && countAtOnce([...candidates].reverse(), room).count === count;
    }), { numRuns: 300 });
  });

  it('knows that many fit when all do', () => {
    const small: Candidate = { need: { ...NONE, pods: 1n }, raise: {} };
    const room: Room = { quota: 'a', resource: 'pods', left: 20n, raised: false, compensates: false };

    expect(countAtOnce(Array.from({ length: 20 }, () => small), [room])).toEqual({ count: 20, exact: true });
    expect(countAtOnce(Array.from({ length: 21 }, () => small), [room])).toEqual({ count: 20, exact: false });
    expect(countAtOnce([small], [{ ...room, raised: true }])).toEqual({ count: 1, exact: true });
  });

  it('never lets more quota block a VM that fitted without a compensation', () => {
    fc.assert(fc.property(candidate, rooms, fc.bigInt({ min: 0n, max: 50n }), (one, room, more) => {
      const before = fitOf(one, room);
      const after = fitOf(one, room.map((item) => ({ ...item, left: item.left + more })));

      return before.obstacles.length > 0 || after.obstacles.length === 0;
    }));
  });
});
