import type { ResourceQuota } from '../../harvester/migration/objects';
import type { AnnotationPatch } from '../../planner/migration/report';
import { patchAnnotations } from '../annotations';
import { writeNamespaceQuota, type QuotaWriteOutcome } from '../namespaceQuota';
import type { RequestOptions } from '../request';
import { vmPodsPlan } from '../vmPods';

const never = new AbortController().signal;
const QUOTA = 'field.cattle.io/resourceQuota';
const repair: AnnotationPatch = { type: 'resourcequota', namespace: 'prod', name: 'default-q', body: { metadata: { resourceVersion: '7', annotations: { 'harvesterhci.io/migratingUID-1': null } } } };
const patch: AnnotationPatch = { type: 'namespace', name: 'prod', body: { metadata: { resourceVersion: '7', annotations: { [QUOTA]: 'new' } } } };
const rollback: AnnotationPatch = { type: 'namespace', name: 'prod', body: { metadata: { resourceVersion: '7', annotations: { [QUOTA]: 'old' } } } };

/** A cluster in which one namespace and its quotas can be read, and everything is noted that is written. */
function cluster(answers: { namespace?: unknown; quotas?: unknown; writes?: (unknown | Error)[] }) {
  const writes: RequestOptions[] = [];
  const left = [...(answers.writes ?? [])];

  return {
    writes,
    clusterId: 'c 1',
    async request(options: RequestOptions): Promise<unknown> {
      if (options.method !== 'get') {
        writes.push(options);
        const next = left.shift();

        if (next instanceof Error) {
          throw Object.assign(next, { _status: 409 });
        }

        return {};
      }
      const answer = options.url.endsWith('/resourcequotas') ? answers.quotas ?? { items: [] } : typeof answers.namespace === 'function' ? answers.namespace() : answers.namespace;

      return answer ?? Promise.reject(Object.assign(new Error('gone'), { _status: 404 }));
    },
  };
}

describe('patchAnnotations', () => {
  it('changes only annotations, of exactly that version', async() => {
    const { writes, ...access } = cluster({});

    await expect(patchAnnotations(access, repair, never)).resolves.toStrictEqual({ kind: 'written', body: {} });
    expect(writes).toMatchObject([{
      url: '/k8s/clusters/c%201/api/v1/namespaces/prod/resourcequotas/default-q', method: 'patch', data: repair.body, headers: { 'content-type': 'application/merge-patch+json' },
    }]);
  });

  it.each([
    { ...repair, body: { metadata: { annotations: {} } } },
    { ...repair, name: '..' },
    { ...repair, namespace: '' },
  ])('writes nothing unconditionally, and to no other path', async(odd) => {
    const { writes, ...access } = cluster({});

    await expect(patchAnnotations(access, odd, never)).resolves.toMatchObject({ kind: 'missing' });
    expect(writes).toStrictEqual([]);
  });

  it('says which right is missing', async() => {
    const request = async(): Promise<never> => Promise.reject(Object.assign(new Error('no'), { _status: 403 }));

    await expect(patchAnnotations({ request, clusterId: 'c' }, repair, never)).resolves.toStrictEqual({ kind: 'forbidden', verb: 'patch resourcequotas', message: 'no' });
  });
});

describe('writeNamespaceQuota', () => {
  const ours = { metadata: { resourceVersion: '9', annotations: { [QUOTA]: 'new' } } };
  const run = (access: ReturnType<typeof cluster>, verdict: () => boolean | undefined, signal = never): Promise<QuotaWriteOutcome | undefined> => writeNamespaceQuota(access, { namespace: 'prod', patch, rollback, verdict }, signal);

  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick', 'setImmediate'] });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('waits until Rancher took it over', async() => {
    const access = cluster({ namespace: ours, quotas: { items: [{ spec: { hard: {} } }, 'odd'] } });
    const seen: (readonly ResourceQuota[])[] = [];
    const outcome = writeNamespaceQuota(access, { namespace: 'prod', patch, rollback, verdict: (_namespace, quotas) => (seen.push(quotas) > 2 ? true : undefined) }, never);

    await jest.advanceTimersByTimeAsync(2_000);

    await expect(outcome).resolves.toStrictEqual({ kind: 'accepted' });
    expect(seen[0]).toStrictEqual([{ spec: { hard: {} } }]);
    expect(access.writes).toHaveLength(1);
  });

  it('takes a refused value back, on the version as it is then', async() => {
    const access = cluster({ namespace: ours });

    await expect(run(access, () => false)).resolves.toStrictEqual({ kind: 'takenBack', refused: true });
    expect(access.writes[1]?.data).toStrictEqual({ metadata: { resourceVersion: '9', annotations: { [QUOTA]: 'old' } } });
  });

  it('takes back what nobody took over in time', async() => {
    const access = cluster({ namespace: ours });
    const outcome = run(access, () => undefined);

    await jest.advanceTimersByTimeAsync(21_000);

    await expect(outcome).resolves.toStrictEqual({ kind: 'takenBack', refused: false });
  });

  it('leaves what somebody else has written meanwhile', async() => {
    const access = cluster({ namespace: { metadata: { resourceVersion: '9', annotations: { [QUOTA]: 'theirs' } } } });

    await expect(run(access, () => false)).resolves.toStrictEqual({ kind: 'leftBehind', refused: true, message: '' });
    expect(access.writes).toHaveLength(1);
  });

  it('says so when the old value could not be put back', async() => {
    const access = cluster({ namespace: ours, writes: [{}, new Error('changed')] });

    await expect(run(access, () => false)).resolves.toStrictEqual({ kind: 'leftBehind', refused: true, message: 'changed' });
  });

  it('says so when the namespace cannot be read any more', async() => {
    const found = [ours];
    const access = cluster({ namespace: () => found.pop() });
    const outcome = run(access, () => true);

    await jest.advanceTimersByTimeAsync(21_000);

    await expect(outcome).resolves.toStrictEqual({ kind: 'leftBehind', refused: false, message: 'gone' });
  });

  it.each([
    [403, { kind: 'forbidden', verb: 'get namespaces', message: 'no' }],
    [500, { kind: 'refused', message: 'no' }],
  ])('writes nothing where it cannot be read what becomes of it: %d', async(_status, outcome) => {
    const access = cluster({ namespace: () => Promise.reject(Object.assign(new Error('no'), { _status })) });

    await expect(run(access, () => true)).resolves.toStrictEqual(outcome);
    expect(access.writes).toStrictEqual([]);
  });

  it('passes a failed write on', async() => {
    await expect(run(cluster({ namespace: ours, writes: [new Error('changed')] }), () => true)).resolves.toStrictEqual({ kind: 'conflict', message: 'changed' });
  });

  it('is silent once it was called off, and still takes back what is refused', async() => {
    const abort = new AbortController();
    const access = cluster({ namespace: ours });
    const outcome = run(access, () => {
      abort.abort();

      return false;
    }, abort.signal);

    await expect(outcome).resolves.toBeUndefined();
    expect(access.writes[1]?.data).toStrictEqual({ metadata: { resourceVersion: '9', annotations: { [QUOTA]: 'old' } } });
  });
});

describe('vmPodsPlan', () => {
  const plan = vmPodsPlan('c 1', 'prod');

  it('asks for pods of VMs of one namespace only', () => {
    expect([decodeURIComponent(plan.url), plan.verb]).toStrictEqual(['/k8s/clusters/c 1/api/v1/namespaces/prod/pods?labelSelector=kubevirt.io in (virt-launcher,hotplug-disk)', 'list pods']);
  });

  it('keeps what migrations depend on, and drops the rest', () => {
    const [pod] = plan.parse({ items: [{
      metadata: { name: 'virt-launcher-a', namespace: 'prod', labels: { 'kubevirt.io': 'virt-launcher' }, annotations: { much: 'x' } },
      spec:     { nodeName: 'n', nodeSelector: { a: 'b' }, volumes: [{}], containers: [{ name: 'compute', image: 'x', env: [], resources: { limits: { cpu: '1' } } }], initContainers: [{ name: 'init', image: 'y' }] },
      status:   { phase: 'Running', podIP: '10.0.0.1' },
    }] });

    expect(JSON.parse(JSON.stringify(pod))).toStrictEqual({
      metadata: { name: 'virt-launcher-a', namespace: 'prod', labels: { 'kubevirt.io': 'virt-launcher' } },
      spec:     { nodeName: 'n', nodeSelector: { a: 'b' }, containers: [{ name: 'compute', resources: { limits: { cpu: '1' } } }], initContainers: [{ name: 'init' }] },
      status:   { phase: 'Running' },
    });
  });
});
