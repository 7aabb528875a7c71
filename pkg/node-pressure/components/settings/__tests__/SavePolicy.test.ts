import { flushPromises } from '@vue/test-utils';
import type { Draft } from '../../../planner/settings/draft';
import { finding } from '../../../planner/settings/finding';
import { ALL_NODES, cloudInitFor, HISTORY_ANNOTATION, policyOf, type PolicyDraft } from '../../../planner/settings/policy';
import { node } from '../../../planner/__tests__/fixtures';
import type { StoredCloudInit, StoredPolicy } from '../../../steve/cloudInits';
import type { RequestOptions } from '../../../steve/request';
import SavePolicy from '../SavePolicy.vue';
import { open, type Answer } from './dashboard';

const hard = (memory: string, more: Record<string, string> = {}) => ({ evictionHard: { 'memory.available': memory, ...more } });
const DRAFT: Draft = { name: 'memory', matchSelector: ALL_NODES, settings: hard('2Gi') };
const RIGHTS = { create: true, patch: true, remove: true };

function stored(settings: Draft['settings'], version: string, user = 'Grace', more: Partial<PolicyDraft> = {}): StoredPolicy {
  const made = cloudInitFor({ name: 'memory', matchSelector: ALL_NODES, paused: false, contents: { settings, minimumMemoryKib: 64 * 2 ** 20 }, ...more }, { time: `2026-08-01T00:00:0${ version }Z`, user, action: 'changed' });
  const object: StoredCloudInit = { ...made, metadata: { ...made.metadata, resourceVersion: version } };

  return { object, policy: policyOf(object) };
}

function scene(props: Record<string, unknown> = {}, answer?: Answer) {
  const events = { saved: [] as StoredCloudInit[], rebase: [] as { base?: StoredPolicy; draft: Draft }[] };
  const dashboard = open(SavePolicy, {
    draft: DRAFT, findings: [], checking: false, matched: [node()], rights: RIGHTS, policies: [], others: [],
    onSaved: (object: StoredCloudInit) => events.saved.push(object), onRebase: (rebased: { base?: StoredPolicy; draft: Draft }) => events.rebase.push(rebased), ...props,
  }, answer ? { answer } : {});

  return { ...dashboard, events };
}

/** An API server that takes everything, as it would give it out. */
const accepting: Answer = ({ data }) => ({ spec: {}, ...data as object, metadata: { ...(data as { metadata: object }).metadata, name: 'memory', resourceVersion: '9' } });

/** One that has another version of the policy than the draft was made from. */
const conflicting = (live: StoredCloudInit): Answer => ({ method }) => (method === 'get' ? live : { _status: 409, message: 'the object has been modified' });

const writes = (requests: readonly RequestOptions[]): string[] => requests.filter(({ method }) => method !== 'get').map(({ method, url }) => `${ method } ${ url }`);

describe('saving', () => {
  it('rehearses and writes exactly what the preview shows, says so, and hands the object on', async() => {
    const { click, type, requests, growls, events } = scene({}, accepting);

    await type('np-reason', ' peaks at night ');
    await click('np-save-button');

    expect(writes(requests)).toStrictEqual([
      'post /k8s/clusters/c-1/apis/node.harvesterhci.io/v1beta1/cloudinits?dryRun=All', 'post /k8s/clusters/c-1/apis/node.harvesterhci.io/v1beta1/cloudinits',
    ]);
    expect(policyOf(events.saved[0] as StoredCloudInit)).toMatchObject({ contents: { settings: DRAFT.settings, minimumMemoryKib: Math.floor(64 * 2 ** 20 * 0.99) }, history: [{ user: 'Ada', action: 'created', reason: 'peaks at night' }] });
    expect(document.activeElement?.getAttribute('data-testid')).toBe('np-save');
    expect(growls).toStrictEqual([{ title: 'Policy memory saved', message: 'It takes effect at each node’s next boot.' }]);
  });

  it('keeps a paused policy paused, and says what that means', async() => {
    const { click, growls, requests } = scene({ base: stored(hard('1Gi'), '1', 'Grace', { paused: true }) }, ({ data }) => accepting({ data: { ...data as object, spec: { ...stored(hard('2Gi'), '2', 'Ada', { paused: true }).object.spec } } } as RequestOptions));

    await click('np-save-button');
    expect(requests.map(({ method }) => method)).toStrictEqual(['patch', 'patch']);
    expect(growls[0]?.message).toBe('The policy is paused, so no node gets it before it is resumed.');
  });
});

it('remembers the nodes before only where they change', async() => {
  const entries = async(matchSelector: Draft['matchSelector']): Promise<unknown> => {
    const { click, requests } = scene({ base: stored(hard('1Gi'), '1'), draft: { ...DRAFT, matchSelector } }, ({ data }) => accepting({ data: { ...stored(hard('2Gi'), '2').object, ...data as object } } as RequestOptions));

    await click('np-save-button');

    return JSON.parse((requests.at(-1)?.data as StoredCloudInit).metadata.annotations?.[HISTORY_ANNOTATION] ?? '');
  };

  expect(await entries({ zone: 'a' })).toMatchObject([{ user: 'Ada', before: hard('1Gi'), beforeSelector: ALL_NODES }, {}]);
  expect(await entries(ALL_NODES)).toStrictEqual([expect.not.objectContaining({ beforeSelector: expect.anything() }), expect.anything()]);
});

it.each([
  [true, 'Saving also pauses the policy, as it was then. No further node gets it before it is resumed.'],
  [false, 'Saving also resumes the policy, which was not paused then.'],
])('brings back whether the policy was paused (%s), says so before, and remembers it', async(paused, sentence) => {
  const { click, text, requests } = scene({ base: stored(hard('1Gi'), '1', 'Grace', { paused: !paused }), draft: { ...DRAFT, paused } }, ({ data }) => accepting({ data: { ...stored(hard('2Gi'), '2').object, ...data as object } } as RequestOptions));

  expect(text('np-pausing')).toBe(sentence);
  await click('np-save-button');
  const { spec, metadata } = requests.at(-1)?.data as StoredCloudInit;

  expect([spec.paused, JSON.parse(metadata.annotations?.[HISTORY_ANNOTATION] ?? '')[0].beforePaused]).toStrictEqual([paused, !paused]);
});

it('says nothing of a pause that stays as it is', async() => {
  const { click, has, requests } = scene({ base: stored(hard('1Gi'), '1', 'Grace', { paused: true }) }, ({ data }) => accepting({ data: { ...stored(hard('2Gi'), '2').object, ...data as object } } as RequestOptions));

  expect(has('np-pausing')).toBe(false);
  await click('np-save-button');
  expect((requests.at(-1)?.data as StoredCloudInit).metadata.annotations?.[HISTORY_ANNOTATION]).not.toContain('beforePaused');
});

describe('what cannot be saved', () => {
  it.each([
    ['a check that is not through', { checking: true }, 'Nodes are still being read and checked.'],
    ['a finding that blocks', { findings: [finding('notReadmitted')] }, 'The findings above have to be mended first.'],
    ['a missing right', { rights: { ...RIGHTS, create: false } }, 'Saving takes the right create cloudinits.node.harvesterhci.io, which your account lacks.'],
    ['nothing changed', { base: stored(DRAFT.settings, '1') }, 'Nothing is changed.'],
    ['no node', { matched: [] }, 'No node matches, so that nothing can be checked. Choose nodes first.'],
  ])('%s', (_, props, sentence) => {
    const { isDisabled, text } = scene(props);

    expect([isDisabled('np-save-button'), text('np-obstacles')]).toStrictEqual([true, sentence]);
  });
});

describe('what is dangerous', () => {
  it('is saved only after the policy’s name was typed', async() => {
    const { click, type, text, isDisabled, has, wrapper, requests, events } = scene({ findings: [finding('reservesMuch', undefined, { withheldBytes: 1, capacityBytes: 2 })] }, accepting);

    await click('np-save-button');
    expect([has('np-dialog'), isDisabled('np-confirm'), requests]).toStrictEqual([true, true, []]);
    expect(text('np-dangers')).not.toBe('');
    await type('np-typed', 'memor');
    expect(isDisabled('np-confirm')).toBe(true);
    await type('np-typed', 'memory');
    await wrapper.find('dialog form').trigger('submit');
    await flushPromises();

    expect([has('np-dialog'), events.saved]).toMatchObject([false, [{ metadata: { name: 'memory' } }]]);
  });

  it('can be left', async() => {
    const { click, has, wrapper, requests } = scene({ findings: [finding('reservesMuch', undefined, { withheldBytes: 1, capacityBytes: 2 })] });

    await click('np-save-button');
    await wrapper.find('dialog').trigger('cancel');
    expect([has('np-dialog'), requests]).toStrictEqual([false, []]);
  });

  it('are contents of others, which nobody replaces without a word', async() => {
    const base = stored(hard('1Gi'), '1');
    const object = { ...base.object, spec: { ...base.object.spec, contents: 'stages: {}' } };
    const sameFile = { ...base.object, metadata: { name: 'theirs', resourceVersion: '1' }, spec: { ...base.object.spec, contents: 'rm -f /etc/rancher/rke2/config.yaml.d/99-z02-node-pressure.yaml' } };
    const { click, text } = scene({ base: { object, policy: policyOf(object) }, others: [sameFile] });

    expect(text('np-writer')).toContain('The CloudInit theirs writes or removes the very file');
    await click('np-save-button');
    expect(text('np-dangers')).toMatch(/contents that somebody edited outside are replaced.*The CloudInit theirs/);
  });
});

it('says which nodes leave the policy and keep its settings', () => {
  const { text } = scene({ base: stored(hard('1Gi'), '1'), draft: { ...DRAFT, matchSelector: { zone: 'a' } }, nodes: [node({ name: 'node-1' }), node({ name: 'node-2', labels: { ...ALL_NODES, zone: 'a' } })] });

  expect(text('np-leaving')).toContain('node-1 leaves the policy and keeps its settings');
});

describe('somebody else has saved meanwhile', () => {
  const base = stored(hard('1Gi'), '1');

  it('something else: both changes come together, and are to be looked at', async() => {
    const live = stored(hard('1Gi', { 'nodefs.available': '5%' }), '2');
    const { click, text, events } = scene({ base }, conflicting(live.object));

    await click('np-save-button');
    expect(events.rebase).toStrictEqual([{ base: live, draft: { ...DRAFT, settings: hard('2Gi', { 'nodefs.available': '5%' }) } }]);
    expect(text('np-merged')).toContain('Grace has saved meanwhile. Their changes are in the form now, beside yours. Look at it and save again: nodefs.available: hard threshold: not set → 5%');
  });

  it('the same thing: both values are shown, and one is chosen', async() => {
    const live = stored(hard('3Gi'), '2', 'Grace', { matchSelector: { zone: 'b' } });
    const { click, text, isDisabled, wrapper, events } = scene({ base, draft: { ...DRAFT, matchSelector: { zone: 'a' } } }, conflicting(live.object));

    await click('np-save-button');
    expect(text('np-clash')).toContain('Grace has changed the same things meanwhile');
    expect(wrapper.findAll('[data-testid="np-conflict"]').map((row) => row.text().replace(/\s+/g, ' '))).toStrictEqual(['memory.available: hard threshold 2Gi 3Gi', 'nodes zone=a zone=b']);
    expect(isDisabled('np-conflicts-done')).toBe(true);

    for (const input of wrapper.findAll('input[value="theirs"]')) {
      await input.setValue();
    }
    await click('np-conflicts-done');
    expect(events.rebase).toStrictEqual([{ base: live, draft: { ...DRAFT, settings: hard('3Gi'), matchSelector: { zone: 'b' } } }]);
  });

  it.each([
    ['removal', { ...base.object, spec: { ...stored(hard('1Gi'), '2', 'Grace', { contents: 'removal' }).object.spec } }, 'has begun to take this policy’s settings'],
    ['foreign', { ...base.object, spec: { ...base.object.spec, contents: 'stages: {boot: []}' } }, 'were edited outside meanwhile'],
  ])('a %s: nothing of the draft is lost', async(_, live, sentence) => {
    const { click, text, events } = scene({ base }, conflicting({ ...live, metadata: { ...live.metadata, resourceVersion: '2', annotations: stored(hard('1Gi'), '2').object.metadata.annotations ?? {} } }));

    await click('np-save-button');
    expect(text('np-clash')).toContain(sentence);
    await click('np-clash-proceed');
    expect(events.rebase[0]).toMatchObject({ base: { object: { metadata: { resourceVersion: '2' } } }, draft: DRAFT });
  });

  it('a policy of the same name', async() => {
    const { click, text, has } = scene({}, conflicting(stored(hard('3Gi'), '2').object));

    await click('np-save-button');
    expect([text('np-clash'), has('np-clash-proceed')]).toStrictEqual(['A CloudInit called memory was created meanwhile. Choose another name; what you typed is still here.', false]);
  });
});

describe('a save that fails', () => {
  const failing = (status: number, message: string): Answer => ({ url }) => (url.includes('dryRun') ? { _status: status, message } : accepting);

  it.each([
    ['is refused by a webhook', failing(422, 'admission webhook "x" denied the request: filename already in use'), 'Not saved. Kubernetes refuses it: admission webhook "x" denied the request: filename already in use'],
    ['is forbidden', failing(403, 'cloudinits.node.harvesterhci.io is forbidden: User "u" cannot create resource "cloudinits" in API group "node.harvesterhci.io" at the cluster scope'), 'it takes the right create cloudinits.node.harvesterhci.io'],
    ['gets no answer to the rehearsal', failing(503, 'gone fishing'), 'Not saved, because there is no answer: gone fishing'],
  ])('%s: the reason is told in its own words', async(_, answer, sentence) => {
    const { click, text, events, isDisabled } = scene({}, answer);

    await click('np-save-button');
    expect(text('np-save-failure')).toContain(sentence);
    expect([events.saved, isDisabled('np-save-button')]).toStrictEqual([[], false]);
  });

  it('gets no answer to the write: nobody knows, and saving again finds out', async() => {
    let kept: unknown;
    let isDown = true;
    const { click, text, events, wrapper } = scene({}, (options) => {
      if (options.url.includes('dryRun')) {
        return kept ? { _status: 409, message: 'already exists' } : accepting(options);
      }
      if (options.method === 'get') {
        return kept;
      }
      kept ??= accepting(options);

      return isDown ? { _status: 504, message: 'gateway timeout' } : kept;
    });

    await click('np-save-button');
    expect(text('np-save-failure')).toContain('nobody knows whether it was saved: gateway timeout');
    isDown = false;
    // The Dashboard's watch brings it, and it is no reason not to save
    await wrapper.setProps({ policies: [stored(DRAFT.settings, '9', 'Ada')] });
    await click('np-save-button');
    expect(events.saved).toStrictEqual([kept]);
  });

  it('finds the policy deleted: it can be created anew', async() => {
    const { click, text, events } = scene({ base: stored(hard('1Gi'), '1') });

    await click('np-save-button');
    expect(text('np-save-failure')).toContain('the policy was deleted meanwhile');
    await click('np-create-anew');
    expect(events.rebase).toStrictEqual([{ draft: DRAFT }]);
  });
});
