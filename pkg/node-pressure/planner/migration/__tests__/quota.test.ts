/** @jest-environment node */
import fc from 'fast-check';
import { COMPENSATION, GI, namespaceWith, quotaWith, RAISED, RATIO, SKIP } from '../../../harvester/migration/__tests__/builders';
import type { ResourceQuota } from '../../../harvester/migration/objects';
import { afterPending, type Candidate, candidateOf, demand } from '../candidate';
import { fitOf } from '../fit';
import { type Quotas, quotasOf, type QuotasQuestion, raiseFor, type Room, roomsOf } from '../room';
import { BASE, CONSOLE_BYTES, HARD, launcherOf, LIMIT, REQUEST, vmi } from './builders';

fc.configureGlobal({ seed: 20270 });

const VM = vmi('vm1');
const RUNNING = { vmi: VM, launcher: launcherOf(VM) };
const ESTIMATE = { ratio: '1.5' };

function quotas(parts: Partial<QuotasQuestion> = {}): Quotas {
  return quotasOf({ namespace: namespaceWith(BASE), resourceQuotas: [quotaWith(HARD)], estimate: { setting: RATIO }, canCompensate: true, ...parts });
}

const memoryUsed = (bytes: bigint, annotations: Record<string, string> = {}): Partial<QuotasQuestion> => ({ resourceQuotas: [quotaWith(HARD, { 'limits.memory': String(bytes) }, annotations)] });
const roomOf = (resource: string, parts: Partial<QuotasQuestion> = {}): Room => roomsOf(quotas(parts)).find((room) => room.resource === resource) as Room;
const fits = (parts: Partial<QuotasQuestion> = {}, vm = RUNNING): ReturnType<typeof fitOf> => fitOf(candidateOf(vm, quotas(parts), ESTIMATE), roomsOf(quotas(parts)), quotas(parts).canCompensate);

describe('roomsOf', () => {
  it('counts what Harvester will make of its quota', () => {
    const quota = quotaWith({ ...HARD, pods: '10', services: '4' }, { 'limits.cpu': '1', pods: '4' }, { [RAISED]: '{"limits.cpu":"2","limits.memory":"1"}', [COMPENSATION]: '{"limits.memory":"5"}' });

    expect(roomsOf(quotas({ resourceQuotas: [quota] }))).toEqual([
      { quota: 'default-abc', resource: 'limits.cpu', base: 8000n, hard: 8000n, used: 1000n, raised: 2000n, compensation: 0n, wanted: 10_000n, left: 9000n, isRaised: true, compensates: false },
      { quota: 'default-abc', resource: 'limits.memory', base: 16n * GI, hard: 16n * GI, used: 0n, raised: 1n, compensation: 5n, wanted: 16n * GI + 6n, left: 16n * GI + 6n, isRaised: true, compensates: false },
      { quota: 'default-abc', resource: 'pods', base: undefined, hard: 10n, used: 4n, raised: 0n, compensation: 0n, wanted: 10n, left: 6n, isRaised: false, compensates: false },
    ]);
  });

  it('knows limits that are yet to be added, and every one of other quotas', () => {
    const other: ResourceQuota = { spec: { hard: { 'requests.devices.kubevirt.io/kvm': '3', pods: '2', 'count/pods': '9' } } };

    expect(roomsOf(quotas({ resourceQuotas: [quotaWith({ 'limits.cpu': '1' }), other] })).map(({ quota, resource, hard, wanted }) => [quota, resource, hard, wanted])).toEqual([
      ['default-abc', 'limits.cpu', 1000n, 8000n], ['default-abc', 'limits.memory', undefined, 16n * GI], ['', 'requests.devices.kubevirt.io/kvm', 3n, 3n], ['', 'pods', 2n, 2n], ['', 'count/pods', 9n, 9n],
    ]);
    expect(roomsOf(quotas({ resourceQuotas: [{}] }))).toEqual([]);
  });

  it.each<[string, Partial<QuotasQuestion>]>([
    ['switched off', { resourceQuotas: [quotaWith(HARD, {}, { [SKIP]: 'true' })] }],
    ['without a base', { namespace: namespaceWith() }],
    ['with a raise that cannot be read', { resourceQuotas: [quotaWith(HARD, {}, { [RAISED]: '{' })] }],
    ['without Rancher’s quota', { resourceQuotas: [{ spec: { hard: HARD } }] }],
  ])('takes limits as they are: %s', (_, parts) => {
    expect(roomsOf(quotas(parts)).every(({ isRaised, base, left }) => !isRaised && base === undefined && left > 0n)).toBe(true);
    expect(raiseFor(quotas(parts), VM)).toEqual({});
  });

  it('takes limits as they are where the quota limits nothing, or only what the base does not', () => {
    expect(roomOf('limits.memory', { resourceQuotas: [quotaWith({ 'limits.memory': '0' })] })).toMatchObject({ isRaised: false, wanted: 0n });
    expect(roomOf('limits.cpu', { namespace: namespaceWith({ limitsMemory: '16Gi' }) })).toMatchObject({ isRaised: false, wanted: 8000n });
    expect(roomsOf(quotas({ namespace: namespaceWith({ limitsCpu: '8' }) })).map(({ isRaised }) => isRaised)).toEqual([true, false]);
  });

  it('expects one compensation, and only where more is used than is allowed', () => {
    expect(roomOf('limits.memory', memoryUsed(16n * GI)).compensates).toBe(false);
    expect(roomOf('limits.memory', memoryUsed(16n * GI + 1n)).compensates).toBe(true);
    expect(roomOf('limits.memory', { ...memoryUsed(16n * GI + 1n), canCompensate: false }).compensates).toBe(false);
    expect(roomOf('limits.memory', memoryUsed(17n * GI, { [COMPENSATION]: '{"limits.memory":"1"}' })).compensates).toBe(false);
    expect(roomOf('limits.cpu', { resourceQuotas: [quotaWith(HARD, { 'limits.cpu': '9' })] }).compensates).toBe(false);
  });
});

describe('candidateOf', () => {
  it('has what its pods take, and what Harvester adds', () => {
    expect(candidateOf(RUNNING, quotas(), ESTIMATE)).toMatchObject({
      need: { 'limits.cpu': 2015n, 'limits.memory': LIMIT + CONSOLE_BYTES, 'requests.memory': REQUEST + 35_000_000n, pods: 1n }, raise: { 'limits.cpu': 2000n, 'limits.memory': LIMIT }, unspecified: [],
    });
  });

  it('is not raised for twice', () => {
    expect(candidateOf(RUNNING, quotas({ resourceQuotas: [quotaWith(HARD, {}, { 'harvesterhci.io/migratingUID-uid-vm1': '{}' })] }), ESTIMATE).raise).toEqual({});
    expect(candidateOf({ vmi: {} }, quotas(), ESTIMATE).raise).toEqual({});
  });

  it('takes of a quota only what its scopes count', () => {
    const scoped = (scopeName: string, operator: string): ResourceQuota => ({ metadata: { name: scopeName + operator }, spec: { hard: { pods: '5', 'limits.cpu': '9' }, scopeSelector: { matchExpressions: [{ scopeName, operator }] } } });
    const plugged = { vmi: { ...VM, status: { ...VM.status, volumeStatus: [{ hotplugVolume: {} }] } }, launcher: launcherOf(VM, { priorityClassName: 'high' }) };
    const candidate = candidateOf(plugged, quotas({ resourceQuotas: [scoped('PriorityClass', 'Exists'), scoped('PriorityClass', 'DoesNotExist'), scoped('Terminating', ''), { spec: { hard: { pods: '5' } } }] }), ESTIMATE);

    expect([...candidate.needs].map(([name, need]) => [name, need['pods'], need['limits.cpu']])).toEqual([['PriorityClassExists', 1n, 2015n], ['PriorityClassDoesNotExist', 1n, 100n], ['Terminating', undefined, undefined], ['', 2n, 2115n]]);
    expect(candidate.need['limits.cpu']).toBe(2115n);
  });

  it('adds up what only one of its pods takes', () => {
    const plugged = { vmi: { ...VM, spec: {}, status: { volumeStatus: [{ hotplugVolume: {} }] } }, launcher: launcherOf(VM, { containers: [{ name: 'compute' }] }) };

    expect(candidateOf(plugged, quotas(), ESTIMATE).need).toMatchObject({ pods: 2n, 'limits.cpu': 100n });
  });

  it('names what a quota demands and the pods do not say', () => {
    const bare = { vmi: VM, launcher: launcherOf(VM, { containers: [{ name: 'compute' }, { name: 'other' }] }) };

    expect(candidateOf(bare, quotas({ namespace: namespaceWith(), resourceQuotas: [quotaWith({ 'limits.cpu': '1', 'requests.cpu': '1', pods: '1' })] }), ESTIMATE).unspecified).toEqual([{ quota: 'default-abc', resource: 'limits.cpu' }, { quota: 'default-abc', resource: 'requests.cpu' }]);
  });

  it('names it also for a limit that Harvester is yet to add', () => {
    const bare = { vmi: VM, launcher: launcherOf(VM, { containers: [{ name: 'other', resources: { limits: { memory: '1Gi' } } }] }) };

    expect(candidateOf(bare, quotas({ resourceQuotas: [quotaWith({ 'limits.memory': '16Gi' })] }), ESTIMATE).unspecified).toEqual([{ quota: 'default-abc', resource: 'limits.cpu' }]);
    expect(candidateOf(bare, quotas({ resourceQuotas: [quotaWith({ 'limits.memory': '16Gi' })], namespace: namespaceWith({ limitsMemory: '16Gi' }) }), ESTIMATE).unspecified).toEqual([]);
  });

  it('demands the rest, nothing of what it does not take, and less than nothing where the raise exceeds it', () => {
    const candidate = candidateOf(RUNNING, quotas(), ESTIMATE);

    expect(demand(candidate, roomOf('limits.memory'))).toBe(CONSOLE_BYTES);
    expect(demand(candidate, roomOf('limits.cpu'))).toBe(15n);
    expect(demand(candidate, { ...roomOf('limits.cpu'), resource: 'hugepages-2Mi' })).toBeUndefined();
    expect(demand(candidate, { ...roomOf('limits.cpu'), quota: 'gone' })).toBeUndefined();
    expect(demand(candidate, { ...roomOf('limits.cpu'), resource: 'pods' })).toBe(1n);
    expect(demand({ ...candidate, raise: { 'limits.cpu': 3000n } }, roomOf('limits.cpu'))).toBe(-985n);
  });

  it('leaves less to others once it is pending', () => {
    const candidate = candidateOf(RUNNING, quotas(), ESTIMATE);
    const [cpu, memory] = afterPending([...roomsOf(quotas()), { ...roomOf('limits.cpu'), resource: 'hugepages-2Mi' }], [candidate, candidate]);

    expect([cpu?.left, memory?.left]).toEqual([8000n - 30n, 16n * GI - 2n * CONSOLE_BYTES]);
  });
});

describe('fitOf', () => {
  it('lets a VM go that fits', () => {
    expect(fits()).toEqual({ obstacles: [], byRaise: false, byCompensation: false });
    expect(fits(memoryUsed(14n * GI))).toEqual({ obstacles: [], byRaise: true, byCompensation: false });
    expect(fits(memoryUsed(16n * GI - CONSOLE_BYTES)).obstacles).toEqual([]);
  });

  it('knows the dead zone, and what lies beyond it', () => {
    expect(fits(memoryUsed(16n * GI - CONSOLE_BYTES + 1n)).obstacles).toEqual([{ kind: 'deadZone', quota: 'default-abc', resource: 'limits.memory', missing: 1n }]);
    expect(fits(memoryUsed(16n * GI)).obstacles).toMatchObject([{ kind: 'deadZone', missing: CONSOLE_BYTES }]);
    expect(fits(memoryUsed(16n * GI + 1n))).toEqual({ obstacles: [], byRaise: true, byCompensation: true });
    expect(fits({ ...memoryUsed(16n * GI + 1n), canCompensate: false }).obstacles).toMatchObject([{ kind: 'quota', missing: CONSOLE_BYTES + 1n }]);
    expect(fits({ ...memoryUsed(16n * GI), canCompensate: false }).obstacles).toMatchObject([{ kind: 'quota' }]);
  });

  it('knows that a second compensation does not help', () => {
    expect(fits(memoryUsed(17n * GI, { [COMPENSATION]: '{"limits.memory":"1"}' })).obstacles).toMatchObject([{ kind: 'secondCompensation' }]);
    expect(fits(memoryUsed(16n * GI, { [COMPENSATION]: '{"limits.memory":"1"}' })).obstacles).toMatchObject([{ kind: 'secondCompensation' }]);
  });

  it('does not expect one compensation to make room for a second pod', () => {
    const plugged = { ...RUNNING, vmi: { ...VM, status: { ...VM.status, volumeStatus: [{ hotplugVolume: {} }] } } };

    expect(fits(memoryUsed(16n * GI + 1n), plugged).obstacles).toMatchObject([{ kind: 'quota', missing: 140_000_001n }]);
  });

  it('does not expect compensation for pods that follow a launcher which was let in', () => {
    const plugged = { ...VM, status: { ...VM.status, volumeStatus: [{ hotplugVolume: {} }] } };
    const over = quotas(memoryUsed(16n * GI + 20_000_000n));
    // KubeVirt multiplies by nothing, Harvester raises by 1.5: 147,499,000 bytes more than the launcher's main container takes
    const fit = fitOf(candidateOf({ vmi: plugged }, over, {}), roomsOf(over), true);
    // Nobody raises anything, and only the attachment's memory is limited
    const unlimited = { ...plugged, spec: { domain: { resources: { limits: { cpu: '1' } }, devices: { logSerialConsole: false } } } };

    expect(fit).toMatchObject({ obstacles: [{ kind: 'quota', missing: 12_501_000n }], byCompensation: false });
    expect(fitOf(candidateOf({ vmi: unlimited }, over, {}), roomsOf(over), true).obstacles).toMatchObject([{ resource: 'limits.memory', missing: 100_000_000n }]);
  });

  it('is not stopped by an exhausted limit of which it takes nothing', () => {
    expect(fits({ resourceQuotas: [{ spec: { hard: { 'hugepages-2Mi': '0' } }, status: { used: { 'hugepages-2Mi': '2Mi' } } }] }).obstacles).toEqual([]);
  });

  it('never lets more quota block a VM that fitted', () => {
    const bytes = fc.bigInt({ min: 0n, max: 40n * GI });

    fc.assert(fc.property(bytes, bytes, bytes, fc.boolean(), fc.boolean(), (base, more, usedBytes, canCompensate, skips) => {
      const fitsWith = (memory: bigint): boolean => fits({
        namespace: namespaceWith({ limitsMemory: String(memory + 1n) }), resourceQuotas: [quotaWith({ 'limits.memory': String(memory + 1n) }, { 'limits.memory': String(usedBytes) }, skips ? { [SKIP]: 'true' } : {})], canCompensate,
      }).obstacles.length === 0;
      // Less room may only help where use exceeds it: that is when Harvester compensates
      const isCompensated = canCompensate && !skips && usedBytes > base + 1n;

      return !fitsWith(base) || isCompensated || fitsWith(base + more);
    }), { numRuns: 200 });
  });

  it('names the same obstacles whatever the order of quotas', () => {
    const named = (name: string, hard: Record<string, string>): ResourceQuota => ({ metadata: { name }, spec: { hard } });
    const list = [named('a', { pods: '0' }), named('b', { 'limits.cpu': '1' }), named('c', { 'requests.memory': '1Gi' })];
    const obstacles = (resourceQuotas: ResourceQuota[]): unknown[] => [...fits({ resourceQuotas }).obstacles].sort((x, y) => x.quota.localeCompare(y.quota));

    expect(obstacles(list)).toHaveLength(3);
    expect(obstacles([...list].reverse())).toEqual(obstacles(list));
  });
});

it('a Candidate’s amounts are those of the quota’s admission', () => {
  const candidate: Candidate = candidateOf(RUNNING, quotas(), ESTIMATE);

  // harvester#7161: use of the namespace while a VM of 4 Gi migrates
  expect(candidate.need['limits.memory']).toBe(4797464313n);
});
