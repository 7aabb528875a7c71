import type { Node } from '../../../harvester/node';
import { finding } from '../finding';
import { ALL_NODES, type CloudInit, type Policy } from '../policy';
import { confirmationsFor, differsFrom, isConfirmationNeeded, isPolicyName, leavingNodes, saveObstacles, writerNotices, type SaveGateInput } from '../saveGate';
import { MEMORY_EVICTION } from './builders';

const node = (name: string, args: readonly string[] = []): Node => ({ metadata: { name, labels: { 'harvesterhci.io/managed': 'true', zone: name }, annotations: { 'rke2.io/node-args': JSON.stringify(['server', ...args]) } } });
const NODES = [node('node-1'), node('node-2')];
const RIGHTS = { create: true, patch: true, remove: true };
const DRAFT = { name: 'memory', matchSelector: ALL_NODES, settings: MEMORY_EVICTION };
const stored = (more: Partial<Policy> = {}): Policy => ({ name: 'memory', matchSelector: ALL_NODES, paused: false, contents: { kind: 'settings', settings: MEMORY_EVICTION, minimumMemoryKib: 1 }, history: [], ...more });
const cloudInit = (name: string, contents: string): CloudInit => ({ metadata: { name }, spec: { matchSelector: {}, filename: `${ name }.yaml`, contents } });
const INPUT: SaveGateInput = { draft: DRAFT, findings: [], checking: false, matched: NODES, policies: [], others: [], rights: RIGHTS };

const codes = (more: Partial<SaveGateInput>): string[] => saveObstacles({ ...INPUT, ...more }).map(({ code }) => code);

describe('what keeps a draft from being saved', () => {
  it('is nothing for a new policy that was checked', () => {
    expect(codes({})).toStrictEqual([]);
    expect(codes({ findings: [finding('evictsNow'), finding('memoryUnprotected')] })).toStrictEqual([]);
  });

  it('is a missing right, for the one that is needed', () => {
    const rights = { create: false, patch: true, remove: true, missing: 'create cloudinits.node.harvesterhci.io' };

    expect(saveObstacles({ ...INPUT, rights })).toStrictEqual([{ code: 'forbidden', params: { verb: rights.missing } }]);
    expect(codes({ rights, base: stored({ matchSelector: {} }) })).toStrictEqual([]);
    expect(codes({ rights: { ...RIGHTS, patch: false }, base: stored({ matchSelector: {} }) })).toStrictEqual(['forbidden']);
  });

  it('is a name that is none or is taken, only for a new policy', () => {
    expect(codes({ draft: { ...DRAFT, name: 'No Name' } })).toStrictEqual(['nameInvalid']);
    expect(codes({ policies: [stored({ matchSelector: { zone: 'none' } })] })).toStrictEqual(['nameTaken']);
    expect(codes({ others: [cloudInit('memory', 'stages: {}')] })).toStrictEqual(['nameTaken']);
    expect(codes({ base: stored({ matchSelector: {} }), policies: [stored()] })).toStrictEqual([]);
  });

  it.each([['a', true], ['memory-6gi', true], ['', false], ['-a', false], ['a-', false], ['a.b', false], ['A', false], ['../x', false], ['a'.repeat(63), true], ['a'.repeat(64), false]])('knows whether %j is a name', (name, is) => {
    expect(isPolicyName(name)).toBe(is);
  });

  it('is another policy on the same nodes, whatever that one says', () => {
    const other = stored({ name: 'other', matchSelector: { zone: 'node-2' }, contents: { kind: 'removal' } });

    expect(saveObstacles({ ...INPUT, policies: [other] })).toStrictEqual([{ code: 'overlap', params: { policy: 'other', nodes: 'node-2', count: 1 } }]);
  });

  it('is a check that is not through or found what must not be saved, no nodes, or no change', () => {
    expect(codes({ checking: true, matched: [], findings: [finding('notReadmitted')] })).toStrictEqual(['noNodes', 'blocked', 'checking']);
    expect(codes({ base: stored() })).toStrictEqual(['unchanged']);
  });
});

describe('a draft differs from what is stored', () => {
  it.each([
    ['in nothing', DRAFT, stored(), false],
    ['in a value', { ...DRAFT, settings: { ...MEMORY_EVICTION, systemReserved: { memory: '3Gi' } } }, stored(), true],
    ['in a map that is empty and not written', { ...DRAFT, settings: { ...MEMORY_EVICTION, evictionSoft: {} } }, stored(), true],
    ['in a label', { ...DRAFT, matchSelector: { 'harvesterhci.io/managed': 'false' } }, stored(), true],
    ['in a label more', { ...DRAFT, matchSelector: { ...ALL_NODES, zone: 'a' } }, stored(), true],
    ['in a pause that comes back', { ...DRAFT, paused: true }, stored(), true],
    ['in a pause that is there already', { ...DRAFT, paused: true }, stored({ paused: true }), false],
    ['in nothing while it is paused', DRAFT, stored({ paused: true }), false],
    ['from a removal', DRAFT, stored({ contents: { kind: 'removal' } }), true],
  ])('%s', (_, draft, policy, differs) => {
    expect(differsFrom(draft, policy)).toBe(differs);
  });
});

describe('others who have a say', () => {
  it('are CloudInits with kubelet arguments, and one that writes our file', () => {
    const others = [cloudInit('ntp', 'stages: {}'), cloudInit('args', 'kubelet-arg+: []'), cloudInit('same', '/etc/rancher/rke2/config.yaml.d/99-z02-node-pressure.yaml')];

    expect(writerNotices({ matched: NODES, policies: [], others })).toStrictEqual([{ code: 'otherCloudInit', params: { name: 'args' } }, { code: 'sameFile', params: { name: 'same' } }]);
  });

  it('are arguments that nodes were started with and no policy wrote', () => {
    const foreign = node('node-1', ['--kubelet-arg', 'eviction-hard=memory.available<1Gi']);
    const ours = node('node-2', ['eviction-hard=imagefs.available<5%,memory.available<6Gi,nodefs.available<5%', 'eviction-minimum-reclaim=imagefs.available=10%,memory.available=4Gi,nodefs.available=10%', 'system-reserved=memory=2Gi', 'system-reserved=cpu=400m']);
    const matched = [foreign, ours, node('node-3', ['eviction-hard=memory.available<1Gi']), { metadata: { name: 'silent' } }];

    expect(writerNotices({ matched, policies: [stored()], others: [] })).toStrictEqual([{ code: 'otherArguments', params: { argument: 'eviction-hard=memory.available<1Gi', node: 'node-1', more: 1 } }]);
  });
});

describe('what has to be confirmed', () => {
  const sameFile = { code: 'sameFile', params: { name: 'x' } } as const;

  it('is nothing where nothing is dangerous', () => {
    const needed = confirmationsFor([finding('memoryUnprotected')], stored(), [{ code: 'otherCloudInit', params: { name: 'y' } }]);

    expect([needed, isConfirmationNeeded(needed)]).toStrictEqual([{ findings: [], notes: [] }, false]);
    expect(isConfirmationNeeded(confirmationsFor([], undefined, []))).toBe(false);
  });

  it('is a dangerous finding, contents that somebody edited, and another writer of our file', () => {
    expect(isConfirmationNeeded(confirmationsFor([finding('evictsNow')], undefined, []))).toBe(true);
    const needed = confirmationsFor([], stored({ contents: { kind: 'foreign' } }), [sameFile]);

    expect([needed.notes, isConfirmationNeeded(needed)]).toStrictEqual([[{ code: 'replacesForeign', params: {} }, sameFile], true]);
  });
});

it('knows the nodes that leave a policy', () => {
  const draft = { ...DRAFT, matchSelector: { zone: 'node-1' } };

  expect(leavingNodes(draft, stored(), NODES)).toStrictEqual(['node-2']);
  expect([leavingNodes(DRAFT, stored(), NODES), leavingNodes(draft, undefined, NODES), leavingNodes(draft, stored({ contents: { kind: 'removal' } }), NODES)]).toStrictEqual([[], [], []]);
});
