import { flushPromises } from '@vue/test-utils';
import { parseConfigz } from '../../../kubelet/config/configz';
import { finding } from '../../../planner/settings/finding';
import { previewSettings } from '../../../planner/settings/preview';
import type { Settings } from '../../../planner/settings/settings';
import { testNode, testPod, usage } from '../../../planner/settings/__tests__/nodes';
import { ALL_NODES, type CloudInit } from '../../../planner/settings/policy';
import ForeignContents from '../ForeignContents.vue';
import LeftBehind from '../LeftBehind.vue';
import PolicyHistory from '../PolicyHistory.vue';
import PolicyNodes from '../PolicyNodes.vue';
import PolicyPreview from '../PolicyPreview.vue';
import RemovalNotice from '../removal/RemovalNotice.vue';
import { open } from './dashboard';
import { HARD, PRESENT, RIGHTS, startedNode, storedPolicy } from './policies';

const ARGS = ['eviction-hard=memory.available<1Gi'];
const SIX: Settings = { evictionHard: { 'memory.available': '6Gi', 'nodefs.available': '5%', 'imagefs.available': '5%' } };

describe('the preview', () => {
  const props = (settings: Settings, nodes: Parameters<typeof previewSettings>[1]) => ({ preview: previewSettings(settings, nodes), settings, minimumMemoryKib: 1024, findings: [] });

  it('says what changes on every node, and shows the exact file', () => {
    const vm = testPod('virt-launcher-db-1-x', '4Gi', { vm: 'db-1' });
    const { text } = open(PolicyPreview, props(SIX, [testNode({ pods: [vm], podStats: [usage(vm.metadata.name, 5)] })]));

    expect(text('np-preview-counts')).toBe('1 of 1 nodes changesNo node evicts at once1 VM becomes first in lineAll pods are admitted again');
    expect(text('np-preview-node-1')).toContain('before:32 GiB → after:26 GiB');
    expect(text('np-preview-node-1')).toContain('memory.available hard before:none → after:6 GiB');
    expect(text('np-preview-node-1')).toMatch(/VM\s*prod\/db-1/);
    expect(text('np-settings-file')).toBe('kubelet-arg+: - "eviction-hard=imagefs.available<5%,memory.available<6Gi,nodefs.available<5%"');
    expect(text('np-boot-file')).toContain('-ge 1024 ]');
  });

  it('has no file and no nodes while a kubelet would not start', () => {
    const { text, has } = open(PolicyPreview, { preview: undefined, settings: { evictionHard: { 'memory.available': 'x' } }, minimumMemoryKib: 1024, findings: [] });

    expect([has('np-no-preview'), has('np-settings-file'), text('np-exact-file')]).toStrictEqual([true, false, expect.stringContaining('There is no file as long as')]);
  });

  it('names pods that are lost, a node that evicts at once and one that was not read', () => {
    const { text } = open(PolicyPreview, {
      ...props({ evictionHard: { 'memory.available': '30Gi' } }, [testNode({ name: 'a' }), testNode({ name: 'b', configuration: null, use: null })]), findings: [{ ...finding('notReadmitted', undefined, {}, { pods: [{ namespace: 'a', name: 'b' }] }), nodes: ['a'] }],
    });

    expect(text('np-preview-counts')).toContain('1 node evicts at once');
    expect(text('np-preview-counts')).toContain('1 pod could not be admitted again on 1 node');
    expect([text('np-preview-a'), text('np-preview-b')]).toStrictEqual([expect.stringContaining('Evicts at once'), expect.stringContaining('Not read')]);
  });

  it('shows of very many nodes those that matter most, and the others when asked', async() => {
    const { wrapper, click, text } = open(PolicyPreview, props(SIX, Array.from({ length: 14 }, (_, index) => testNode({ name: `node-${ index }` }))));
    const rows = (): number => wrapper.findAll('tbody tr').length;

    expect([rows(), text('np-preview-more')]).toStrictEqual([12, 'Show 2 more']);
    await click('np-preview-more');
    expect(rows()).toBe(14);
  });
});

describe('a saved policy', () => {
  const policy = storedPolicy({ status: { rollouts: { 'node-1': PRESENT } } });

  it('says per node what is left to do, and how', () => {
    const { text } = open(PolicyNodes, { policy, nodes: [startedNode('node-1'), startedNode('node-2')], configurations: new Map([['node-1', parseConfigz({ kubeletconfig: {} })]]) });

    expect(text('np-after')).toContain('2 nodes take the settings at the next boot.');
    expect(text('np-after-node-1')).toBe('node-1Pending rebootReboot through maintenance mode.');
    expect(text('np-after-node-2')).toContain('Waits for node-manager');
  });

  it('is done when the nodes run with it', () => {
    const { text } = open(PolicyNodes, { policy, nodes: [startedNode('node-1', ARGS)], configurations: new Map([['node-1', parseConfigz({ kubeletconfig: HARD })]]) });

    expect(text('np-after')).toBe('The node runs with these settings.');
  });

  it('warns of a single node', () => {
    const { text } = open(PolicyNodes, { policy, nodes: [startedNode('node-1')], configurations: new Map([['node-1', parseConfigz({ kubeletconfig: {} })]]) });

    expect(text('np-after')).toMatch(/The only node has nowhere to migrate virtual machines to, so they stop/);
    expect(text('np-after')).not.toContain('maintenance mode');
    expect(text('np-after-node-1')).toBe('node-1Pending rebootShut the virtual machines down, then reboot.');
  });
});

describe('the history', () => {
  it('says who did what, and puts the settings before into the form', async() => {
    const undone: unknown[] = [];
    const { text, click } = open(PolicyHistory, { policy: storedPolicy({ settings: SIX }), rights: RIGHTS, onUndo: (before: unknown) => undone.push(before) });

    expect(text('np-history')).toMatch(/Grace created the policy\s*3 values differ from now\s*Undo this change/);
    await click('np-history-undo-0');
    expect(undone).toStrictEqual([{ settings: HARD }]);
  });

  it.each([[{ zone: 'a', rack: '1' }, 'Nodes before: rack=1,zone=a'], [ALL_NODES, 'Nodes before: All Harvester nodes']])('goes back to the nodes before, too: %j', async(beforeSelector, sentence) => {
    const undone: unknown[] = [];
    const { object, policy: { history, ...rest } } = storedPolicy({ settings: SIX });
    const policy = { object, policy: { ...rest, matchSelector: { zone: 'b' }, history: history.map((entry) => ({ ...entry, beforeSelector })) } };
    const { text, click } = open(PolicyHistory, { policy, rights: RIGHTS, onUndo: (before: unknown) => undone.push(before) });

    expect(text('np-history')).toContain(sentence);
    await click('np-history-undo-0');
    expect(undone).toStrictEqual([{ settings: HARD, matchSelector: beforeSelector }]);
  });

  it.each([[true, 'Was paused before'], [false, 'Was not paused before']])('goes back to whether it was paused, too: %s', async(paused, sentence) => {
    const undone: unknown[] = [];
    const { object, policy: { history, ...rest } } = storedPolicy({ paused: !paused });
    const policy = { object, policy: { ...rest, history: history.map((entry) => ({ ...entry, beforePaused: paused })) } };
    const { text, click } = open(PolicyHistory, { policy, rights: RIGHTS, onUndo: (before: unknown) => undone.push(before) });

    expect(text('np-history')).toContain(sentence);
    await click('np-history-undo-0');
    expect(undone).toStrictEqual([{ settings: HARD, paused }]);
  });

  it.each([['en-us', '8/1/2026'], ['zh-hans', '2026/8/1'], ['none', String(new Date('2026-08-01T10:00:00Z').getFullYear())]])('prints dates in the language %s', (language, date) => {
    expect(open(PolicyHistory, { policy: storedPolicy(), rights: RIGHTS }, { language }).text('np-history')).toContain(date);
  });

  it('offers no undo to those who may not save', () => {
    expect(open(PolicyHistory, { policy: storedPolicy(), rights: { ...RIGHTS, patch: false } }).has('np-history-undo-0')).toBe(false);
  });
});

describe('contents that were edited outside', () => {
  it('are shown as they are, and what can be read out of them is taken over', async() => {
    const adopted: Settings[] = [];
    const contents = storedPolicy().object.spec.contents.replace('memory.available<1Gi', 'memory.available<3Gi');
    const { text, click } = open(ForeignContents, { policy: storedPolicy({ contents }), onAdopt: (settings: Settings) => adopted.push(settings) });

    expect(text('np-foreign-contents')).toContain('memory.available<3Gi');
    await click('np-adopt');
    expect(adopted).toStrictEqual([{ evictionHard: { 'memory.available': '3Gi' } }]);
  });

  it('that say nothing about the kubelet are only shown', () => {
    const { has, text } = open(ForeignContents, { policy: storedPolicy({ contents: '<script>alert(1)</script>' }) });

    expect([has('np-adopt'), text('np-foreign-contents')]).toStrictEqual([false, '<script>alert(1)</script>']);
  });
});

describe('settings that were left behind', () => {
  const elsewhere = storedPolicy();
  const policy = { object: { ...elsewhere.object, spec: { ...elsewhere.object.spec, matchSelector: { zone: 'b' } } }, policy: { ...elsewhere.policy, matchSelector: { zone: 'b' } } };

  it('are taken from their node by a removal of its own', async() => {
    const { text, click, requests, growls } = open(LeftBehind, { nodes: [startedNode('node-1', ARGS), startedNode('node-2')], policies: [policy], rights: RIGHTS }, { answer: ({ data }) => ({ ...data as CloudInit, metadata: { ...(data as CloudInit).metadata, resourceVersion: '1' } }) });

    expect(text('np-left-node-1')).toContain('node-1 still runs with settings of the policy memory');
    await click('np-left-remove-node-1');
    await flushPromises();
    expect(requests[1]?.data).toMatchObject({ metadata: { name: 'left-behind-node-1' }, spec: { matchSelector: { 'kubernetes.io/hostname': 'node-1' } } });
    expect(growls[0]?.message).toContain('A removal for node-1 has begun');
  });

  it('stay when the API says no', async() => {
    const { text, click } = open(LeftBehind, { nodes: [startedNode('node-1', ARGS)], policies: [policy], rights: RIGHTS }, { answer: () => ({ _status: 422, message: 'denied' }) });

    await click('np-left-remove-node-1');
    expect(text('np-left-node-1')).toContain('Kubernetes refuses it: denied');
  });
});

it('a policy that is being turned off can be kept', async() => {
  const kept: unknown[] = [];
  const { history, ...rest } = storedPolicy({ settings: 'removal' }).policy;
  const { click } = open(RemovalNotice, { policy: { ...rest, history: history.map((entry) => ({ ...entry, beforePaused: true })) }, onKeep: (former: unknown) => kept.push(former) });

  await click('np-keep');
  expect(kept).toStrictEqual([{ settings: HARD, paused: true }]);
});
