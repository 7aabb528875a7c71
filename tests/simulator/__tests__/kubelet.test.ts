import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { valueAt } from '../store/objects';
import { session } from './session';
import type { Json } from './session';

const { harvester, control } = session();
const GIB = 2 ** 30;
const layer = (...args: string[]): string => `kubelet-arg+:\n${ args.map((argument) => `- "${ argument }"\n`).join('') }`;
const LAYER = '/etc/rancher/rke2/config.yaml.d/99-z02-test.yaml';

/** Restarts node-2's kubelet with further arguments. */
async function startWith(...args: string[]): Promise<Json> {
  await control('PUT', '/nodes/node-2/files', { path: LAYER, content: layer(...args) });

  return (await control('POST', '/nodes/node-2/restart-kubelet')).body;
}

async function condition(type: string): Promise<string> {
  const conditions = valueAt((await harvester('GET', '/api/v1/nodes/node-2')).body, 'status.conditions') as {
    type: string;
    status: string;
    reason: string;
  }[];
  const found = conditions.find((candidate) => candidate.type === type);

  return `${ found?.status } ${ found?.reason }`;
}

async function pods(): Promise<Record<string, string>> {
  const { body } = await harvester('GET', '/api/v1/pods?fieldSelector=spec.nodeName=node-2');

  return Object.fromEntries(
    (body.items as Json[]).map((pod) => [
      String(valueAt(pod, 'metadata.name')),
      String(valueAt(pod, 'status.reason') ?? valueAt(pod, 'status.phase')),
    ]),
  );
}

const reasons = async(about: string): Promise<unknown[]> => ((await harvester('GET', '/v1/events?sort=metadata.name')).body.data as Json[])
  .filter((event) => String(valueAt(event, 'involvedObject.name')).startsWith(about))
  .map((event) => event.reason);

describe('a kubelet', () => {
  beforeEach(() => control('POST', '/scenario', { name: 'small' }));

  test('that cannot start leaves its node NotReady and its port closed', async() => {
    const { kubelet, error } = await startWith('eviction-soft=memory.available<2Gi');

    assert.deepEqual([kubelet, error], ['down', 'grace period must be specified for the soft eviction threshold memory.available']);
    assert.equal(await condition('Ready'), 'Unknown NodeStatusUnknown');
    assert.deepEqual(
      valueAt((await harvester('GET', '/api/v1/nodes/node-2')).body, 'spec.taints'),
      ['NoSchedule', 'NoExecute'].map((effect) => ({ key: 'node.kubernetes.io/unreachable', effect })),
    );
    const { status, body } = await harvester('GET', '/api/v1/nodes/node-2/proxy/stats/summary');

    assert.deepEqual([status, body.message], [503, 'error trying to reach service: dial tcp 192.0.2.12:10250: connect: connection refused']);
    assert.equal(((await harvester('GET', '/v1/metrics.k8s.io.nodes')).body.data as Json[]).length, 2);
    await control('PUT', '/nodes/node-2/files', { path: LAYER, content: null });
    await control('POST', '/nodes/node-2/recover');
    assert.equal(await condition('Ready'), 'True KubeletReady');
    assert.equal(valueAt((await harvester('GET', '/api/v1/nodes/node-2')).body, 'spec.taints'), undefined);
  });

  test('refuses what the real one refuses', async() => {
    const refusals: [string, RegExp][] = [
      ['eviction-hard=memory.available<-1Gi', /^eviction threshold memory\.available must be positive: -1Gi$/],
      ['eviction-hard=memory<1Gi', /^unsupported eviction signal memory$/],
      ['eviction-hard=memory.available', /malformed pair, expect string<string/],
      [
        'system-reserved=memory=500Gi',
        /^invalid Node Allocatable configuration\. Resource "memory" has a reservation of .* but capacity of .*\. Expected capacity >= reservation\.$/,
      ],
      ['kube-reserved=disk=1Gi', /^--kube-reserved value failed to parse: cannot reserve "disk" resource$/],
      ['no-such-flag=1', /unknown flag: --no-such-flag/],
    ];

    for (const [argument, text] of refusals) {
      assert.match(String((await startWith(argument)).error), text, argument);
    }
  });

  test('reserves what it is told, and what Harvester tells it', async() => {
    await startWith('system-reserved=memory=2Gi', 'eviction-hard=memory.available<1Gi');
    const { body } = await harvester('GET', '/api/v1/nodes/node-2');
    const kib = (path: string): number => Number(String(valueAt(body, path)).replace('Ki', ''));

    assert.equal(kib('status.capacity.memory') - kib('status.allocatable.memory'), (3 * GIB) / 1024);
    assert.equal(valueAt(body, 'status.allocatable.cpu'), '7020m');
    assert.equal(valueAt(body, 'status.allocatable.pods'), '200');
  });

  test('that starts with less to give rejects pods that no longer fit', async() => {
    await startWith('system-reserved=memory=20Gi');
    const after = await pods();
    const rejected = Object.entries(after)
      .filter(([, reason]) => reason === 'OutOfmemory')
      .map(([name]) => name.replace(/-\w{5}$/, ''));

    assert.deepEqual(rejected, ['virt-launcher-windows-1']);
    const vm = (await harvester('GET', '/v1/kubevirt.io.virtualmachines/default/windows-1')).body;

    assert.deepEqual([valueAt(vm, 'status.ready'), valueAt(vm, 'status.printableStatus')], [false, 'Stopped']);
  });

  test('reports pressure, evicts after the grace period and recovers after the transition period', async() => {
    await startWith('eviction-soft=memory.available<3Gi', 'eviction-soft-grace-period=memory.available=1m30s', 'eviction-max-pod-grace-period=120');
    await control('PUT', '/nodes/node-2/memory', { workingSetBytes: Math.round(29.5 * GIB) });
    const advance = (seconds: number) => control('POST', '/clock', { advanceMilliseconds: seconds * 1000 });

    await advance(10);
    assert.equal(await condition('MemoryPressure'), 'True KubeletHasInsufficientMemory');
    assert.ok(!Object.values(await pods()).includes('Evicted'));
    await advance(80);
    assert.ok(!Object.values(await pods()).includes('Evicted'));
    await advance(20);
    assert.deepEqual(
      Object.entries(await pods())
        .filter(([, reason]) => reason === 'Evicted')
        .map(([name]) => name.replace(/-\w{5}$/, '')),
      ['virt-launcher-app-2'],
    );
    assert.deepEqual(await reasons('virt-launcher-app-2'), ['Evicted']);
    assert.ok((await reasons('node-2')).includes('EvictionThresholdMet'));
    await advance(270);
    assert.equal(await condition('MemoryPressure'), 'True KubeletHasInsufficientMemory');
    await advance(30);
    assert.equal(await condition('MemoryPressure'), 'False KubeletHasSufficientMemory');
  });

  test('before 1.36 and before drop-ins answers as its version does', async() => {
    const plan = {
      name: 'old-1',
      role: 'worker',
      cpuCores: 8,
      memoryBytes: 32 * GIB,
      diskBytes: 400 * GIB,
      diskUsedBytes: 10 * GIB,
      systemUseBytes: GIB,
    };

    for (const kubernetesVersion of ['v1.31.4+rke2r1', 'v1.32.3+rke2r1', 'v1.36.3+rke2r1']) {
      await control('POST', '/nodes', { ...plan, kubernetesVersion });
      const configuration = (await harvester('GET', '/api/v1/nodes/old-1/proxy/configz')).body.kubeletconfig as Json;

      assert.deepEqual(configuration.evictionHard, { 'imagefs.available': '5%', 'nodefs.available': '5%' }, kubernetesVersion);
      assert.equal('apiVersion' in configuration, kubernetesVersion.startsWith('v1.36'), kubernetesVersion);
      assert.equal(valueAt((await harvester('GET', '/api/v1/nodes/old-1')).body, 'status.nodeInfo.kubeletVersion'), kubernetesVersion);
      await control('DELETE', '/nodes/old-1');
    }
  });
});
