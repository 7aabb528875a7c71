/** @jest-environment node */
import { classifyFailure } from '../failure';
import type { RequestOptions } from '../request';
import { isAllowed, isUnwatchable, requireListable, rightOf } from '../rights';

const NODES = { group: '', resource: 'nodes' };
const CLOUD_INITS = { group: 'node.harvesterhci.io', resource: 'cloudinits' };
const { signal } = new AbortController();

const LIST = '/v1/nodes';

/** An API server that allows some verbs, and the objects that Steve lists; `answer` replaces what it says. */
function cluster(allowed: readonly string[], answer?: () => Promise<unknown>, data: readonly unknown[] = []) {
  const requests: RequestOptions[] = [];
  const request = async(options: RequestOptions): Promise<unknown> => {
    if (options.url === LIST) {
      return { data };
    }
    const { spec } = options.data as { spec: { resourceAttributes: { verb: string } } };

    requests.push(options);

    return answer ? answer() : { status: { allowed: allowed.includes(spec.resourceAttributes.verb) } };
  };

  return { request, requests, clusterId: 'c-1' };
}

it.each([[NODES, 'list nodes'], [CLOUD_INITS, 'list cloudinits.node.harvesterhci.io']])('names a right as Kubernetes does: %j', (resource, right) => {
  expect(rightOf('list', resource)).toBe(right);
});

it('asks the API server of the cluster', async() => {
  const access = cluster(['list']);

  await expect(isAllowed(access, 'list', CLOUD_INITS, signal)).resolves.toBe(true);
  await expect(isAllowed(access, 'watch', CLOUD_INITS, signal)).resolves.toBe(false);
  expect(access.requests[0]).toMatchObject({
    url: '/k8s/clusters/c-1/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', method: 'post', data: { spec: { resourceAttributes: { verb: 'list', group: 'node.harvesterhci.io', resource: 'cloudinits' } } },
  });
});

it.each([
  ['no answer', () => Promise.reject(new Error('away'))],
  ['a page', async() => '<html>'],
  ['no status', async() => ({})],
  ['no word', async() => ({ status: { allowed: 'yes' } })],
])('does not know with %s, and then denies nothing', async(_name, answer) => {
  const access = cluster([], answer);

  await expect(isAllowed(access, 'list', NODES, signal)).resolves.toBeUndefined();
  await expect(requireListable(access, NODES, LIST)).resolves.toBeUndefined();
  await expect(isUnwatchable(access, NODES, signal)).resolves.toBe(false);
});

it('tells an empty list from one that may not be seen', async() => {
  await expect(requireListable(cluster(['list']), NODES, LIST)).resolves.toBeUndefined();
  const reason: unknown = await requireListable(cluster(['watch']), NODES, LIST).catch((error: unknown) => error);

  expect(classifyFailure(reason, 'list nodes')).toStrictEqual({ kind: 'forbidden', verb: 'list nodes', message: 'the right to list nodes is missing' });
});

it('takes what is in some namespaces for a list', async() => {
  await expect(requireListable(cluster([], undefined, [{}]), NODES, LIST)).resolves.toBeUndefined();
});

it.each([
  [['list', 'watch'], false],
  [['list'], true],
  // May be of single namespaces, whose changes Steve does tell
  [[], false],
])('with %j: whether changes are kept from the user', async(allowed, expected) => {
  await expect(isUnwatchable(cluster(allowed), NODES, signal)).resolves.toBe(expected);
});
