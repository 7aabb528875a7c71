import { flushPromises } from '@vue/test-utils';
import { BOOTS_ANNOTATION } from '../../../planner/settings/removal';
import { policyOf, type CloudInit } from '../../../planner/settings/policy';
import type { RequestOptions } from '../../../steve/request';
import PolicyActions from '../PolicyActions.vue';
import { open, type Answer } from './dashboard';
import { HARD, PRESENT, RIGHTS, startedNode, storedPolicy, type PolicyOptions } from './policies';

const NODES = [startedNode('node-1'), startedNode('node-2')];

/** What a kubelet and the API server say about a node without pods. */
function read({ url }: RequestOptions): unknown {
  if (url.endsWith('/configz')) {
    return { kubeletconfig: { evictionHard: { 'memory.available': '1Gi' }, evictionPressureTransitionPeriod: '5m' } };
  }

  return url.endsWith('/summary') ? { node: { memory: { workingSetBytes: 2 ** 30, availableBytes: 63 * 2 ** 30 } }, pods: [] } : { items: [] };
}

/** An API server that merges patches into an object, as far as labels, annotations and spec go. */
function patching(object: CloudInit): Answer {
  return (options) => {
    if (options.method === 'get') {
      return read(options);
    }
    const { metadata, spec } = options.data as Partial<CloudInit>;

    return { ...object, metadata: { ...object.metadata, annotations: { ...object.metadata.annotations, ...metadata?.annotations } }, spec: { ...object.spec, ...spec } };
  };
}

function scene(options: PolicyOptions = {}, { answer, nodes = NODES, rights = RIGHTS }: { answer?: Answer; nodes?: typeof NODES; rights?: typeof RIGHTS } = {}) {
  const policy = storedPolicy(options);
  let duplicates = 0;
  const dashboard = open(PolicyActions, {
    policy, nodes, rights, onDuplicate: () => {
      duplicates += 1;
    },
  }, { answer: answer ?? patching(policy.object) });

  return {
    ...dashboard,
    duplicates: () => duplicates,
    /** The bodies of what was really written. */
    written:    () => dashboard.requests.filter(({ method, url }) => method !== 'get' && !url.includes('dryRun')),
    async confirm() {
      await dashboard.wrapper.find('dialog form').trigger('submit');
      await flushPromises();
    },
  };
}

describe('a policy', () => {
  it('is paused, and nothing else changes', async() => {
    const { click, confirm, has, written } = scene();

    await click('np-pause-memory');
    await confirm();
    expect([has('np-dialog'), written()[0]?.data]).toMatchObject([false, { spec: { paused: true } }]);
    expect(Object.keys((written()[0]?.data as CloudInit).spec)).toStrictEqual(['paused']);
  });

  it('gets another name for people', async() => {
    const { click, type, confirm, written } = scene();

    await click('np-rename-memory');
    await type('np-display-name', 'Memory first');
    await confirm();
    expect(written()[0]?.data).toStrictEqual({ metadata: { annotations: { 'node-pressure.harvesterhci.io/display-name': 'Memory first' }, resourceVersion: '1' } });
  });

  it('is duplicated elsewhere', async() => {
    const { click, duplicates } = scene();

    await click('np-duplicate-memory');
    expect(duplicates()).toBe(1);
  });

  it('is turned off only after its name was typed: the removal goes out first', async() => {
    const { click, type, confirm, isDisabled, written } = scene();

    await click('np-remove-memory');
    expect(isDisabled('np-confirm')).toBe(true);
    await confirm();
    expect(written()).toStrictEqual([]);
    await type('np-typed', 'memory');
    await confirm();
    expect((written()[0]?.data as CloudInit).spec.contents).toContain('rm -f /etc/rancher/rke2/config.yaml.d/99-z02-node-pressure.yaml');
    expect((written()[0]?.data as CloudInit).metadata.annotations?.['node-pressure.harvesterhci.io/history']).toContain('"user":"Ada","action":"removed","before":{"evictionHard"');
  });

  it('reaches the nodes when it is turned off while it is paused, and its pause is remembered', async() => {
    const { click, type, confirm, written } = scene({ paused: true });

    await click('np-remove-memory');
    await type('np-typed', 'memory');
    await confirm();
    const { spec, metadata } = written()[0]?.data as CloudInit;

    expect([spec.paused, metadata.annotations?.['node-pressure.harvesterhci.io/history']]).toStrictEqual([false, expect.stringContaining('"beforePaused":true')]);
  });

  it('stays as it is when the API says no, in its own words', async() => {
    const { click, confirm, text, has } = scene({}, { answer: () => ({ _status: 422, message: 'denied by a webhook' }) });

    await click('np-pause-memory');
    await confirm();
    expect([has('np-dialog'), text('np-action-failure')]).toStrictEqual([true, 'Not done. Kubernetes refuses it: denied by a webhook']);
  });

  it('stays as it is when somebody else has changed it', async() => {
    const other = storedPolicy({ settings: { evictionHard: { 'memory.available': '9Gi' } }, version: '2' }).object;
    const { click, confirm, text } = scene({}, { answer: ({ method }) => (method === 'get' ? other : { _status: 409, message: 'modified' }) });

    await click('np-pause-memory');
    await confirm();
    expect(text('np-action-failure')).toBe('Somebody has changed the policy meanwhile. Look at it and try again.');
  });

  it('offers nothing to those who may not', () => {
    expect(scene({}, { rights: { create: false, patch: false, remove: false } }).wrapper.find('button').exists()).toBe(false);
  });
});

describe('resuming', () => {
  const settle = async(): Promise<void> => {
    await flushPromises();
    await jest.advanceTimersByTimeAsync(1_000);
    await flushPromises();
  };

  beforeEach(() => jest.useFakeTimers({ doNotFake: ['setImmediate', 'queueMicrotask', 'nextTick'] }));
  afterEach(() => jest.useRealTimers());

  it('checks the settings against the nodes as they are now', async() => {
    const { click, confirm, text, isDisabled, written } = scene({ paused: true });

    await click('np-resume-memory');
    expect([text('np-resume-check'), isDisabled('np-confirm')]).toStrictEqual(['Nodes are still being read and checked.', true]);
    await settle();
    expect([text('np-resume-check'), isDisabled('np-confirm')]).toStrictEqual(['They were checked against the nodes as they are now.', false]);
    await confirm();
    expect(written()[0]?.data).toMatchObject({ spec: { paused: false } });
  });

  it('is refused where a kubelet would not start, or pods would be lost', async() => {
    const { click, text, isDisabled } = scene({ paused: true, settings: { ...HARD, systemReserved: { memory: '80Gi' } } });

    await click('np-resume-memory');
    await settle();
    expect(text('np-resume-check')).toContain('It cannot be resumed');
    expect(isDisabled('np-confirm')).toBe(true);
  });

  it('of dangerous settings takes the typed name', async() => {
    const { click, type, text, isDisabled } = scene({ paused: true, settings: { ...HARD, systemReserved: { memory: '40Gi' } } });

    await click('np-resume-memory');
    await settle();
    expect([text('np-resume-check'), isDisabled('np-confirm')]).toStrictEqual(['These settings are dangerous on the nodes as they are now:', true]);
    await type('np-typed', 'memory');
    expect(isDisabled('np-confirm')).toBe(false);
  });
});

describe('a removal', () => {
  const status = { rollouts: { 'node-1': PRESENT } };

  it('notes which nodes have it, and says which have not', async() => {
    const { text, written } = scene({ settings: 'removal', status });

    await flushPromises();
    expect((written()[0]?.data as CloudInit).metadata.annotations).toStrictEqual({ [BOOTS_ANNOTATION]: '{"node-1":"boot-1"}' });
    expect(text('np-removal')).toContain('Noting which nodes have the removal');
  });

  it('waits for boots, and goes on when a node has booted', async() => {
    const annotations = { [BOOTS_ANNOTATION]: '{"node-1":"boot-1","node-2":"boot-1"}' };
    const { text, wrapper, requests } = scene({ settings: 'removal', annotations });

    await flushPromises();
    expect([text('np-removal'), requests]).toStrictEqual([expect.stringContaining('0 of 2 nodes are done'), []]);
    expect(text('np-removal')).toContain('Still to boot once: node-1, node-2.');

    await wrapper.setProps({ nodes: [startedNode('node-1', [], 'boot-2'), startedNode('node-2')] });
    expect(text('np-removal')).toContain('1 of 2 nodes are done');
    await wrapper.setProps({ nodes: [startedNode('node-1', [], 'boot-2'), startedNode('node-2', [], 'boot-2')] });
    await flushPromises();
    expect(requests.map(({ method, url }) => `${ method } ${ url }`)).toStrictEqual(['delete /k8s/clusters/c-1/apis/node.harvesterhci.io/v1beta1/cloudinits/memory']);
  });

  it('tries again what did not get through, and says why it cannot go on', async() => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'queueMicrotask', 'nextTick'] });
    const { text, requests } = scene({ settings: 'removal', status }, { answer: () => ({ _status: 503, message: 'no route' }) });

    await flushPromises();
    expect(text('np-removal')).toContain('It cannot go on: Not done, because there is no answer: no route');
    const before = requests.length;

    await jest.advanceTimersByTimeAsync(30_000);
    await flushPromises();
    jest.useRealTimers();
    expect(requests.length).toBeGreaterThan(before);
  });

  it('is left to those who may', async() => {
    const { text, requests } = scene({ settings: 'removal', status }, { rights: { create: true, patch: true, remove: false } });

    await flushPromises();
    expect([text('np-removal'), requests]).toStrictEqual([expect.stringContaining('Going on takes the right delete cloudinits.node.harvesterhci.io'), []]);
  });

  it('that somebody paused is resumed', async() => {
    const { click, text, written } = scene({ settings: 'removal', paused: true });

    expect(text('np-removal')).toContain('The policy is paused, so that the removal reaches no node.');
    await click('np-removal-resume');
    expect((written()[0]?.data as CloudInit).spec.paused).toBe(false);
  });
});

it('keeps the settings in the history of a policy that was turned off', () => {
  expect(policyOf(storedPolicy({ settings: 'removal' }).object).history[0]?.before).toStrictEqual(HARD);
});
