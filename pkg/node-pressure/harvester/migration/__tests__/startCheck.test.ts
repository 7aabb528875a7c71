/** @jest-environment node */
import type { LabelledPod, VirtualMachine } from '../objects';
import { startCheck, type StartCheck, type StartQuestion } from '../startCheck';
import { namespaceWith, quotaWith, RAISED, RATIO, vmWith } from './builders';

/** 4 Gi and 2 vCPUs without page tables and features: 434109976 bytes where the raise counts 442497017. */
const NEED = 4294967296n + 434109976n;

function check(parts: Partial<StartQuestion> & { readonly base?: Record<string, unknown> | string; readonly used?: Record<string, string>; readonly annotations?: Record<string, string> }): StartCheck {
  const { base = { limitsCpu: '4', limitsMemory: '8Gi' }, used = {}, annotations = {}, ...rest } = parts;

  return startCheck({
    namespace:      namespaceWith(base),
    resourceQuotas: [quotaWith({ 'limits.cpu': '4', 'limits.memory': '8Gi' }, used, annotations)],
    pods:           [],
    setting:        RATIO,
    vm:             vmWith({ cpu: '2', memory: '4Gi' }),
    ...rest,
  });
}

const withSpec = (spec: VirtualMachine['spec']): VirtualMachine => ({ ...vmWith({ cpu: '99' }), spec: { template: { spec: { domain: { resources: { limits: { cpu: '99' } } } } }, ...spec } });

describe('startCheck', () => {
  it('takes the overhead of a VM that is nothing but its limits', () => {
    const roomFor = (bytes: bigint): Record<string, string> => ({ limitsMemory: String(bytes) });
    const vm = vmWith({ cpu: '2', memory: '4Gi' }, { cpu: { cores: 8 }, devices: { gpus: [{}] } });

    expect(check({ base: roomFor(NEED), vm })).toEqual({});
    expect(check({ base: roomFor(NEED - 1n), vm })).toEqual({ insufficient: 'memory' });
  });

  it('looks at CPU first', () => {
    expect(check({ used: { 'limits.cpu': '3', 'limits.memory': '8Gi' } })).toEqual({ insufficient: 'cpu' });
    expect(check({ used: { 'limits.cpu': '2', 'limits.memory': '8Gi' } })).toEqual({ insufficient: 'memory' });
    expect(check({ base: { limitsMemory: '1' }, used: { 'limits.cpu': '99' } })).toEqual({ insufficient: 'memory' });
    expect(check({ base: { requestsStorage: '1' }, used: { 'limits.cpu': '99' } })).toEqual({});
  });

  it('gives back what migrations add, but not their console logs’ CPU', () => {
    const annotations = { [RAISED]: '{"limits.cpu":"2"}' };

    expect(check({ base: { limitsCpu: '4' }, used: { 'limits.cpu': '4' }, annotations })).toEqual({});
    expect(check({ base: { limitsCpu: '4' }, used: { 'limits.cpu': '4030m' }, annotations })).toEqual({ insufficient: 'cpu' });
  });

  const pod = (vmName: string, namespace: string): LabelledPod => ({ metadata: { namespace, labels: { 'harvesterhci.io/vmName': vmName } } });
  const full = { used: { 'limits.cpu': '4' } };

  it.each<[string, Partial<Parameters<typeof check>[0]>]>([
    ['without a status', { vm: { ...vmWith({ cpu: '2' }), status: {} } }],
    ['that is halted', { vm: withSpec({ runStrategy: 'Halted' }) }],
    ['that says nothing of running', { vm: withSpec({}) }],
    ['that is not running', { vm: withSpec({ running: false }) }],
    ['with a pod', { pods: [pod('other', 'ns'), pod('vm1', 'ns')] }],
    ['without an annotation', { namespace: namespaceWith() }],
    ['without limits in the annotation', { base: { pods: '0' } }],
    ['without a quota', { resourceQuotas: [] }],
  ])('does not look at a VM %s', (_, parts) => {
    expect(check({ ...full, ...parts })).toEqual({});
  });

  it('looks at a VM with pods of others only, however it is told to run', () => {
    expect(check({ ...full, pods: [{}, pod('vm1', 'other'), pod('other', 'ns')] })).toEqual({ insufficient: 'cpu' });
    expect(check({ ...full, vm: withSpec({ running: true }) })).toEqual({ insufficient: 'cpu' });
    expect(check({ ...full, vm: withSpec({ runStrategy: 'Always' }) })).toEqual({ insufficient: 'cpu' });
  });

  it.each<[string, Partial<Parameters<typeof check>[0]>, string]>([
    ['two run strategies', { vm: withSpec({ running: true, runStrategy: 'Always' }) }, 'running and runstrategy are mutually exclusive'],
    ['a malformed annotation', { base: '' }, 'field.cattle.io/resourceQuota: it is no JSON'],
    ['an extended limit', { base: { limitsCpu: '1', extended: { a: '1' } } }, 'extended is no text'],
    ['a limit that is none', { base: { limitsCpu: '1', pods: 'x' } }, 'quantities must match the regular expression'],
    ['a malformed raise', { annotations: { [RAISED]: '[]' } }, `${ RAISED }: no object`],
  ])('cannot tell with %s', (_, parts, error) => {
    const { insufficient, error: told } = check({ ...full, ...parts });

    expect(insufficient).toBeUndefined();
    expect(told).toContain(error);
  });

  it('takes an empty list of extended limits for none', () => {
    expect(check({ base: { limitsCpu: '1', extended: {} } })).toEqual({ insufficient: 'cpu' });
  });

  it('answers where Harvester crashes', () => {
    expect(check({ base: 'null' })).toEqual({ wouldPanic: true });
    expect(check({ vm: vmWith(undefined) })).toEqual({ wouldPanic: true });
    expect(check({ vm: vmWith(undefined), used: { 'limits.cpu': '5' } })).toEqual({ insufficient: 'cpu', wouldPanic: true });
    expect(check({ vm: vmWith(undefined), used: { 'limits.memory': '9Gi' } })).toEqual({ insufficient: 'memory', wouldPanic: true });
    expect(check({ vm: { ...vmWith({}), spec: { running: true } }, base: { limitsCpu: 'x' } })).toMatchObject({ wouldPanic: true, error: expect.any(String) });
    expect(check({ vm: { status: { printableStatus: 'Stopped' } } })).toEqual({});
  });

  it('does not crash over empty limits', () => {
    expect(check({ vm: vmWith({}) })).toEqual({});
  });
});
