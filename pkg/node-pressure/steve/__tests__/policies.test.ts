import type { HistoryEntry } from '../../planner/settings/history';
import { cloudInitFor, type CloudInit, type PolicyDraft } from '../../planner/settings/policy';
import type { StoredCloudInit } from '../cloudInits';
import { deletePolicy } from '../deletePolicy';
import { savePolicy } from '../policies';
import { advanceRemoval } from '../removePolicy';
import type { Request, RequestOptions } from '../request';

const KUBERNETES = '/k8s/clusters/c/apis/node.harvesterhci.io/v1beta1/cloudinits';
const ENTRY: HistoryEntry = { time: '2026-08-01T10:00:00Z', user: 'admin', action: 'created' };
const DRAFT: PolicyDraft = { name: 'memory', matchSelector: { zone: 'a', rack: '1' }, paused: false, contents: 'removal' };
const never = new AbortController().signal;

function stored(object: CloudInit, resourceVersion: string): StoredCloudInit {
  return { ...object, metadata: { ...object.metadata, resourceVersion } };
}

const base = stored(cloudInitFor(DRAFT, ENTRY), '7');
const wanted = cloudInitFor({ ...DRAFT, matchSelector: { zone: 'b' }, paused: true }, { ...ENTRY, action: 'changed' }, base);

type Answer = object | Error | { readonly rejects: unknown };

/** Gives one answer after the other, and notes what it was asked. */
function script(...answers: readonly Answer[]): { request: Request; calls: string[]; bodies: unknown[] } {
  const left = [...answers];
  const calls: string[] = [];
  const bodies: unknown[] = [];

  return {
    calls,
    bodies,
    request: async({ method, url, data }: RequestOptions) => {
      const answer = left.shift();

      calls.push(`${ method } ${ url }`);
      bodies.push(data);
      if (!answer || 'rejects' in answer) {
        throw answer ? answer.rejects : new Error(`unexpected ${ method } ${ url }`);
      }

      return answer;
    },
  };
}

const rejects = (_status: number, message = ''): Answer => ({ rejects: { _status, message } });
const CONFLICT = rejects(409, 'modified');
const REHEARSE = `patch ${ KUBERNETES }/memory?dryRun=All`;
const WRITE = `patch ${ KUBERNETES }/memory`;
const LOOK = `get ${ KUBERNETES }/memory`;

const save = (request: Request, from: StoredCloudInit | undefined = base, to = wanted) => savePolicy({ request, clusterId: 'c' }, to, from, never);

it('rehearses, then writes only what changed, on the version that was read', async() => {
  const { request, calls, bodies } = script({}, stored(wanted, '8'));

  await expect(save(request)).resolves.toStrictEqual({ kind: 'saved', object: stored(wanted, '8') });
  expect(calls).toStrictEqual([REHEARSE, WRITE]);
  expect(bodies[1]).toStrictEqual({ metadata: { resourceVersion: '7', annotations: wanted.metadata.annotations }, spec: { matchSelector: { zone: 'b', rack: null }, paused: true } });
  expect(bodies[0]).toStrictEqual(bodies[1]);
});

it('sends the version too where the metadata stay as they are', async() => {
  const { request, bodies } = script({}, base);

  await save(request, base, { ...base, spec: { ...base.spec, paused: true } });
  expect(bodies[1]).toStrictEqual({ metadata: { resourceVersion: '7' }, spec: { paused: true } });
});

it('asks nothing when nothing changes, or the name is none', async() => {
  const { request, calls } = script();

  await expect(save(request, base, base)).resolves.toStrictEqual({ kind: 'saved', object: base });
  await expect(save(request, { ...base, metadata: { ...base.metadata, name: '..' } })).resolves.toStrictEqual({ kind: 'gone' });
  await expect(deletePolicy({ request, clusterId: 'c' }, { ...base, metadata: { ...base.metadata, name: '' } }, never)).resolves.toStrictEqual({ kind: 'deleted' });
  expect(calls).toStrictEqual([]);
});

it('creates what was not there', async() => {
  const { request, calls, bodies } = script({}, base);

  await expect(savePolicy({ request, clusterId: 'c' }, cloudInitFor(DRAFT, ENTRY), undefined, never)).resolves.toMatchObject({ kind: 'saved' });
  expect(calls).toStrictEqual([`post ${ KUBERNETES }?dryRun=All`, `post ${ KUBERNETES }`]);
  expect(bodies[1]).toStrictEqual(cloudInitFor(DRAFT, ENTRY));
});

it('tries again where nodes only reported their state', async() => {
  const live = { ...stored(base, '9'), status: { rollouts: {} }, metadata: { ...base.metadata, resourceVersion: '9', annotations: { ...base.metadata.annotations, hash: 'x' } } };
  const { request, calls, bodies } = script({}, CONFLICT, live, {}, stored(wanted, '10'));

  await expect(save(request)).resolves.toMatchObject({ kind: 'saved', object: { metadata: { resourceVersion: '10' } } });
  expect(calls).toStrictEqual([REHEARSE, WRITE, LOOK, REHEARSE, WRITE]);
  expect(bodies[4]).toMatchObject({ metadata: { resourceVersion: '9' } });
});

it('does not try for ever', async() => {
  const { request, calls } = script(...Array.from({ length: 5 }, () => [CONFLICT, stored(base, '9')]).flat());

  await expect(save(request)).resolves.toStrictEqual({ kind: 'conflict', live: stored(base, '9') });
  expect(calls).toHaveLength(10);
});

it('is a conflict when the policy was touched', async() => {
  const touched = stored({ ...base, spec: { ...base.spec, contents: 'edited' } }, '9');
  const { request } = script(CONFLICT, touched);

  await expect(save(request)).resolves.toStrictEqual({ kind: 'conflict', live: touched });
});

it('recognises its own earlier attempt', async() => {
  const { request } = script(CONFLICT, stored(wanted, '9'));

  await expect(save(request)).resolves.toStrictEqual({ kind: 'saved', object: stored(wanted, '9') });
});

it.each<[string, Answer[], object]>([
  ['a refusal', [rejects(400, 'denied')], { kind: 'refused', message: 'denied' }],
  ['a missing right to rehearse', [rejects(403, 'no')], { kind: 'forbidden', verb: 'patch cloudinits.node.harvesterhci.io', message: 'no' }],
  ['a missing right to write', [{}, rejects(403, 'no')], { kind: 'forbidden', verb: 'patch cloudinits.node.harvesterhci.io', message: 'no' }],
  ['no answer to the rehearsal', [rejects(503)], { kind: 'unreachable', message: '', uncertain: false }],
  ['no answer to the write', [{}, rejects(504)], { kind: 'unreachable', message: '', uncertain: true }],
  ['an odd answer', [{}, { odd: true }], { kind: 'unreachable', message: 'answer is not a CloudInit', uncertain: true }],
  ['an object that is gone', [rejects(404), rejects(404)], { kind: 'gone' }],
  ['a conflict that may not be looked at', [CONFLICT, rejects(403, 'no')], { kind: 'forbidden', verb: 'get cloudinits.node.harvesterhci.io', message: 'no' }],
  ['a conflict that cannot be looked at', [CONFLICT, rejects(503)], { kind: 'unreachable', message: '', uncertain: false }],
])('tells of %s', async(_, answers, outcome) => {
  await expect(save(script(...answers).request)).resolves.toStrictEqual(outcome);
});

it('tells of a type that is not there', async() => {
  const { request } = script(rejects(404, 'the server could not find the requested resource'), rejects(404));

  await expect(savePolicy({ request, clusterId: 'c' }, wanted, undefined, never)).resolves.toStrictEqual({ kind: 'refused', message: 'the server could not find the requested resource' });
});

describe('deleting', () => {
  const remove = (request: Request) => deletePolicy({ request, clusterId: 'c' }, base, never);

  it('names the version, past Steve', async() => {
    const { request, calls, bodies } = script({});

    await expect(remove(request)).resolves.toStrictEqual({ kind: 'deleted' });
    expect([calls, bodies]).toStrictEqual([[`delete ${ KUBERNETES }/memory`], [{ apiVersion: 'v1', kind: 'DeleteOptions', preconditions: { resourceVersion: '7' } }]]);
  });

  it.each<[string, Answer[], object]>([
    ['a change in between', [CONFLICT, stored(base, '9')], { kind: 'conflict', live: stored(base, '9') }],
    ['somebody who was faster', [rejects(404), rejects(404)], { kind: 'deleted' }],
    ['a missing right', [rejects(403, 'no')], { kind: 'forbidden', verb: 'delete cloudinits.node.harvesterhci.io', message: 'no' }],
    ['no answer', [rejects(503)], { kind: 'unreachable', message: '', uncertain: true }],
  ])('tells of %s', async(_, answers, outcome) => {
    await expect(remove(script(...answers).request)).resolves.toStrictEqual(outcome);
  });
});

it('gives nothing back at any step once the caller has lost interest', async() => {
  const aborting = (steps: number, ...answers: Answer[]) => {
    const caller = new AbortController();
    const { request } = script(...answers);
    let count = 0;

    return {
      signal: caller.signal,
      access: {
        clusterId: 'c',
        request:   (options: RequestOptions) => {
          count += 1;
          if (count === steps) {
            caller.abort();
          }

          return request(options);
        },
      },
    };
  };

  for (const { access, signal } of [aborting(1, {}), aborting(2, {}, {}), aborting(3, {}, CONFLICT, base)]) {
    await expect(savePolicy(access, wanted, base, signal)).resolves.toBeUndefined();
  }
  for (const { access, signal } of [aborting(1, {}), aborting(2, CONFLICT, base)]) {
    await expect(deletePolicy(access, base, signal)).resolves.toBeUndefined();
  }
  const { access, signal } = aborting(1, {});

  await expect(advanceRemoval(access, base, [], signal)).resolves.toBeUndefined();
});
