/** @jest-environment node */
import { migrationRefusals, notLiveMigratable } from '../migratable';
import type { Condition, ObjectMeta, VirtualMachineInstance, VirtualMachineInstanceSpec } from '../objects';

const READY: Condition = { type: 'Ready', status: 'True' };
const vmi = (spec: VirtualMachineInstanceSpec = {}, metadata: ObjectMeta = {}, conditions: Condition[] = [READY], phase = 'Running'): VirtualMachineInstance => ({ metadata, spec, status: { phase, conditions } });
const codes = (subject: VirtualMachineInstance, circumstances = { nodes: 3 }): string[] => migrationRefusals(subject, circumstances).map(({ code }) => code);

describe('migrationRefusals', () => {
  it.each<[string[], VirtualMachineInstance]>([
    [[], vmi()],
    [['notRunning'], {}],
    [['notRunning'], vmi({}, {}, [READY], 'Scheduling')],
    [['notReady'], vmi({}, {}, [{ type: 'Ready', status: 'False' }])],
    [['notReady'], { status: { phase: 'Running', conditions: null } }],
    [['deleting'], vmi({}, { deletionTimestamp: '2026-11-25T00:00:00Z' })],
    [['migrating'], vmi({}, { annotations: { 'harvesterhci.io/migrationUID': 'x' } })],
    [['migrating'], vmi({}, { annotations: { 'harvesterhci.io/migrationState': 'Migrating' } })],
    [[], vmi({}, { annotations: { 'harvesterhci.io/migrationUID': '' } })],
    [['hostnameSelector'], vmi({ nodeSelector: { 'kubernetes.io/hostname': 'node-1' } })],
    [[], vmi({ nodeSelector: { zone: 'a', 'kubernetes.io/hostname': '' } })],
    [['hostDevices', 'gpus'], vmi({ domain: { devices: { hostDevices: [{}, {}], gpus: [{}] } } })],
    [[], vmi({ domain: { devices: { hostDevices: [], gpus: null } } })],
    [['notLiveMigratable'], vmi({}, {}, [READY, { type: 'LiveMigratable', status: 'False', reason: 'DisksNotLiveMigratable' }])],
    [[], vmi({}, {}, [READY, { type: 'LiveMigratable', status: 'Unknown' }, { type: 'LiveMigratable', status: 'False' }])],
  ])('are %j', (expected, subject) => {
    expect(codes(subject)).toEqual(expected);
  });

  it('name what they are about', () => {
    expect(migrationRefusals(vmi({ nodeSelector: { 'kubernetes.io/hostname': 'node-1' }, domain: { devices: { hostDevices: [{}, {}] } } }, { annotations: { 'harvesterhci.io/migrationState': 'Aborting migration' } }, [], 'Failed'), { nodes: 1, isKubeVirtReady: false })).toEqual([
      { code: 'notRunning', params: { phase: 'Failed' } }, { code: 'migrating', params: { state: 'Aborting migration' } }, { code: 'hostnameSelector', params: { node: 'node-1' } },
      { code: 'hostDevices', params: { count: 2 } }, { code: 'singleNode', params: {} }, { code: 'kubevirtNotReady', params: {} },
    ]);
    expect(migrationRefusals(vmi(), {})).toEqual([]);
    expect(migrationRefusals({}, { nodes: 2, isKubeVirtReady: true })).toEqual([{ code: 'notRunning', params: { phase: '' } }]);
  });
});

it('KubeVirt’s word against a migration has a reason and a message', () => {
  expect(notLiveMigratable(vmi({}, {}, [{ type: 'LiveMigratable', status: 'False', reason: 'R', message: 'm' }]))).toEqual({ reason: 'R', message: 'm' });
  expect(notLiveMigratable(vmi({}, {}, [{ type: 'LiveMigratable', status: 'False' }]))).toEqual({ reason: '', message: '' });
  expect(notLiveMigratable({})).toBeUndefined();
});
