import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { SCENARIO_NAMES, scenario } from '../scenarios';
import { startSimulator } from '../simulator';
import { valueAt } from '../store/objects';
import { session } from './session';
import type { Json } from './session';

const { call, harvester, control } = session();

describe('scenarios', () => {
  test('all come up, with every kubelet running and nothing failed', async() => {
    for (const name of SCENARIO_NAMES.filter((candidate) => candidate !== 'thousand')) {
      await control('POST', '/scenario', { name });
      const machines = (await control('GET', '/nodes')).body as unknown as Json[];
      const pods = (await harvester('GET', '/api/v1/pods')).body.items as Json[];

      assert.equal(machines.length, scenario(name).harvester.nodes.length, name);
      assert.deepEqual(
        machines.filter(({ kubelet }) => kubelet !== 'running'),
        [],
        name,
      );
      assert.deepEqual(
        pods.filter((pod) => valueAt(pod, 'status.phase') !== 'Running').map((pod) => valueAt(pod, 'metadata.name')),
        [],
        name,
      );
      for (const { memory } of machines) {
        assert.ok(Number(valueAt(memory, 'workingSetBytes')) < Number(valueAt(memory, 'capacityBytes')) * 0.98, name);
      }
    }
  });

  test('the requests of every node fit, so that a restarted kubelet admits all', async() => {
    for (const name of ['small', 'pressure', 'witness', 'single', 'hundred', 'migration', 'thousand-vms']) {
      await control('POST', '/scenario', { name });
      const [first] = (await control('GET', '/nodes')).body as unknown as Json[];

      await control('POST', `/nodes/${ String(first?.name) }/restart-kubelet`);
      const pods = (await harvester('GET', `/api/v1/pods?fieldSelector=spec.nodeName=${ String(first?.name) }`)).body.items as Json[];

      assert.deepEqual(
        pods.filter((pod) => valueAt(pod, 'status.phase') === 'Failed'),
        [],
        name,
      );
    }
  });

  test('the same scenario is the same cluster every time', async() => {
    const uids = async(): Promise<unknown> => ((await harvester('GET', '/api/v1/pods')).body.items as Json[]).map((pod) => valueAt(pod, 'metadata.uid'));

    await control('POST', '/scenario', { name: 'small' });
    const first = await uids();

    await control('POST', '/scenario', { name: 'small' });
    assert.deepEqual(await uids(), first);
  });

  test('a session outlives a change of scenario', async() => {
    await harvester('GET', '/v1/nodes');
    await control('POST', '/scenario', { name: 'witness' });
    assert.equal((await harvester('GET', '/v1/nodes')).status, 200);
    assert.equal((await control('GET', '/scenario')).body.name, 'witness');
  });

  test('an unknown one is refused, with the names there are', async() => {
    assert.match(
      String((await control('POST', '/scenario', { name: 'none' })).body.error),
      /small, pressure, witness, single, hundred, thousand, empty, feature-off, migration, thousand-vms/,
    );
    await assert.rejects(startSimulator({ scenario: 'none' }), /no scenario "none"/);
  });

  test('the switch of the container workloads is as the scenario says', async() => {
    const value = async(name: string): Promise<unknown> => {
      await control('POST', '/scenario', { name });

      return valueAt((await call('GET', '/v1/management.cattle.io.features/harvester-baremetal-container-workload')).body, 'spec.value');
    };

    assert.deepEqual([await value('small'), await value('feature-off')], [true, false]);
  });

  test('in pressure a node is about to evict, and does in time', async() => {
    await control('POST', '/scenario', { name: 'pressure' });
    const evicted = async(): Promise<number> => {
      const { body } = await harvester('GET', '/api/v1/pods');

      return (body.items as Json[]).filter((pod) => valueAt(pod, 'status.reason') === 'Evicted').length;
    };

    await control('POST', '/clock', { advanceMilliseconds: 15 * 60_000 });
    assert.equal(await evicted(), 0);
    await control('POST', '/clock', { advanceMilliseconds: 10 * 60_000 });
    assert.equal(await evicted(), 1);
  });
});
