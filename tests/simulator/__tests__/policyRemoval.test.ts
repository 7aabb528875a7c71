/** Taking a policy from nodes as the product does it, down to their disks. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import type { Node } from '../../../pkg/node-pressure/harvester/node';
import { REMOVAL_CONTENTS } from '../../../pkg/node-pressure/planner/settings/contents';
import { SETTINGS_FILE } from '../../../pkg/node-pressure/planner/settings/file';
import type { HistoryEntry } from '../../../pkg/node-pressure/planner/settings/history';
import { ALL_NODES, cloudInitFor } from '../../../pkg/node-pressure/planner/settings/policy';
import type { PolicyDraft } from '../../../pkg/node-pressure/planner/settings/policy';
import type { RemovalStep } from '../../../pkg/node-pressure/planner/settings/removal';
import type { Settings } from '../../../pkg/node-pressure/planner/settings/settings';
import { cloudInitPlan } from '../../../pkg/node-pressure/steve/cloudInits';
import type { StoredCloudInit } from '../../../pkg/node-pressure/steve/cloudInits';
import { savePolicy } from '../../../pkg/node-pressure/steve/policies';
import { read } from '../../../pkg/node-pressure/steve/read';
import type { ClusterAccess } from '../../../pkg/node-pressure/steve/request';
import { advanceRemoval, announceRemoval } from '../../../pkg/node-pressure/steve/removePolicy';
import { valueAt } from '../store/objects';
import { session, until } from './session';

const { call, harvester, control } = session({ scenario: 'small' });
const NODES = ['node-1', 'node-2', 'node-3'];
const BOOT_FILE = '/oem/99_node_pressure_memory.yaml';
const SETTINGS: Settings = { evictionHard: { 'memory.available': '1Gi' } };
const DRAFT: PolicyDraft = { name: 'memory', matchSelector: ALL_NODES, paused: false, contents: { settings: SETTINGS, minimumMemoryKib: 1 } };
const ENTRY: HistoryEntry = { time: '2026-08-01T10:00:00Z', user: 'admin', action: 'created' };
const never = new AbortController().signal;

const admin: ClusterAccess = {
  clusterId: 'c-m-harv01',
  request:   async({ url, method, data, headers }) => {
    const { status, body } = await call(method.toUpperCase(), url, data, { headers: { ...headers } });

    if (status >= 400) {
      throw Object.assign(body, { _status: status });
    }

    return body;
  },
};

async function current(): Promise<StoredCloudInit> {
  const outcome = await read(admin.request, cloudInitPlan(admin.clusterId, 'memory'), never);

  assert.ok(outcome?.value, outcome?.failure?.message);

  return outcome.value;
}

const nodes = async(): Promise<Node[]> => (await harvester('GET', '/api/v1/nodes')).body.items as Node[];

/** One look at cluster and removal, as a view has on every change. */
async function advance(): Promise<RemovalStep> {
  const progress = await advanceRemoval(admin, await current(), await nodes(), never);

  assert.ok(progress);

  return progress.step;
}

/** Looks until a removal waits, for nothing but these nodes. */
function waitsFor(arriving: string[], rebooting: string[]): Promise<true> {
  return until(async() => isDeepStrictEqual(await advance(), { kind: 'await', arriving, rebooting }) || undefined);
}

async function onDisk(path: string): Promise<unknown[]> {
  return await Promise.all(NODES.map(async(name) => valueAt((await control('GET', `/nodes/${ name }`)).body, `files[${ path }]`)));
}

const exists = (files: unknown[]): boolean[] => files.map((file) => file !== undefined);

async function reboot(...names: string[]): Promise<void> {
  for (const name of names) {
    assert.equal((await control('POST', `/nodes/${ name }/reboot`)).body.kubelet, 'running');
  }
}

/** With it a kubelet does not come up, and so neither does node-manager. */
const WRONG_FILE = '/etc/rancher/rke2/config.yaml.d/99-z99-wrong.yaml';

describe('removing a policy', () => {
  test('begins with a boot file that every node within reach takes at once', async() => {
    assert.equal((await savePolicy(admin, cloudInitFor(DRAFT, ENTRY), undefined, never))?.kind, 'saved');
    await until(async() => exists(await onDisk(BOOT_FILE)).every(Boolean) || undefined);
    await reboot(...NODES);
    assert.deepEqual(exists(await onDisk(SETTINGS_FILE)), [true, true, true]);

    await control('PUT', '/nodes/node-3/files', { path: WRONG_FILE, content: 'kubelet-arg+:\n- "eviction-hard=nothing"\n' });
    assert.equal((await control('POST', '/nodes/node-3/reboot')).body.kubelet, 'down');
    const removed: HistoryEntry = { ...ENTRY, action: 'removed', before: SETTINGS };

    assert.equal((await announceRemoval(admin, await current(), removed, never))?.kind, 'saved');
    await until(async() => isDeepStrictEqual((await onDisk(BOOT_FILE)).map((file) => file === REMOVAL_CONTENTS), [true, true, false]) || undefined);
  });

  test('waits for the boot that takes the settings away, and for nodes that are away', async() => {
    await waitsFor(['node-3'], ['node-1', 'node-2']);
    await reboot('node-1');
    await waitsFor(['node-3'], ['node-2']);
    assert.deepEqual(exists(await onDisk(SETTINGS_FILE)), [false, true, true]);

    await control('PUT', '/nodes/node-3/files', { path: WRONG_FILE, content: null });
    await control('POST', '/nodes/node-3/recover');
    await waitsFor([], ['node-2', 'node-3']);
    await reboot('node-2', 'node-3');
    assert.deepEqual(exists(await onDisk(SETTINGS_FILE)), [false, false, false]);
  });

  test('leaves alone what somebody saves in the meantime', async() => {
    const object = await current();
    const saved = await savePolicy(admin, cloudInitFor(DRAFT, { ...ENTRY, action: 'changed' }, object), object, never);

    assert.equal(saved?.kind, 'saved');
    const stale = await advanceRemoval(admin, object, await nodes(), never);

    assert.deepEqual([stale?.step.kind, stale?.outcome?.kind], ['delete', 'conflict']);
    assert.deepEqual(await advance(), { kind: 'announce' });
    assert.equal((await announceRemoval(admin, await current(), { ...ENTRY, action: 'removed', before: SETTINGS }, never))?.kind, 'saved');
    await waitsFor([], NODES);
    await reboot(...NODES);
  });

  test('ends without a trace', async() => {
    await until(async() => (await advanceRemoval(admin, await current(), await nodes(), never))?.outcome?.kind === 'deleted' || undefined);
    await until(async() => ((await harvester('GET', '/v1/node.harvesterhci.io.cloudinits/memory')).status === 404 ? true : undefined));
    assert.deepEqual([exists(await onDisk(BOOT_FILE)), exists(await onDisk(SETTINGS_FILE))], [[false, false, false], [false, false, false]]);
  });
});

test("a webhook's refusal reaches the user in its own words, and nothing is written", async() => {
  const other = cloudInitFor({ ...DRAFT, name: 'other' }, ENTRY);

  assert.equal((await savePolicy(admin, other, undefined, never))?.kind, 'saved');
  const outcome = await savePolicy(admin, { ...cloudInitFor({ ...DRAFT, name: 'third' }, ENTRY), spec: other.spec }, undefined, never);

  assert.deepEqual(outcome, { kind: 'refused', message: 'admission webhook "validator.harvester-node-manager-webhook" denied the request: filename already in use' });
  assert.equal((await harvester('GET', '/v1/node.harvesterhci.io.cloudinits/third')).status, 404);
});
