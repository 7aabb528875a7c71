/** Nodes of a real cluster: what a policy does to their kubelets, and what becomes of those that are refused. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { cloudInitContents, REMOVAL_CONTENTS } from '../../pkg/node-pressure/planner/settings/contents';
import { SETTINGS_FILE } from '../../pkg/node-pressure/planner/settings/file';
import type { CloudInit } from '../../pkg/node-pressure/planner/settings/policy';
import type { Settings } from '../../pkg/node-pressure/planner/settings/settings';
import { must } from '../servers/api';
import type { Api } from '../servers/api';
import { startTestCluster } from '../servers/kubeForTests';
import type { TestCluster } from '../servers/kubeForTests';
import { Newcomers } from '../servers/newcomers';
import type { PodPlan } from '../simulator/scenarios/plan';
import { HARVESTER_CLUSTER } from '../simulator/world';
import { Machines } from './support/machines';

const CLOUD_INITS = '/apis/node.harvesterhci.io/v1beta1/cloudinits';
const GIB_IN_KIB = 2 ** 20;
const SETTINGS: Settings = { evictionHard: { 'memory.available': '6Gi', 'nodefs.available': '5%', 'imagefs.available': '5%' }, systemReserved: { memory: '2Gi' } };

interface Node { metadata: { annotations: Record<string, string> }; spec: { taints?: { key: string }[] }; status: { allocatable: Record<string, string>; nodeInfo: { bootID: string }; conditions: { type: string; status: string }[] } }
interface Configz { kubeletconfig: { evictionHard: Record<string, string>; systemReserved: Record<string, string>; maxPods: number } }
interface Event { type: string; reason: string; message: string; source: { component: string; host: string } }
interface Pod { metadata: { name: string }; status: { phase: string; reason?: string; message?: string } }

let cluster: TestCluster;
let api: Api;
let machines: Machines;

before(async() => {
  cluster = await startTestCluster('small');
  api = cluster.api;
  machines = new Machines(cluster.kube.control);
});

after(async() => {
  const state = cluster && dirname(cluster.kube.ca);

  await cluster?.stop();
  assert.ok(!state || !existsSync(state), 'something was left behind');
});

const node = async(name: string): Promise<Node> => must(await api.get<Node>(`/api/v1/nodes/${ name }`));
const proxy = (name: string, path: string): string => `/api/v1/nodes/${ name }/proxy/${ path }`;
const configz = async(name: string): Promise<Configz['kubeletconfig']> => must(await api.get<Configz>(proxy(name, 'configz'))).kubeletconfig;
const condition = ({ status }: Node, type: string): string | undefined => status.conditions.find((one) => one.type === type)?.status;
const eventsOf = async(name: string): Promise<Event[]> => must(await api.get<{ items: Event[] }>(`/api/v1/namespaces/default/events?fieldSelector=involvedObject.name=${ name }`)).items;
const pods = async(on: string): Promise<Pod[]> => must(await api.get<{ items: Pod[] }>(`/api/v1/pods?fieldSelector=spec.nodeName=${ on }`)).items;

function cloudInit(name: string, spec: Partial<CloudInit['spec']> = {}): unknown {
  const contents = cloudInitContents({ settings: SETTINGS, minimumMemoryKib: 60 * GIB_IN_KIB });

  return { apiVersion: 'node.harvesterhci.io/v1beta1', kind: 'CloudInit', metadata: { name }, spec: { matchSelector: { 'harvesterhci.io/managed': 'true' }, filename: `99_${ name }.yaml`, contents, ...spec } };
}

/** Until every node says that its file is the CloudInit's. */
function rolledOut(name: string): Promise<true> {
  return api.until(`the roll-out of ${ name }`, async() => {
    const { body } = await api.get<CloudInit>(`${ CLOUD_INITS }/${ name }`);
    const rollouts = Object.values(body.status?.rollouts ?? {});

    return rollouts.length === 3 && rollouts.every(({ conditions = [] }) => conditions.some(({ type, status }) => type === 'Present' && status === 'True') && conditions.some(({ type, status }) => type === 'OutOfSync' && status === 'False')) ? true : undefined;
  });
}

describe('a node of a real cluster', () => {
  test('answers through the API server, with the kubelet’s own handlers', async() => {
    const { evictionHard, maxPods } = await configz('node-1');
    const summary = must(await api.get<{ node: { nodeName: string; memory: { workingSetBytes: number } }; pods: unknown[] }>(proxy('node-1', 'stats/summary')));

    assert.deepEqual(evictionHard, { 'imagefs.available': '5%', 'nodefs.available': '5%' });
    assert.equal(maxPods, 200);
    assert.equal(summary.node.nodeName, 'node-1');
    assert.equal(summary.pods.length, (await pods('node-1')).length);
    assert.equal((await machines.get('node-1')).memory.workingSetBytes, summary.node.memory.workingSetBytes);
    assert.equal(must(await api.get<string>(proxy('node-1', 'healthz'))), 'ok');
  });

  test('answers nobody who may not reach kubelets', async() => {
    const { status, message } = await cluster.as('noproxy').get(proxy('node-1', 'configz'));

    assert.equal(status, 403);
    assert.match(message, /User "noproxy" cannot get resource "nodes\/proxy"/);
  });

  test('follows a policy at its next boot, where the guard allows it', async() => {
    const boot = (await node('node-1')).status.nodeInfo.bootID;

    must(await api.create(CLOUD_INITS, cloudInit('policy')));
    await rolledOut('policy');
    assert.equal((await configz('node-1')).evictionHard['memory.available'], undefined, 'it waits for a boot');

    await Promise.all(['node-1', 'node-2'].map((name) => machines.act(name, 'reboot')));
    const { evictionHard, systemReserved } = await configz('node-1');
    const { metadata, status } = await node('node-1');

    assert.deepEqual(evictionHard, SETTINGS.evictionHard);
    assert.deepEqual(systemReserved, { cpu: '408m', memory: '2Gi' });
    assert.match(metadata.annotations['rke2.io/node-args'] ?? '', /"--kubelet-arg","system-reserved=memory=2Gi"/);
    assert.equal(status.allocatable.memory, `${ 66_391_196 - 8 * GIB_IN_KIB }Ki`);
    assert.notEqual(status.nodeInfo.bootID, boot);
    assert.equal((await configz('node-2')).evictionHard['memory.available'], undefined, 'node-2 has less memory than the guard asks for');
  });

  test('keeps its settings when the policy is deleted, and loses them by one that removes', async() => {
    must(await api.patch(`${ CLOUD_INITS }/policy`, { spec: { contents: REMOVAL_CONTENTS } }));
    await rolledOut('policy');
    await machines.act('node-1', 'restart-kubelet');
    assert.deepEqual((await configz('node-1')).evictionHard, SETTINGS.evictionHard);

    const { files } = await machines.act('node-1', 'reboot');

    assert.equal(files[SETTINGS_FILE], undefined);
    assert.equal((await configz('node-1')).evictionHard['memory.available'], undefined);
    must(await api.remove(`${ CLOUD_INITS }/policy`));
    await api.until('the removal of the boot file', async() => ((await machines.get('node-1')).files['/oem/99_policy.yaml'] === undefined ? true : undefined));
  });

  test('is asked by webhooks and schema to be given sensible boot files', async() => {
    const refused = async(spec: object): Promise<string> => (await api.create(`${ CLOUD_INITS }?dryRun=All`, cloudInit('other', spec))).message;

    must(await api.create(CLOUD_INITS, cloudInit('first', { filename: '/tmp/same' })));
    assert.equal(must(await api.get<CloudInit>(`${ CLOUD_INITS }/first`)).spec?.filename, 'same.yaml');
    await api.until('the webhook’s sight of the first one', async() => (/denied the request: filename already in use$/.test(await refused({ filename: 'same' })) ? true : undefined));
    assert.match(await refused({ filename: '90_custom.yaml' }), /denied the request: filename conflicts with a critical system-owned file$/);
    assert.match(await refused({ contents: '- a' }), /denied the request: could not parse document as yaml$/);
    assert.match(await refused({ contents: undefined }), /spec.contents: Required value$/);
    assert.match(await refused({ matchSelector: { a: 1 } }), /spec.matchSelector.a: Invalid value/);
    must(await api.remove(`${ CLOUD_INITS }/first`));
  });

  test('falls silent with a kubelet that is refused, whose words are kept', async() => {
    await machines.write('node-2', SETTINGS_FILE, 'kubelet-arg+:\n- "eviction-hard=memory.availabel<1Gi"\n');
    const { kubelet, error } = await machines.act('node-2', 'restart-kubelet');

    assert.deepEqual([kubelet, error], ['down', 'failed to run Kubelet: unsupported eviction signal memory.availabel']);
    const { status, message } = await api.get(proxy('node-2', 'configz'));

    assert.equal(status, 503);
    assert.match(message, /while dialing 192\.0\.2\.12:10250, code 502: 502 Bad Gateway$/);
    const silent = await api.until('node-2 to count as not ready', async() => {
      const found = await node('node-2');

      return condition(found, 'Ready') === 'Unknown' ? found : undefined;
    });

    assert.equal(condition(silent, 'MemoryPressure'), 'Unknown');
    await api.until('node-2 to be avoided', async() => ((await node('node-2')).spec.taints?.some(({ key }) => key === 'node.kubernetes.io/unreachable') ? true : undefined));

    await machines.write('node-2', SETTINGS_FILE, null);
    assert.equal((await machines.act('node-2', 'recover')).kubelet, 'running');
    assert.equal(condition(await node('node-2'), 'Ready'), 'True');
  });

  test('is not believed with a certificate of somebody else’s', async() => {
    await machines.put('node-3', 'certificate', { trusted: false });
    const { status, message } = await api.get(proxy('node-3', 'configz'));

    assert.equal(status, 503);
    assert.match(message, /x509: certificate signed by unknown authority$/);
    await machines.put('node-3', 'certificate', { trusted: true });
    assert.equal((await configz('node-3')).maxPods, 200);
  });

  test('rejects pods that no longer fit when its kubelet starts anew', async() => {
    await machines.write('node-1', SETTINGS_FILE, 'kubelet-arg+:\n- "system-reserved=memory=36Gi"\n');
    await machines.act('node-1', 'restart-kubelet');
    const failed = await api.until('a pod to be rejected', async() => (await pods('node-1')).find(({ status }) => status.phase === 'Failed'));

    assert.equal(failed.status.reason, 'OutOfmemory');
    assert.match(failed.status.message ?? '', /^Pod was rejected: Node didn't have enough resource: memory, requested: \d+, used: \d+, capacity: 29329879040$/);
  });

  test('evicts when its memory runs out', async() => {
    await machines.write('node-3', SETTINGS_FILE, 'kubelet-arg+:\n- "eviction-hard=memory.available<2Gi"\n');
    const { memory } = await machines.act('node-3', 'restart-kubelet');

    await machines.put('node-3', 'memory', { workingSetBytes: memory.capacityBytes - 2 ** 30 });
    const { status } = await api.until('an eviction', async() => (await pods('node-3')).find((pod) => pod.status.phase === 'Failed'));

    assert.equal(status.reason, 'Evicted');
    assert.match(status.message ?? '', /^The node was low on resource: memory\. Threshold quantity: 2Gi, available: 1Gi\. Container compute was using \d+Ki, request is \d+, has larger consumption of memory\. $/);
    await api.until('pressure to be told', async() => (condition(await node('node-3'), 'MemoryPressure') === 'True' ? true : undefined));
    const event = await api.until('an event about it', async() => (await eventsOf('node-3')).find(({ reason }) => reason === 'NodeHasInsufficientMemory'));

    assert.deepEqual([event.type, event.message, event.source], ['Normal', 'Node node-3 status is now: NodeHasInsufficientMemory', { component: 'kubelet', host: 'node-3' }]);
  });

  test('joins later, lets pods in or refuses them, and leaves with them', async() => {
    const newcomers = new Newcomers('small', HARVESTER_CLUSTER);
    const pod = (name: string, memory: string): PodPlan => ({ name, namespace: 'shop', node: 'node-4', owner: 'None', useBytes: 2 ** 28, containers: [{ name: 'main', requests: { memory } }] });
    const machine = newcomers.node({ name: 'node-4', role: 'worker', cpuCores: 4, memoryBytes: 8 * 2 ** 30, diskBytes: 100 * 2 ** 30, diskUsedBytes: 2 ** 30, systemUseBytes: 2 ** 30 });

    assert.equal((await machines.join(machine)).kubelet, 'running');
    await assert.rejects(machines.join(machine), /409 .*there is a node with this name/);
    assert.equal(condition(await node('node-4'), 'Ready'), 'True');
    assert.equal((await configz('node-4')).maxPods, 200);

    await machines.start(newcomers.workloads({ pods: [pod('fits', '4Gi'), pod('too-big', '5Gi')] }));
    await assert.rejects(machines.start(newcomers.workloads({ pods: [pod('fits', '4Gi')] })), /409 .*already exists/);
    await api.until('one pod that runs beside one that does not', async() => {
      const phases = (await pods('node-4')).map(({ metadata, status }) => `${ metadata.name } ${ status.phase } ${ status.reason ?? '' }`);

      return phases.join() === 'fits Running ,too-big Failed OutOfmemory' ? true : undefined;
    });

    await machines.remove('node-4');
    assert.deepEqual([(await api.get('/api/v1/nodes/node-4')).status, await pods('node-4')], [404, []]);
    await api.until('its lease to go', async() => ((await api.get('/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/node-4')).status === 404 ? true : undefined));
  });

  test('is there again after the API server was killed', async() => {
    await machines.apiServer('restart');
    assert.equal((await configz('node-2')).maxPods, 200);
  });
});
