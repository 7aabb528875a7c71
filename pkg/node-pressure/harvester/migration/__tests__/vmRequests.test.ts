/** @jest-environment node */
import type { DomainSpec, Setting, VirtualMachine } from '../objects';
import { overcommitOf } from '../overcommit';
import { vmRequests, type VmRequestsQuestion } from '../vmRequests';
import { RATIO, vmWith } from './builders';

const OVERCOMMIT: Setting = { value: '', default: '{"cpu":1000,"memory":150,"storage":100}' };
const RESERVED = 'harvesterhci.io/reservedMemory';
const HOTPLUG = 'harvesterhci.io/enableCPUAndMemoryHotplug';

function written(vm: VirtualMachine, settings: Partial<VmRequestsQuestion> = {}): Record<string, unknown> {
  const requests = vmRequests({ overcommitSetting: OVERCOMMIT, ratioSetting: RATIO, vm, ...settings });

  return Object.fromEntries(Object.entries(requests).map(([key, value]) => [key, typeof value === 'object' ? value.toString() : value]));
}

const LIMITS = { cpu: '2', memory: '4Gi' };

describe('vmRequests', () => {
  it('divides limits by the overcommit, memory in whole Mi', () => {
    expect(written(vmWith(LIMITS))).toEqual({ cpu: '200m', memory: '2730Mi', guestMemory: '4Gi' });
    expect(written(vmWith({ cpu: '9m' }))).toEqual({ cpu: '0' });
    expect(written(vmWith({ memory: '1500M' }))).toEqual({ memory: '999292928', guestMemory: '1500M' });
    expect(written(vmWith({}))).toEqual({});
    expect(written(vmWith(undefined))).toEqual({});
  });

  it('wraps around as Go does', () => {
    expect(written(vmWith({ memory: '100P' }))).toMatchObject({ memory: '-56311627157340160' });
  });

  it.each<[Setting | null | undefined, string]>([[RATIO, '4Gi'], [{ value: '0' }, '3996Mi'], [{ value: '0.5' }, '3996Mi'], [{}, '3996Mi'], [null, '3996Mi'], [undefined, '3996Mi']])(
    'reserves 100 Mi of the guest’s memory unless a ratio widens the pod: %j', (ratioSetting, guestMemory) => {
      expect(written(vmWith(LIMITS), { ratioSetting })).toMatchObject({ guestMemory });
    });

  it('reserves what the VM says, with or without a ratio', () => {
    const vm = vmWith(LIMITS, {}, { [RESERVED]: '1Gi' });

    expect(written(vm)).toMatchObject({ guestMemory: '3Gi' });
    expect(written(vm, { ratioSetting: null })).toMatchObject({ guestMemory: '3Gi' });
  });

  it('gives dedicated CPUs what is limited, and passed-through devices all of the guest’s memory', () => {
    const reserved = { [RESERVED]: '1Gi' };
    const dedicated: DomainSpec = { cpu: { dedicatedCpuPlacement: true } };

    expect(written(vmWith(LIMITS, dedicated))).toEqual({ cpu: '2', memory: '4Gi', guestMemory: '4Gi' });
    expect(written(vmWith(LIMITS, { ...dedicated, devices: { gpus: [{}] } }, reserved))).toEqual({ cpu: '2', memory: '4Gi', guestMemory: '3Gi' });
    expect(written(vmWith(LIMITS, { devices: { hostDevices: [{}] } }, reserved))).toEqual({ cpu: '200m', memory: '3Gi', guestMemory: '3Gi' });
    expect(written(vmWith(LIMITS, { devices: { gpus: [{}] } }, reserved))).toEqual({ cpu: '200m', memory: '3Gi', guestMemory: '3Gi' });
    expect(written(vmWith(LIMITS, { devices: { gpus: [], hostDevices: [] } }))).toMatchObject({ memory: '2730Mi' });
  });

  it('takes the reservation from a limit with a fraction, too, as Harvester does by mistake', () => {
    const dedicated: DomainSpec = { cpu: { dedicatedCpuPlacement: true }, memory: { guest: '1Gi' } };
    const request = (memory: string, annotations: Record<string, string> = {}): unknown => written(vmWith({ memory }, dedicated, annotations), { ratioSetting: null })['memory'];

    expect(request('1536Mi')).toBe('1536Mi');
    expect(request('1.5Gi')).toBe('1436Mi');
    expect(request('1.5Gi', { [HOTPLUG]: 'true' })).toBe('1536Mi');
    expect(written(vmWith({ memory: '1.5Gi' }, dedicated))).toMatchObject({ memory: '1536Mi' });
  });

  it('leaves the memory of a guest that can grow, and counts with it', () => {
    const growing = (domain: DomainSpec): Record<string, unknown> => written(vmWith(LIMITS, domain, { [HOTPLUG]: 'TRUE' }));

    expect(growing({ memory: { guest: '1Gi' } })).toEqual({ cpu: '200m', memory: '2730Mi' });
    expect(growing({ memory: { guest: '1Gi' }, devices: { gpus: [{}] } })).toEqual({ cpu: '200m', memory: '1Gi' });
    expect(growing({ memory: {} })).toEqual({ cpu: '200m', memory: '2730Mi' });
    expect(growing({})).toEqual({ cpu: '200m', memory: '2730Mi', guestMemory: '4Gi' });
    expect(written(vmWith(LIMITS, { memory: { guest: '1Gi' } }, { [HOTPLUG]: 'no' }))).toMatchObject({ guestMemory: '4Gi' });
  });

  it.each([
    ['x', '4Gi', 'annotation x can\'t be converted to memory unit'],
    ['4Gi', '4Gi', 'reservedMemory can\'t be equal or greater than limits.memory  4294967296 4294967296'],
    ['4091Mi', '4100Mi', 'guest memory is under the minimum requirement (10 Mi), original: 4299161600, final: 9437184'],
  ])('refuses a VM that reserves %s of %s', (reserved, memory, error) => {
    expect(written(vmWith({ cpu: '1', memory }, {}, { [RESERVED]: reserved }))).toEqual({ error });
  });

  it.each<[Setting | null | undefined]>([[null], [undefined], [{}], [{ value: '', default: '' }]])('leaves VMs alone without an overcommit: %j', (overcommitSetting) => {
    expect(written(vmWith(LIMITS), { overcommitSetting })).toEqual({});
  });

  it('takes limits for requests where Harvester divides by zero', () => {
    const value = '{"storage":100}';

    expect(written(vmWith(LIMITS), { overcommitSetting: { value } })).toEqual({ cpu: '2', memory: '4Gi', guestMemory: '4Gi', wouldPanic: true });
    expect(written(vmWith({ cpu: '1' }), { overcommitSetting: { value: '{"memory":150}' } })).toEqual({ cpu: '1', wouldPanic: true });
    expect(written(vmWith({ cpu: '1' }), { overcommitSetting: { value: '{"cpu":100}' } })).toEqual({ cpu: '1' });
    expect(written(vmWith(LIMITS, { cpu: { dedicatedCpuPlacement: true } }), { overcommitSetting: { value: '{"memory":150}' } })).toEqual({ cpu: '2', memory: '4Gi', guestMemory: '4Gi' });
    expect(written(vmWith({ memory: '1Mi' }), { overcommitSetting: { value } })).toMatchObject({ wouldPanic: true, error: expect.stringContaining('minimum') });
    expect(written({})).toEqual({ wouldPanic: true });
    expect(written({ spec: { template: {} } })).toEqual({});
  });
});

describe('overcommitOf', () => {
  it.each<[string, bigint, bigint]>([
    ['{"cpu":1600,"memory":150}', 1600n, 150n],
    ['{"CPU":1,"Memory":9007199254740993}', 1n, 9007199254740993n],
    ['{"cpu":null,"other":"x","memory":-5}', 0n, -5n],
    ['null', 0n, 0n],
    ['{}', 0n, 0n],
  ])('reads %s', (value, cpu, memory) => {
    expect(overcommitOf({ value })).toMatchObject({ cpu, memory });
  });

  it.each(['{', '[]', '1', '{"cpu":"1000"}', '{"cpu":1.5}', '{"memory":1e3}', '{"\u017Ftorage":true}', '{"cpu":9223372036854775808}'])('refuses %s, and with it every VM', (value) => {
    expect(written(vmWith(LIMITS), { overcommitSetting: { value } })).toEqual({ error: expect.any(String) });
  });
});
