import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { valueAt } from '../store/objects';
import { session } from './session';
import type { Answer, Json } from './session';

const { harvester, call, control } = session({ scenario: 'migration' });

const VMIMS = '/apis/kubevirt.io/v1/namespaces';
const RAISE = 'harvesterhci.io/migratingUID-';
const RESYNC = 'harvesterhci.io/migratingScalingResyncNeeded';
/** Limit and overhead of a VM of 2 GiB and 2 CPUs. */
const DELTA = { 'limits.cpu': '2', 'limits.memory': '2585787145' };

const migrate = (namespace: string, virtualMachine: string): Promise<Answer> => harvester('POST', `${ VMIMS }/${ namespace }/virtualmachineinstancemigrations`, {
  apiVersion: 'kubevirt.io/v1', kind: 'VirtualMachineInstanceMigration', metadata: { name: `move-${ virtualMachine }`, namespace }, spec: { vmiName: virtualMachine },
});
const pass = (seconds: number): Promise<Answer> => control('POST', '/clock', { advanceMilliseconds: seconds * 1000 });
const quota = async(namespace: string, name = 'default-quota'): Promise<Json> => (await harvester('GET', `/api/v1/namespaces/${ namespace }/resourcequotas/${ name }`)).body;
const vmim = async(namespace: string, name: string): Promise<Json> => (await harvester('GET', `${ VMIMS }/${ namespace }/virtualmachineinstancemigrations/${ name }`)).body;
const annotations = (object: Json): Record<string, string> => (valueAt(object, 'metadata.annotations') ?? {}) as Record<string, string>;
const raises = (object: Json): string[] => Object.keys(annotations(object)).filter((key) => key.startsWith(RAISE));
const rejection = (object: Json): Json | undefined => ((valueAt(object, 'status.conditions') ?? []) as Json[]).find(({ type }) => type === 'migrationRejectedByResourceQuota');

describe('a migration', () => {
  beforeEach(() => control('POST', '/scenario', { name: 'migration' }));

  test('raises the quota, runs the VM twice, and gives everything back', async() => {
    const before = await quota('tight');

    await migrate('tight', 'tight-1');
    await pass(7);
    const during = await quota('tight');
    const [key = ''] = raises(during);

    assert.deepEqual(JSON.parse(annotations(during)[key] ?? ''), DELTA);
    assert.equal(annotations(during)[RESYNC], 'false');
    assert.deepEqual(valueAt(during, 'spec.hard'), { 'limits.cpu': '6100m', 'limits.memory': String(5142 * 2 ** 20 + 2_585_787_145) });
    assert.equal(valueAt(during, 'status.used[limits.memory]'), String(3 * 2_645_787_145));
    assert.equal(valueAt(await vmim('tight', 'move-tight-1'), 'status.phase'), 'Running');

    await pass(10);
    const after = await quota('tight');

    assert.equal(valueAt(await vmim('tight', 'move-tight-1'), 'status.phase'), 'Succeeded');
    assert.deepEqual(raises(after), []);
    assert.deepEqual([valueAt(after, 'spec.hard'), valueAt(after, 'status.used')], [{ 'limits.cpu': '4100m', 'limits.memory': '5142Mi' }, valueAt(before, 'status.used')]);
    const vmi = (await harvester('GET', `${ VMIMS }/tight/virtualmachineinstances/tight-1`)).body;

    assert.notEqual(valueAt(vmi, 'status.nodeName'), 'node-1');
    assert.equal(annotations(vmi)['harvesterhci.io/migrationUID'], undefined);
  });

  test('for which the quota has no room waits, and says what the API server said', async() => {
    await migrate('cpu-full', 'cpu-full-1');
    await pass(5);
    const waiting = await vmim('cpu-full', 'move-cpu-full-1');

    assert.equal(valueAt(waiting, 'status.phase'), 'Pending');
    assert.match(String(rejection(waiting)?.message), /exceeded quota: default-quota, requested: limits\.cpu=2015m, used: limits\.cpu=4030m, limited: limits\.cpu=6040m$/);
    assert.equal(raises(await quota('cpu-full')).length, 1);
  });

  test('in the dead zone is not compensated, beyond it is, and runs', async() => {
    await migrate('dead-zone', 'dead-zone-1');
    await migrate('over', 'over-1');
    await pass(20);
    assert.ok(rejection(await vmim('dead-zone', 'move-dead-zone-1')));
    assert.equal(annotations(await quota('dead-zone'))['harvesterhci.io/migratingCompensation'], undefined);
    const { body } = await harvester('GET', `${ VMIMS }/over/virtualmachineinstancemigrations/move-over-1`);

    assert.equal(rejection(body), undefined);
    assert.notEqual(valueAt(body, 'status.phase'), 'Pending');
  });

  test('of more than two VMs of a node waits for its turn', async() => {
    await migrate('free', 'free-1');
    await pass(5);
    // moving-1 and free-1 leave node-1 already
    await migrate('roomy', 'roomy-1');
    await pass(5);
    const waiting = await vmim('roomy', 'move-roomy-1');

    assert.equal(valueAt(waiting, 'status.phase'), 'Pending');
    assert.equal(rejection(waiting), undefined);
    assert.equal(raises(await quota('roomy')).length, 1, 'the raise does not wait');
  });

  test('of a VM that no other node may take is scheduled nowhere', async() => {
    await migrate('pinned', 'pinned-1');
    await pass(6);
    assert.equal(valueAt(await vmim('pinned', 'move-pinned-1'), 'status.phase'), 'Scheduling');
  });
});

describe('quotas', () => {
  beforeEach(() => control('POST', '/scenario', { name: 'migration' }));

  test('count their pods, and refuse one more than they allow', async() => {
    assert.deepEqual(valueAt(await quota('pods-full', 'two-pods'), 'status.used'), { pods: '2' });
    await migrate('pods-full', 'pods-full-1');
    await pass(3);
    assert.match(String(rejection(await vmim('pods-full', 'move-pods-full-1'))?.message), /exceeded quota: two-pods, requested: pods=1, used: pods=2, limited: pods=2$/);
  });

  test('whose annotations cannot be read are left alone', async() => {
    const before = valueAt(await quota('unreadable'), 'spec.hard');

    await migrate('unreadable', 'unreadable-1');
    await pass(3);
    const after = await quota('unreadable');

    assert.deepEqual(valueAt(after, 'spec.hard'), before);
    assert.equal(annotations(after)[RESYNC], 'false');
  });

  test('are computed anew with every change, also one that somebody makes by hand', async() => {
    const { body } = await harvester('GET', '/api/v1/namespaces/moving/resourcequotas/default-quota');

    await harvester('PUT', '/api/v1/namespaces/moving/resourcequotas/default-quota', { ...body, spec: { hard: { 'limits.cpu': '16', 'limits.memory': '32Gi' } } });
    assert.equal(valueAt(await quota('moving'), 'spec.hard[limits.cpu]'), '18');
    assert.equal(valueAt(await quota('rewritten'), 'spec.hard[limits.cpu]'), '16', 'unless the controller is down');
  });

  test('stay raised for an orphan, whatever time passes', async() => {
    await pass(600);
    assert.equal(raises(await quota('orphan')).length, 1);
  });
});

describe('a namespace’s own quota', () => {
  beforeEach(() => control('POST', '/scenario', { name: 'migration' }));

  const write = (namespace: string, limit: object): Promise<Answer> => call('PATCH', `/k8s/clusters/c-m-harv01/v1/namespaces/${ namespace }`, { metadata: { annotations: { 'field.cattle.io/resourceQuota': JSON.stringify({ limit }) } } }, { headers: { 'content-type': 'application/merge-patch+json' } });
  const validated = async(namespace: string): Promise<Json | undefined> => {
    const { body } = await harvester('GET', `/api/v1/namespaces/${ namespace }`);

    return (JSON.parse(annotations(body)['cattle.io/status'] ?? '{"Conditions":[]}') as { Conditions: Json[] }).Conditions.find(({ Type }) => Type === 'ResourceQuotaValidated');
  };

  test('is carried into the quota if the project allows it', async() => {
    assert.equal((await write('cpu-full', { limitsCpu: '6100m', limitsMemory: '32768Mi' })).status, 200);
    assert.equal((await validated('cpu-full'))?.Status, 'True');
    assert.deepEqual(valueAt(await quota('cpu-full'), 'spec.hard'), { 'limits.cpu': '6100m', 'limits.memory': '32768Mi' });
  });

  test('is left in place, and the quota with it, if the project does not', async() => {
    const before = valueAt(await quota('cpu-full'), 'spec.hard');

    assert.equal((await write('cpu-full', { limitsCpu: '900000m', limitsMemory: '32768Mi' })).status, 200);
    assert.equal((await validated('cpu-full'))?.Status, 'False');
    assert.deepEqual(valueAt(await quota('cpu-full'), 'spec.hard'), before);
  });

  test('is left in place, too, while Rancher is told to refuse all', async() => {
    await control('PUT', '/namespace-quotas', { refused: true });
    await write('cpu-full', { limitsCpu: '4100m', limitsMemory: '32768Mi' });
    assert.equal((await validated('cpu-full'))?.Status, 'False');
    await control('PUT', '/namespace-quotas', { refused: false });
    await write('cpu-full', { limitsCpu: '4200m', limitsMemory: '32768Mi' });
    assert.equal((await validated('cpu-full'))?.Status, 'True');
  });

  test('is refused while VMs migrate, and below what is used', async() => {
    assert.match(String((await write('moving', { limitsCpu: '20000m', limitsMemory: '32768Mi' })).body.message), /namespace moving has migrating VMs, can't change resource quotas/);
    assert.match(String((await write('cpu-full', { limitsCpu: '4000m', limitsMemory: '32768Mi' })).body.message), /new CPU limit 4000m is lower than the current used CPU limit 4030m/);
  });
});
