/** @jest-environment node */
import { parseConfigz } from '../../../kubelet/config/configz';
import type { Node } from '../../../harvester/node';
import { kubeletArgsOf } from '../file';
import { leftBehindNodes, leftBehindRemoval } from '../leftBehind';
import { ALL_NODES, cloudInitFor, policyOf, type CloudInit } from '../policy';
import { policyNodes } from '../policyNodes';
import { announcedRemoval, BOOTS_ANNOTATION } from '../removal';
import { removalKey, removalStanding } from '../removalProgress';
import { MEMORY_EVICTION } from './builders';

const ENTRY = { time: '2026-08-21T12:00:00Z', user: 'admin', action: 'removed', before: MEMORY_EVICTION } as const;
const IN_SYNC = { conditions: [{ type: 'Present', status: 'True' }, { type: 'OutOfSync', status: 'False' }] };
const EFFECTIVE = parseConfigz({ kubeletconfig: MEMORY_EVICTION });

function node(name: string, { started = false, labels = {}, boot = 'b' }: { started?: boolean; labels?: Record<string, string>; boot?: string } = {}): Node {
  return {
    metadata: { name, labels: { ...ALL_NODES, 'kubernetes.io/hostname': name, ...labels }, ...(started && { annotations: { 'rke2.io/node-args': JSON.stringify(kubeletArgsOf(MEMORY_EVICTION)) } }) },
    status:   { capacity: { memory: '64Gi' }, conditions: [{ type: 'Ready', status: 'True' }], nodeInfo: { bootID: boot } },
  };
}

function policy(matchSelector: Readonly<Record<string, string>> = ALL_NODES, names: readonly string[] = ['node-1', 'node-2']): CloudInit {
  const object = cloudInitFor({ name: 'memory', matchSelector, paused: false, contents: { settings: MEMORY_EVICTION, minimumMemoryKib: 1 } }, { ...ENTRY, action: 'created', before: undefined });

  return { ...object, status: { rollouts: Object.fromEntries(names.map((name) => [name, IN_SYNC])) } };
}

describe('a saved policy on its nodes', () => {
  it('names those first that need attention, and counts those that wait for their boot', () => {
    const nodes = [node('node-1', { started: true }), node('node-2'), node('witness', { labels: { 'node-role.harvesterhci.io/witness': 'true' } }), { metadata: { name: 'stranger' } }];

    expect(policyNodes(policy(), nodes, new Map([['node-1', EFFECTIVE], ['node-2', parseConfigz({ kubeletconfig: {} })]]))).toStrictEqual({
      nodes:     [{ name: 'node-2', state: 'pendingReboot', tone: 'info' }, { name: 'witness', state: 'keptOut', tone: 'info' }, { name: 'node-1', state: 'inSync', tone: 'success' }],
      waiting:   1,
      allInSync: false,
      isSingle:  false,
    });
  });

  it('is done when all nodes run with it, those apart that the guard keeps out', () => {
    const witness = node('witness', { labels: { 'node-role.harvesterhci.io/witness': 'true' } });
    const done = (nodes: readonly Node[]): boolean => policyNodes(policy(), nodes, new Map([['node-1', EFFECTIVE]])).allInSync;

    expect([done([node('node-1'), witness]), done([witness]), done([])]).toStrictEqual([true, false, false]);
    expect(policyNodes(policy(), [node('node-1')], new Map()).isSingle).toBe(true);
  });
});

describe('settings that were left behind', () => {
  const elsewhere = policy({ zone: 'b' });

  it('are found on nodes that no policy matches any more', () => {
    const hostless = { ...node('node-2', { started: true }), metadata: { ...node('node-2', { started: true }).metadata, labels: ALL_NODES } };

    expect(leftBehindNodes([elsewhere], [node('node-1', { started: true }), hostless, node('node-3')])).toStrictEqual([
      { name: 'node-1', policy: 'memory', settings: MEMORY_EVICTION, matchSelector: { 'kubernetes.io/hostname': 'node-1' } }, { name: 'node-2', policy: 'memory', settings: MEMORY_EVICTION },
    ]);
    expect(leftBehindNodes([policy()], [node('node-1', { started: true })])).toStrictEqual([]);
  });

  it('are taken away by a removal for that node alone', () => {
    const removal = leftBehindRemoval({ name: 'node-1', policy: 'memory', settings: MEMORY_EVICTION, matchSelector: { 'kubernetes.io/hostname': 'node-1' } }, ENTRY);

    expect(policyOf(removal)).toStrictEqual({ name: 'left-behind-node-1', matchSelector: { 'kubernetes.io/hostname': 'node-1' }, paused: false, contents: { kind: 'removal' }, history: [ENTRY] });
    expect(removalStanding(removal, [node('node-1'), node('node-2')])).toMatchObject({ step: 'await', arriving: ['node-1'], total: 1 });
  });
});

describe('a removal', () => {
  const nodes = [node('node-1', { boot: 'new' }), node('node-2'), node('witness', { labels: { 'node-role.harvesterhci.io/witness': 'true' } })];
  const noted = (boots: Record<string, string>, rollouts = {}): CloudInit => {
    const removal = announcedRemoval(policy(), ENTRY);

    return { ...removal, metadata: { ...removal.metadata, annotations: { ...removal.metadata.annotations, [BOOTS_ANNOTATION]: JSON.stringify(boots) } }, status: { rollouts } };
  };

  it('counts the nodes that are done', () => {
    expect(removalStanding(noted({ 'node-1': 'old', 'node-2': 'b' }), nodes)).toStrictEqual({ step: 'await', arriving: [], rebooting: ['node-2'], done: 1, total: 2 });
    expect(removalStanding(noted({ 'node-1': 'old', 'node-2': 'a' }), nodes)).toStrictEqual({ step: 'delete', arriving: [], rebooting: [], done: 2, total: 2 });
    expect(removalStanding(noted({}, { 'node-1': IN_SYNC }), nodes)).toStrictEqual({ step: 'note', arriving: [], rebooting: [], done: 0, total: 2 });
  });

  it('may go on when the object or a node’s boot changes, not with every heartbeat', () => {
    const object = noted({});
    const beat = { ...nodes[0], metadata: { ...nodes[0]?.metadata, resourceVersion: '2' } } as Node;

    expect(removalKey(object, [beat])).toBe(removalKey(object, nodes.slice(0, 1)));
    expect(removalKey(object, [node('node-1', { boot: 'newer' })])).not.toBe(removalKey(object, nodes.slice(0, 1)));
    expect(removalKey({ ...object, metadata: { ...object.metadata, resourceVersion: '2' } }, nodes)).not.toBe(removalKey(object, nodes));
    expect(removalKey(object, [{ metadata: { name: 'bare' } }])).toBe('[null,[["bare",null,null,null]]]');
  });
});
