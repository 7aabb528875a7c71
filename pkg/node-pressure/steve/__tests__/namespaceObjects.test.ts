import { readRaiseObjects } from '../namespaceObjects';
import type { Request, RequestOptions } from '../request';

const never = new AbortController().signal;

function cluster(answers: Readonly<Record<string, unknown>>): { request: Request; urls: string[] } {
  const urls: string[] = [];

  return {
    urls,
    request: async({ url }: RequestOptions) => {
      urls.push(url);
      const answer = answers[url.split('/').at(-1) ?? ''];

      return answer instanceof Error ? Promise.reject(Object.assign(answer, { _status: 403 })) : answer ?? { items: [] };
    },
  };
}

it('reads quotas after the migrations that their raises belong to', async() => {
  const { request, urls } = cluster({ resourcequotas: { items: [{ metadata: { name: 'q' } }, null] }, virtualmachineinstancemigrations: { items: [{ metadata: { name: 'm' } }] } });

  await expect(readRaiseObjects({ request, clusterId: 'c' }, 'a b', never)).resolves.toStrictEqual({
    resourceQuotas: [{ metadata: { name: 'q' } }], instances: [], migrations: [{ metadata: { name: 'm' } }],
  });
  expect(urls).toStrictEqual([
    '/k8s/clusters/c/apis/kubevirt.io/v1/namespaces/a%20b/virtualmachineinstances',
    '/k8s/clusters/c/apis/kubevirt.io/v1/namespaces/a%20b/virtualmachineinstancemigrations',
    '/k8s/clusters/c/api/v1/namespaces/a%20b/resourcequotas',
  ]);
});

it.each([
  ['virtualmachineinstancemigrations', 'list virtualmachineinstancemigrations.kubevirt.io'],
  ['resourcequotas', 'list resourcequotas'],
])('says which right is missing for %s', async(resource, verb) => {
  const { request } = cluster({ [resource]: new Error('no') });

  await expect(readRaiseObjects({ request, clusterId: 'c' }, 'prod', never)).resolves.toMatchObject({ kind: 'forbidden', verb });
});

it('is silent once it was called off', async() => {
  const abort = new AbortController();

  abort.abort();

  await expect(readRaiseObjects({ request: cluster({}).request, clusterId: 'c' }, 'prod', abort.signal)).resolves.toBeUndefined();
});
