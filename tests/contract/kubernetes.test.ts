import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { at, rows } from './support/client';
import type { Answer, Json } from './support/client';
import { target } from './support/target';

const steve = target();
const NAMESPACE = 'default';
const CONFIG_MAPS = `/api/v1/namespaces/${ NAMESPACE }/configmaps`;
const configMap = (name: string, data: Record<string, string> = { a: '1' }): Json => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: NAMESPACE },
  data,
});

describe('the Kubernetes API behind Steve', () => {
  test('errors are Status objects', async() => {
    const { status, body } = await steve.as('admin').get('/api/v1/nodes/no-such-node');

    assert.equal(status, 404);
    assert.deepEqual(
      [body.kind, body.apiVersion, body.status, body.reason, body.code, body.message],
      ['Status', 'v1', 'Failure', 'NotFound', 404, 'nodes "no-such-node" not found'],
    );
    assert.deepEqual(body.details, { name: 'no-such-node', kind: 'nodes' });
  });

  test('an unknown resource is not found', async() => {
    const { status, body } = await steve.as('admin').get('/apis/example.com/v1/things');

    assert.equal(status, 404);
    assert.notEqual(body.type, 'error');
  });

  test('a dry run goes through admission and stores nothing: create, replace, patch', async() => {
    const admin = steve.as('admin');
    const name = steve.name('dry');

    assert.equal((await admin.post(`${ CONFIG_MAPS }?dryRun=All`, configMap(name))).status, 201);
    assert.equal((await admin.get(`${ CONFIG_MAPS }/${ name }`)).status, 404);
    const created = await admin.post(CONFIG_MAPS, configMap(name));

    assert.equal(at((await admin.put(`${ CONFIG_MAPS }/${ name }?dryRun=All`, { ...created.body, data: { a: '2' } })).body, 'data.a'), '2');
    assert.equal(at((await admin.patch(`${ CONFIG_MAPS }/${ name }?dryRun=All`, { data: { a: '3' } })).body, 'data.a'), '3');
    assert.equal(at((await admin.get(`${ CONFIG_MAPS }/${ name }`)).body, 'data.a'), '1');
    const { status, body } = await admin.put(`${ CONFIG_MAPS }/${ name }?dryRun=some`, created.body);

    assert.deepEqual([status, body.reason, body.message], [422, 'Invalid', 'UpdateOptions.meta.k8s.io "" is invalid: dryRun: Unsupported value: ["some"]: supported values: "All"']);
    await admin.remove(`${ CONFIG_MAPS }/${ name }`);
  });

  test('a deletion takes place only on the version and the object that its preconditions name', async() => {
    const admin = steve.as('admin');
    const name = steve.name('exactly');
    const created = await admin.post(CONFIG_MAPS, configMap(name));
    const [version, uid] = [at(created.body, 'metadata.resourceVersion'), at(created.body, 'metadata.uid')];
    const remove = (preconditions: Json): Promise<Answer> => admin.request(`${ CONFIG_MAPS }/${ name }`, {
      method: 'DELETE',
      body: { apiVersion: 'v1', kind: 'DeleteOptions', preconditions },
    });
    const refusals = [
      [{ resourceVersion: '1' }, `the ResourceVersion in the precondition (1) does not match the ResourceVersion in record (${ String(version) }). The object might have been modified`],
      [{ uid: 'other' }, `the UID in the precondition (other) does not match the UID in record (${ String(uid) }). The object might have been deleted and then recreated`],
    ] as const;

    for (const [preconditions, reason] of refusals) {
      const { status, body } = await remove(preconditions);

      assert.deepEqual([status, body.reason, body.message], [409, 'Conflict', `Operation cannot be fulfilled on ConfigMap "${ name }": ${ reason }`]);
    }
    assert.equal((await remove({ resourceVersion: version, uid })).status, 200);
    assert.equal((await admin.get(`${ CONFIG_MAPS }/${ name }`)).status, 404);
  });

  test('a merge patch that carries a resourceVersion applies to that version only', async() => {
    const admin = steve.as('admin');
    const name = steve.name('versioned');
    const created = await admin.post(CONFIG_MAPS, configMap(name));
    const stale = at(created.body, 'metadata.resourceVersion');
    const patch = (path: string, data: Json, resourceVersion: unknown): Promise<Answer> => admin.patch(path, { data, metadata: { resourceVersion } });

    assert.equal((await patch(`${ CONFIG_MAPS }/${ name }`, { a: '2' }, stale)).status, 200);
    const { status, body } = await patch(`${ CONFIG_MAPS }/${ name }`, { a: '3' }, stale);

    assert.deepEqual([status, body.reason], [409, 'Conflict']);
    await admin.remove(`${ CONFIG_MAPS }/${ name }`);
  });

  test('a CloudInit is checked by its definition, dry run or not', async() => {
    const path = '/apis/node.harvesterhci.io/v1beta1/cloudinits';
    const cloudInit = (spec: Json): Json => ({
      apiVersion: 'node.harvesterhci.io/v1beta1',
      kind: 'CloudInit',
      metadata: { name: steve.name('checked') },
      spec,
    });
    const refused = await steve.as('admin').post(`${ path }?dryRun=All`, cloudInit({ filename: 'x.yaml', matchSelector: {} }));

    assert.deepEqual([refused.status, refused.body.reason], [422, 'Invalid']);
    assert.match(String(refused.body.message), /spec\.contents: Required value/);
    assert.equal((await steve.as('admin').post(`${ path }?dryRun=All`, cloudInit({ filename: 'x.yaml', matchSelector: {}, contents: 3 }))).status, 422);
    assert.equal(
      (
        await steve
          .as('admin')
          .post(`${ path }?dryRun=All`, cloudInit({ filename: `${ steve.name('f') }.yaml`, matchSelector: {}, contents: 'stages: {}\n' }))
      ).status,
      201,
    );
  });

  test('a stale resourceVersion conflicts', async() => {
    const admin = steve.as('admin');
    const name = steve.name('stale');
    const created = await admin.post(CONFIG_MAPS, configMap(name));

    await admin.put(`${ CONFIG_MAPS }/${ name }`, { ...created.body, data: { a: '2' } });
    const { status, body } = await admin.put(`${ CONFIG_MAPS }/${ name }`, { ...created.body, data: { a: '3' } });

    assert.deepEqual([status, body.reason, body.code], [409, 'Conflict', 409]);
    await admin.remove(`${ CONFIG_MAPS }/${ name }`);
  });

  test('lists have a revision and are chunked', async() => {
    const first = await steve.as('admin').get('/api/v1/pods?limit=1');

    assert.deepEqual([first.body.kind, (first.body.items as unknown[]).length], ['PodList', 1]);
    assert.match(String(at(first.body, 'metadata.resourceVersion')), /^\d+$/);
    const second = await steve.as('admin').get(`/api/v1/pods?limit=1&continue=${ encodeURIComponent(String(at(first.body, 'metadata.continue'))) }`);

    assert.notEqual(at((second.body.items as Json[])[0], 'metadata.uid'), at((first.body.items as Json[])[0], 'metadata.uid'));
  });

  test('a field selector that the kind does not have is refused', async() => {
    const { status, body } = await steve.as('admin').get('/api/v1/pods?fieldSelector=spec.colour=red');

    assert.deepEqual([status, body.reason], [400, 'BadRequest']);
    assert.match(String(body.message), /field label not supported: spec\.colour/);
  });

  test('events are selected by whom they are about and by the component that they are from', async() => {
    const admin = steve.as('admin');
    const name = steve.name('event');
    const path = `/api/v1/namespaces/${ NAMESPACE }/events`;

    await admin.post(path, {
      apiVersion: 'v1', kind: 'Event', metadata: { name, namespace: NAMESPACE }, involvedObject: { kind: 'Pod', name, namespace: NAMESPACE }, type: 'Warning', reason: 'Evicted', source: { component: 'kubelet', host: 'n' },
    });
    const found = async(selector: string): Promise<number> => ((await admin.get(`/api/v1/events?fieldSelector=${ encodeURIComponent(`involvedObject.name=${ name },${ selector }`) }`)).body.items as Json[]).length;

    assert.deepEqual([await found('involvedObject.kind=Pod,source=kubelet,type=Warning'), await found('source=scheduler'), await found('reason=ResizeCompleted')], [1, 0, 0]);
    await admin.remove(`${ path }/${ name }`);
  });

  test('the version says which Kubernetes it is', async() => {
    const { body } = await steve.as('admin').get('/version');

    assert.match(String(body.gitVersion), /^v1\.\d+\.\d+/);
  });
});

describe('a node and its kubelet', () => {
  let node = '';
  let configz: Answer;
  let summary: Answer;

  before(async() => {
    node = String(rows(await steve.as('admin').get('/v1/nodes'))[0]?.id);
    configz = await steve.as('admin').get(`/api/v1/nodes/${ node }/proxy/configz`);
    summary = await steve.as('admin').get(`/api/v1/nodes/${ node }/proxy/stats/summary`);
  });

  test('configz is a KubeletConfiguration', () => {
    assert.equal(configz.status, 200);
    assert.match(String(at(configz.body, 'kubeletconfig.evictionPressureTransitionPeriod')), /^(\d+h)?(\d+m)?[\d.]+s$/);
    assert.equal(typeof at(configz.body, 'kubeletconfig.maxPods'), 'number');
  });

  test("the summary has memory, filesystem, images, processes and the pods' cgroup", () => {
    const figure = (path: string): number => Number(at(summary.body, path));

    assert.equal(summary.status, 200);
    assert.equal(at(summary.body, 'node.nodeName'), node);
    for (const path of [
      'node.memory.availableBytes',
      'node.memory.workingSetBytes',
      'node.fs.availableBytes',
      'node.fs.capacityBytes',
      'node.fs.inodesFree',
      'node.runtime.imageFs.availableBytes',
      'node.rlimit.maxpid',
      'node.rlimit.curproc',
    ]) {
      assert.ok(figure(path) > 0, path);
    }
    const pods = (at(summary.body, 'node.systemContainers') as Json[]).find(({ name }) => name === 'pods');

    assert.ok(Number(at(pods, 'memory.workingSetBytes')) > 0);
    assert.ok(!Number.isNaN(Date.parse(String(at(summary.body, 'node.memory.time')))));
  });

  test("the summary's pods are those bound to the node", async() => {
    const { body } = await steve.as('admin').get(`/api/v1/pods?fieldSelector=spec.nodeName=${ node }`);
    const bound = (body.items as Json[])
      .filter((pod) => at(pod, 'status.phase') === 'Running')
      // The kubelet knows a static pod by its hash, its mirror in the API by that annotation
      .map((pod) => (at(pod, 'metadata.annotations') as Json | undefined)?.['kubernetes.io/config.mirror'] ?? at(pod, 'metadata.uid'))
      .sort();
    const measured = (summary.body.pods as Json[]).map((pod) => at(pod, 'podRef.uid')).sort();

    assert.ok((body.items as Json[]).every((pod) => at(pod, 'spec.nodeName') === node));
    assert.deepEqual(measured, bound);
  });

  test('metrics are there for every node, through both APIs', async() => {
    const raw = await steve.as('admin').get('/apis/metrics.k8s.io/v1beta1/nodes');
    const steveRows = rows(await steve.as('admin').get('/v1/metrics.k8s.io.nodes'));

    assert.match(
      String(
        at(
          (raw.body.items as Json[]).find((item) => at(item, 'metadata.name') === node),
          'usage.memory',
        ),
      ),
      /^\d+Ki$/,
    );
    assert.ok(steveRows.some(({ id, type }) => id === node && type === 'metrics.k8s.io.nodemetrics'));
  });

  test('an unknown node has no kubelet', async() => {
    assert.equal((await steve.as('admin').get('/api/v1/nodes/no-such-node/proxy/configz')).status, 404);
  });
});
