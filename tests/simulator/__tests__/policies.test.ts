/** What the product writes, on nodes that take it as Harvester's do: from a policy's object to a running kubelet and back. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import type { Node } from '../../../pkg/node-pressure/harvester/node';
import { roleOf } from '../../../pkg/node-pressure/harvester/node';
import { parseConfigz } from '../../../pkg/node-pressure/kubelet/config/configz';
import { driftOf } from '../../../pkg/node-pressure/planner/settings/drift';
import type { Drift, DriftState } from '../../../pkg/node-pressure/planner/settings/drift';
import { renderSettings, SETTINGS_FILE } from '../../../pkg/node-pressure/planner/settings/file';
import { guardCondition, refusalMarker } from '../../../pkg/node-pressure/planner/settings/guard';
import type { HistoryEntry } from '../../../pkg/node-pressure/planner/settings/history';
import { ALL_NODES, cloudInitFor, policyOf } from '../../../pkg/node-pressure/planner/settings/policy';
import type { CloudInit, PolicyDraft } from '../../../pkg/node-pressure/planner/settings/policy';
import type { Settings } from '../../../pkg/node-pressure/planner/settings/settings';
import { evaluateCondition } from '../nodes/condition';
import { valueAt } from '../store/objects';
import { session, until } from './session';

const { harvester, control } = session({ scenario: 'witness' });
const PATH = '/v1/node.harvesterhci.io.cloudinits';
const SETTINGS: Settings = {
  evictionHard: { 'imagefs.available': '5%', 'memory.available': '2Gi', 'nodefs.available': '5%' },
  evictionMinimumReclaim: { 'memory.available': '1Gi' },
  systemReserved: { memory: '1Gi' },
};
const ENTRY: HistoryEntry = { time: '2026-08-01T10:00:00Z', user: 'admin', action: 'created' };

const nodeNamed = async(name: string): Promise<Node> => (await harvester('GET', `/api/v1/nodes/${ name }`)).body as unknown as Node;
const kibOf = ({ status }: Node): number => Number.parseInt(status?.capacity?.['memory'] ?? '', 10);

async function fileOn(node: string): Promise<unknown> {
  return valueAt((await control('GET', `/nodes/${ node }`)).body, `files[${ SETTINGS_FILE }]`);
}

async function objectNamed(name: string): Promise<CloudInit> {
  return (await harvester('GET', `${ PATH }/${ name }`)).body as unknown as CloudInit;
}

/** How a node stands to the policy, by what the cluster shows of both. */
async function drift(name: string, former?: Settings): Promise<Drift> {
  const node = await nodeNamed(name);
  const answer = await harvester('GET', `${ PATH }/memory`);
  const object = answer.status === 200 ? (answer.body as unknown as CloudInit) : undefined;
  const { body } = await harvester('GET', `/api/v1/nodes/${ name }/proxy/configz`);

  return driftOf({
    policy: object && policyOf(object),
    rollout: object?.status?.rollouts?.[name],
    former,
    configuration: parseConfigz(body),
    nodeArgs: node.metadata.annotations?.['rke2.io/node-args'],
    isWitness: roleOf(node) === 'witness',
    memoryKib: kibOf(node),
  });
}

function becomes(name: string, state: DriftState, former?: Settings): Promise<true> {
  return until(async() => ((await drift(name, former)).state === state ? true : undefined));
}

describe('a policy on nodes', () => {
  let draft: PolicyDraft;

  test('is kept out of smaller nodes and witnesses, and reaches the others at their next boot', async() => {
    draft = { name: 'memory', matchSelector: ALL_NODES, paused: false, contents: { settings: SETTINGS, minimumMemoryKib: kibOf(await nodeNamed('node-1')) } };
    assert.equal((await drift('node-1')).state, 'unmanaged');
    assert.equal((await harvester('POST', PATH, cloudInitFor(draft, ENTRY))).status, 201);
    await becomes('node-1', 'pendingReboot');
    assert.deepEqual(
      (await drift('node-1')).differences.map(({ field, desired }) => [field.key, desired]),
      [['memory.available', '2Gi'], ['imagefs.available', undefined], ['memory.available', '1Gi'], ['nodefs.available', undefined], ['memory', '1Gi']],
    );

    for (const name of ['node-1', 'node-2', 'node-3']) {
      assert.equal((await control('POST', `/nodes/${ name }/reboot`)).body.kubelet, 'running');
    }
    assert.deepEqual(await Promise.all(['node-1', 'node-2', 'node-3'].map(async(name) => (await drift(name)).state)), ['inSync', 'keptOut', 'keptOut']);
    assert.deepEqual(await Promise.all(['node-1', 'node-2', 'node-3'].map(fileOn)), [renderSettings(SETTINGS), undefined, undefined]);
  });

  test('reads back as what was saved', async() => {
    assert.deepEqual(policyOf(await objectNamed('memory')), {
      name: 'memory', matchSelector: ALL_NODES, paused: false, contents: { kind: 'settings', ...(draft.contents as object) }, history: [ENTRY],
    });
  });

  test('is overridden by a layer behind it', async() => {
    const later = SETTINGS_FILE.replace('z02-node-pressure', 'z99-other');

    await control('PUT', '/nodes/node-1/files', { path: later, content: 'kubelet-arg+:\n- "eviction-hard=memory.available<1Gi"\n' });
    await control('POST', '/nodes/node-1/restart-kubelet');
    assert.deepEqual(await drift('node-1'), { state: 'overridden', differences: [{ field: { setting: 'evictionHard', key: 'memory.available' }, desired: '2Gi', effective: '1Gi' }] });
    await control('PUT', '/nodes/node-1/files', { path: later, content: null });
    await control('POST', '/nodes/node-1/restart-kubelet');
    assert.equal((await drift('node-1')).state, 'inSync');
  });

  test('is not written again where it was refused', async() => {
    const marker = refusalMarker(renderSettings(SETTINGS));

    await control('PUT', '/nodes/node-1/files', { path: marker, content: '' });
    await control('PUT', '/nodes/node-1/files', { path: SETTINGS_FILE, content: null });
    await control('POST', '/nodes/node-1/reboot');
    assert.equal(await fileOn('node-1'), undefined);
    await control('PUT', '/nodes/node-1/files', { path: marker, content: null });
    await control('POST', '/nodes/node-1/reboot');
    assert.equal(await fileOn('node-1'), renderSettings(SETTINGS));
  });

  test('is left behind when only its object goes, and gone when it is removed first', async() => {
    await harvester('DELETE', `${ PATH }/memory`);
    await until(async() => ((await harvester('GET', `${ PATH }/memory`)).status === 404 ? true : undefined));
    await control('POST', '/nodes/node-1/reboot');
    assert.equal((await drift('node-1', SETTINGS)).state, 'leftBehind');

    assert.equal((await harvester('POST', PATH, cloudInitFor({ ...draft, contents: 'removal' }, { ...ENTRY, action: 'removed' }))).status, 201);
    await becomes('node-1', 'pendingReboot', SETTINGS);
    await control('POST', '/nodes/node-1/reboot');
    assert.equal((await drift('node-1', SETTINGS)).state, 'inSync');
    assert.equal(await fileOn('node-1'), undefined);
  });
});

describe('the guard', { skip: !existsSync('/proc/meminfo') && 'needs Linux' }, () => {
  const memTotalKib = Number(/^MemTotal:\s+(\d+)/m.exec(existsSync('/proc/meminfo') ? readFileSync('/proc/meminfo', 'utf8') : '')?.[1]);
  const file = renderSettings(SETTINGS);

  for (const [asked, minimumMemoryKib] of Object.entries({ nothing: 0, 'a KiB less than there is': memTotalKib - 1, 'what there is': memTotalKib, 'a KiB more': memTotalKib + 1, 'far more': 10 ** 12 })) {
    test(`that asks for ${ asked } means to a shell what it means to the simulator`, () => {
      const condition = guardCondition(file, minimumMemoryKib);

      assert.equal(spawnSync('sh', ['-c', condition]).status === 0, evaluateCondition(condition, { exists: existsSync, memTotalKib }));
      assert.equal(evaluateCondition(condition, { exists: () => false, memTotalKib }), minimumMemoryKib <= memTotalKib);
      assert.equal(evaluateCondition(condition, { exists: () => true, memTotalKib }), false);
    });
  }
});
