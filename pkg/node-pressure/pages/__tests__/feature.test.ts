import { axe } from 'jest-axe';
import type { RequestOptions } from '../../steve/request';
import { HEALTHY, pageUnderTest } from './page';
import { configz, memory, rejection, type StageOptions } from './stage';

const { open, text } = pageUnderTest();

const NAME = 'harvester-baremetal-container-workload';
const OFF = { kind: 'Feature', metadata: { name: NAME, resourceVersion: '7' }, spec: { value: null }, status: { default: false, lockedValue: null }, links: { update: 'https://x' } };
const PROTECTED = {
  enforceNodeAllocatable: ['pods'], evictionHard: { 'imagefs.available': '5%', 'memory.available': '6Gi', 'nodefs.available': '5%' }, evictionSoft: { 'memory.available': '8Gi' }, evictionSoftGracePeriod: { 'memory.available': '1m' },
  evictionMaxPodGracePeriod: 120, systemReserved: { memory: '4Gi' },
};

/** Rancher's and Harvester's answers around the readiness list; `put` is what becomes of the write. */
function rancher(put: (options: RequestOptions) => unknown = () => OFF, plain: readonly string[] = ['shop'], feature: object = OFF) {
  return (options: RequestOptions): unknown => {
    const { url, method } = options;
    const [, namespace] = /\/namespaces\/([^/]+)\/pods\?limit=1/.exec(url) ?? [];

    if (url.includes('management.cattle.io.features')) {
      return method === 'put' ? put(options) : feature;
    }
    if (namespace !== undefined) {
      return { items: plain.includes(namespace) ? [{}] : [] };
    }
    if (url.endsWith('/resourcequotas')) {
      return { items: [{ metadata: { namespace: 'shop' }, spec: { hard: { 'limits.memory': '8Gi' } } }] };
    }

    return url.endsWith('/limitranges') ? { items: [] } : undefined;
  };
}

const OBJECTS = {
  namespace:                     ['kube-system', 'prod', 'shop'].map((name) => ({ metadata: { name } })),
  'kubevirt.io.virtualmachine': [{ metadata: { name: 'db-1', namespace: 'prod' } }],
};
const READY: StageOptions = {
  nodes:   [{ name: 'node-1' }],
  answers: { configz: () => configz(PROTECTED), summary: () => ({ ...memory(50, 14) as object, node: { memory: { workingSetBytes: 50 * 2 ** 30, availableBytes: 14 * 2 ** 30 }, systemContainers: [{ name: 'pods', memory: { workingSetBytes: 47 * 2 ** 30, availableBytes: 13 * 2 ** 30 } }] } }) },
  feature: OFF,
  objects: OBJECTS,
  respond: rancher(),
};

async function openDialog(options: StageOptions) {
  const opened = await open(options);

  await opened.wrapper.find('[data-testid="np-feature-change"]').trigger('click');
  await opened.pass(1_000);
  await opened.pass(1_000);
  const button = () => opened.wrapper.find('[data-testid="np-confirm"]');

  return { ...opened, button, disabled: () => button().attributes('disabled') !== undefined };
}

describe('turning it on', () => {
  it('takes one click where everything is there', async() => {
    const puts: RequestOptions[] = [];
    const { button, disabled, wrapper, pass } = await openDialog({
      ...READY, respond: rancher((options) => {
        puts.push(options);

        return OFF;
      })
    });

    expect(text('np-readiness-memoryEviction')).toBe('Met Memory eviction on every node The node has a hard memory threshold.');
    expect(text('np-readiness-namespacesApart')).toContain('The namespace with containers has no virtual machines.');
    expect(wrapper.find('[data-testid="np-typed"]').exists()).toBe(false);
    expect(disabled()).toBe(false);
    await button().trigger('click');
    await pass(10);
    expect(puts[0]?.data).toMatchObject({ metadata: { resourceVersion: '7' }, spec: { value: true } });
    expect(wrapper.find('[data-testid="np-dialog"]').exists()).toBe(false);
  });

  it('asks for a word where something is missing, and says what and where it is done', async() => {
    const { disabled, wrapper, pass } = await openDialog({ ...HEALTHY, feature: OFF, objects: OBJECTS, respond: rancher(undefined, ['prod', 'shop']) });

    expect(text('np-readiness-memoryEviction')).toBe('Not met Memory eviction on every node 1 of 2 nodes have no hard memory threshold: node-2. Go to Settings');
    expect(text('np-readiness-softTier')).toContain('2 of 2 nodes have no soft memory threshold, or give pods one second to stop: node-1, node-2.');
    expect(text('np-readiness-namespacesApart')).toContain('1 of 2 namespaces with containers have virtual machines, too: prod.');
    expect(text('np-readiness-memoryLimits')).toContain('1 of 2 namespaces with containers have neither a quota nor a range of memory limits: prod.');
    expect(disabled()).toBe(true);
    await wrapper.find('[data-testid="np-typed"]').setValue('yes');
    expect(disabled()).toBe(true);
    await wrapper.find('[data-testid="np-typed"]').setValue(NAME);
    await pass(1);
    expect(disabled()).toBe(false);
    expect(wrapper.find('[data-testid="np-readiness-memoryEviction"] a').attributes('href')).toContain('#settings');
  });

  it('takes nothing for met that it may not read', async() => {
    const { disabled } = await openDialog({ ...READY, answers: {}, objects: {}, respond: rancher() });

    expect(text('np-readiness-memoryEviction')).toContain('Not known');
    expect(text('np-readiness-namespacesApart')).toContain('This needs the right list namespaces');
    expect(disabled()).toBe(true);
  });

  it.each([
    ['refused', rejection(400, 'admission webhook "x" denied the request: locked'), OFF, 'Rancher refused it: admission webhook "x" denied the request: locked'],
    ['forbidden', rejection(403, 'no'), OFF, 'Your account lacks the right update features.management.cattle.io.'],
    ['done by somebody else', OFF, { ...OFF, spec: { value: true } }, 'Somebody else has turned it on meanwhile. Nothing was changed.'],
  ])('is %s', async(_what, answer, now, words) => {
    const { button, pass } = await openDialog({ ...READY, respond: rancher(() => answer, ['shop'], now) });

    await button().trigger('click');
    await pass(10);
    expect(text('np-feature-problem')).toBe(words);
  });
});

describe('turning it off', () => {
  it('says what stays, and asks for nothing more', async() => {
    const { wrapper, disabled } = await openDialog({ ...READY, feature: { ...OFF, spec: { value: true } } });

    expect(text('np-dialog')).toContain('Containers that run here keep running');
    expect(wrapper.find('[data-testid^="np-readiness"]').exists()).toBe(false);
    expect(disabled()).toBe(false);
  });

  it('is called off by Escape', async() => {
    const { wrapper, pass } = await openDialog({ ...READY, feature: { ...OFF, spec: { value: true } } });

    await wrapper.find('dialog').trigger('cancel');
    await pass(1);
    expect(wrapper.find('dialog').exists()).toBe(false);
  });
});

it.each([
  ['a locked value', { ...OFF, status: { default: false, lockedValue: false } }, 'Locked by Rancher’s configuration.'],
  ['a missing right', { ...OFF, links: {} }, 'Changing it needs the right update features.management.cattle.io.'],
  ['what nobody may change', { ...OFF, links: { update: 'blocked' } }, 'Changing it needs the right'],
])('cannot be changed for %s, and says so', async(_what, feature, words) => {
  const { wrapper } = await open({ ...READY, feature });

  expect(wrapper.find('[data-testid="np-feature-change"]').exists()).toBe(false);
  expect(text('np-feature')).toContain(words);
});

it('is accessible with its list', async() => {
  const { wrapper } = await openDialog({ ...HEALTHY, feature: OFF, objects: OBJECTS, respond: rancher() });

  jest.useRealTimers();
  expect((await axe(wrapper.find('dialog').element)).violations.map(({ id }) => id)).toStrictEqual([]);
});
