import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { valueAt } from '../store/objects';
import { session, until } from './session';
import type { Json } from './session';

const { harvester, control, call } = session();
const PATH = '/v1/node.harvesterhci.io.cloudinits';
const LAYER = '/etc/rancher/rke2/config.yaml.d/99-z02-node-pressure.yaml';

function contents(args: readonly string[], guard = ''): string {
  const lines = args.map((argument) => `        - "${ argument }"`).join('\n');

  return `stages:\n  initramfs:\n  - name: kubelet\n${
    guard ? `    if: ${ JSON.stringify(guard) }\n` : ''
  }    files:\n    - path: ${ LAYER }\n      permissions: 0600\n      content: |\n        kubelet-arg+:\n${ lines }\n`;
}

const HARD = 'eviction-hard=imagefs.available<5%,memory.available<1Gi,nodefs.available<5%';
const spec = (filename: string, text: string, rest: Json = {}): Json => ({
  matchSelector: { 'harvesterhci.io/managed': 'true' },
  filename,
  contents: text,
  ...rest,
});
const create = (name: string, given: Json) => harvester('POST', PATH, { metadata: { name }, spec: given });

interface Condition {
  type: string;
  status: string;
  reason: string;
}

/** The rollout conditions of a node, once node-manager has looked at the object. */
function rollout(name: string, node: string): Promise<Record<string, string>> {
  return until(async() => {
    const { body } = await harvester('GET', `${ PATH }/${ name }`);
    const conditions = valueAt(body, `status.rollouts.${ node }.conditions`) as Condition[] | undefined;

    return conditions && Object.fromEntries(conditions.map(({ type, status, reason }) => [type, `${ status } ${ reason }`]));
  });
}

async function file(node: string, path: string): Promise<unknown> {
  return (await control('GET', `/nodes/${ node }`)).body.files && valueAt((await control('GET', `/nodes/${ node }`)).body, `files[${ path }]`);
}

async function configuration(node: string): Promise<unknown> {
  return (await harvester('GET', `/api/v1/nodes/${ node }/proxy/configz`)).body.kubeletconfig;
}

describe('a CloudInit', () => {
  test('reaches /oem at once, with its hash and conditions, and the kubelet at the next boot', async() => {
    await create('flow', spec('99_flow', contents([HARD])));
    assert.deepEqual(await rollout('flow', 'node-1'), {
      Applicable: 'True CloudInitApplicable',
      OutOfSync: 'False CloudInitChecksumMatch',
      Present: 'True CloudInitPresentOnDisk',
    });
    const { body } = await harvester('GET', `${ PATH }/flow`);

    assert.match(String(valueAt(body, 'metadata.annotations[node.harvesterhci.io/cloudinit-hash]')), /^[0-9a-f]{64}$/);
    assert.equal(valueAt(body, 'spec.filename'), '99_flow.yaml');
    assert.equal(await file('node-1', '/oem/99_flow.yaml'), contents([HARD]));
    assert.equal(await file('node-1', LAYER), undefined);
    assert.equal(valueAt(await configuration('node-1'), 'evictionHard[memory.available]'), undefined);

    assert.equal((await control('POST', '/nodes/node-1/reboot')).body.kubelet, 'running');
    assert.equal(valueAt(await configuration('node-1'), 'evictionHard[memory.available]'), '1Gi');
    const node = (await harvester('GET', '/api/v1/nodes/node-1')).body;
    const [capacity, allocatable] = ['capacity', 'allocatable'].map((key) => Number(String(valueAt(node, `status.${ key }.memory`)).replace('Ki', '')));

    assert.equal((capacity ?? 0) - (allocatable ?? 0), 2 ** 20);
    assert.match(String(valueAt(node, 'metadata.annotations[rke2.io/node-args]')), /memory\.available<1Gi/);
    assert.equal(valueAt(await configuration('node-2'), 'evictionHard[memory.available]'), undefined);
  });

  test('an event tells of the file', async() => {
    const events = (await harvester('GET', '/v1/events?filter=reason=CloudInitFileModified')).body.data as Json[];

    assert.ok(events.some((event) => valueAt(event, 'involvedObject.name') === 'flow' && event._type === 'Normal'));
  });

  test('deleted, it takes its own file along and leaves what it wrote', async() => {
    assert.equal((await harvester('DELETE', `${ PATH }/flow`)).status, 200);
    await until(async() => (await harvester('GET', `${ PATH }/flow`)).status === 404 || undefined);
    assert.equal(await file('node-1', '/oem/99_flow.yaml'), undefined);
    assert.notEqual(await file('node-1', LAYER), undefined);
    await control('POST', '/nodes/node-1/reboot');
    assert.equal(valueAt(await configuration('node-1'), 'evictionHard[memory.available]'), '1Gi');
    await control('PUT', '/nodes/node-1/files', { path: LAYER, content: null });
    await control('POST', '/nodes/node-1/restart-kubelet');
    assert.equal(valueAt(await configuration('node-1'), 'evictionHard[memory.available]'), undefined);
  });

  test('paused, it only says how things stand', async() => {
    await create('paused', spec('99_paused.yaml', contents([HARD]), { paused: true }));
    assert.deepEqual(await rollout('paused', 'node-2'), {
      Applicable: 'True CloudInitApplicable',
      OutOfSync: 'True CloudInitChecksumMismatch',
      Present: 'False CloudInitAbsentFromDisk',
    });
    assert.equal(await file('node-2', '/oem/99_paused.yaml'), undefined);
    await call(
      'PATCH',
      `/k8s/clusters/c-m-harv01${ PATH }/paused`,
      { spec: { paused: false } },
      { headers: { 'content-type': 'application/merge-patch+json' } },
    );
    await until(async() => (await file('node-2', '/oem/99_paused.yaml')) ?? undefined);
    await harvester('DELETE', `${ PATH }/paused`);
  });

  test('its guard keeps it from nodes that it is not meant for', async() => {
    const memTotal = `"$(awk '/^MemTotal:/ {print $2}' /proc/meminfo)"`;

    await create(
      'guarded',
      spec('99_guarded.yaml', contents([HARD], `[ ! -e /etc/rancher/rke2/config.yaml.d/99-harvester-witness.yaml ] && [ ${ memTotal } -ge 60000000 ]`)),
    );
    await rollout('guarded', 'node-3');
    await control('POST', '/nodes/node-2/reboot');
    await control('POST', '/nodes/node-3/reboot');
    assert.equal(await file('node-2', LAYER), undefined);
    assert.notEqual(await file('node-3', LAYER), undefined);
    await harvester('DELETE', `${ PATH }/guarded`);
    await control('PUT', '/nodes/node-3/files', { path: LAYER, content: null });
    await control('POST', '/nodes/node-3/restart-kubelet');
  });

  test('is carried to a node whose kubelet is down: node-manager goes on', async() => {
    await control('POST', '/nodes/node-2/break');
    await create('beside', spec('99_beside.yaml', 'stages: {}\n'));
    await rollout('beside', 'node-2');
    assert.equal(await file('node-2', '/oem/99_beside.yaml'), 'stages: {}\n');
    await harvester('DELETE', `${ PATH }/beside`);
    await control('POST', '/nodes/node-2/recover');
  });

  test('is not carried to a node whose kubelet did not come up after a boot, until it does', async() => {
    const path = '/etc/rancher/rke2/config.yaml.d/99-z99-wrong.yaml';

    await control('PUT', '/nodes/node-2/files', { path, content: 'kubelet-arg+:\n- "eviction-hard=nothing"\n' });
    assert.equal((await control('POST', '/nodes/node-2/reboot')).body.kubelet, 'down');
    await create('later', spec('99_later.yaml', 'stages: {}\n'));
    await rollout('later', 'node-1');
    assert.equal(valueAt((await harvester('GET', `${ PATH }/later`)).body, 'status.rollouts.node-2'), undefined);
    await control('PUT', '/nodes/node-2/files', { path, content: null });
    await control('POST', '/nodes/node-2/recover');
    await rollout('later', 'node-2');
    assert.equal(await file('node-2', '/oem/99_later.yaml'), 'stages: {}\n');
  });

  test('what boots cannot be simulated is refused, and the node stays as it was', async() => {
    await create('odd', spec('99_odd.yaml', 'stages: {initramfs: [{commands: ["reboot -f"]}]}\n'));
    await rollout('odd', 'node-1');
    const { status, body } = await control('POST', '/nodes/node-1/reboot');

    assert.equal(status, 422);
    assert.match(String(body.error), /not simulated: the command "reboot -f"/);
    assert.equal((await control('GET', '/nodes/node-1')).body.kubelet, 'running');
    await harvester('DELETE', `${ PATH }/odd`);
  });

  test("node-manager's webhook refuses files that are taken, vital or no YAML", async() => {
    const refusal = async(given: Json): Promise<unknown> => (await create('refused', given)).body.message;

    assert.match(String(await refusal(spec('99_later', 'stages: {}'))), /filename already in use$/);
    assert.match(String(await refusal(spec('/somewhere/90_custom.yaml', 'stages: {}'))), /filename conflicts with a critical system-owned file$/);
    assert.match(String(await refusal(spec('99_bad.yaml', '- a list'))), /could not parse document as yaml$/);
    assert.match(
      String(await refusal({ filename: 'a', matchSelector: { a: 1 }, paused: 'no' })),
      /spec\.contents: Required value.*spec\.paused: Invalid value.*spec\.matchSelector\.a/,
    );
  });
});
