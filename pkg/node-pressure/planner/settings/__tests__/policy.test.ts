/** @jest-environment node */
import { cloudInitContents, REMOVAL_CONTENTS } from '../contents';
import { addToHistory, parseHistory, type HistoryEntry } from '../history';
import { ALL_NODES, cloudInitFor, HISTORY_ANNOTATION, isPolicy, matchesNode, POLICY_LABEL, policyOf, type CloudInit, type PolicyDraft } from '../policy';
import { MEMORY_EVICTION } from './builders';

const GUARDED = { settings: MEMORY_EVICTION, minimumMemoryKib: 32_000_000 };
const ENTRY: HistoryEntry = { time: '2026-08-01T10:00:00Z', user: 'admin', action: 'created' };
const DRAFT: PolicyDraft = { name: 'all-nodes', matchSelector: ALL_NODES, paused: false, contents: GUARDED };

describe('a policy’s object', () => {
  it('is a CloudInit with our label and the first entry of its history', () => {
    expect(cloudInitFor(DRAFT, ENTRY)).toStrictEqual({
      apiVersion: 'node.harvesterhci.io/v1beta1',
      kind:       'CloudInit',
      metadata:   { name: 'all-nodes', labels: { [POLICY_LABEL]: 'true' }, annotations: { [HISTORY_ANNOTATION]: JSON.stringify([ENTRY]) } },
      spec:       { filename: '99_node_pressure_all-nodes.yaml', matchSelector: ALL_NODES, contents: cloudInitContents(GUARDED), paused: false },
    });
  });

  it('is read back as the policy', () => {
    expect(policyOf(cloudInitFor(DRAFT, ENTRY))).toStrictEqual({ name: 'all-nodes', matchSelector: ALL_NODES, paused: false, contents: { kind: 'settings', ...GUARDED }, history: [ENTRY] });
    expect(isPolicy(cloudInitFor(DRAFT, ENTRY))).toBe(true);
    expect(isPolicy({ metadata: { name: 'someone-elses' }, spec: { matchSelector: {}, filename: 'a.yaml', contents: '' } })).toBe(false);
    expect(policyOf({ metadata: { name: 'edited' }, spec: { matchSelector: {}, filename: 'a.yaml', contents: 'stages: {}', paused: true } })).toMatchObject({ paused: true, contents: { kind: 'foreign' }, history: [] });
  });

  it('keeps what is not the policy’s when it changes', () => {
    const existing: CloudInit = {
      apiVersion: 'node.harvesterhci.io/v1beta1',
      kind:       'CloudInit',
      metadata:   { name: 'all-nodes', resourceVersion: '7', labels: { team: 'a', [POLICY_LABEL]: 'true' }, annotations: { note: 'x', [HISTORY_ANNOTATION]: JSON.stringify([ENTRY]) } },
      spec:       { filename: 'old.yaml', matchSelector: ALL_NODES, contents: cloudInitContents(GUARDED) },
      status:     { rollouts: {} },
    };
    const removed: HistoryEntry = { time: '2026-08-02T10:00:00Z', user: 'admin', action: 'removed', reason: 'not needed', before: MEMORY_EVICTION };
    const changed = cloudInitFor({ ...DRAFT, contents: 'removal', paused: true, matchSelector: { zone: 'b' } }, removed, existing);

    expect(changed).toMatchObject({
      metadata: { resourceVersion: '7', labels: { team: 'a' }, annotations: { note: 'x', [HISTORY_ANNOTATION]: JSON.stringify([removed, ENTRY]) } },
      spec:     { filename: 'old.yaml', matchSelector: { zone: 'b' }, contents: REMOVAL_CONTENTS, paused: true },
      status:   { rollouts: {} },
    });
  });

  it('applies to nodes that have all its labels', () => {
    const node = { metadata: { name: 'n', labels: { a: '1', b: '2' } } };

    const selectors: Record<string, string>[] = [{}, { a: '1' }, { a: '1', b: '2' }, { a: '2' }, { c: '' }, { constructor: 'x' }];

    expect(selectors.map((selector) => matchesNode(selector, node))).toStrictEqual([true, true, true, false, false, false]);
    expect(matchesNode({ a: '1' }, { metadata: { name: 'n' } })).toBe(false);
  });
});

describe('the history', () => {
  it('keeps the last ten changes, newest first, and cuts long texts', () => {
    const annotation = Array.from({ length: 12 }, (_, index) => ({ ...ENTRY, user: `user-${ index }` })).reduce<string | undefined>(addToHistory, undefined);

    expect(parseHistory(annotation).map(({ user }) => user)).toStrictEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2].map((index) => `user-${ index }`));
    expect(parseHistory(addToHistory(annotation, { ...ENTRY, reason: 'y'.repeat(9000) }))[0]?.reason).toHaveLength(500);
  });

  it('passes over what is none of ours', () => {
    const entry = (more: object): unknown => ({ ...ENTRY, ...more });
    const odd = [null, 'text', [], entry({ time: 5 }), entry({ time: 'yesterday' }), entry({ user: {} }), entry({ action: 'broke' })];

    expect(parseHistory('{')).toStrictEqual([]);
    expect(parseHistory('{"a":1}')).toStrictEqual([]);
    expect(parseHistory(JSON.stringify(odd))).toStrictEqual([]);
  });

  it('keeps whether it was paused before, if that is what it says', () => {
    expect(parseHistory(addToHistory(undefined, { ...ENTRY, beforePaused: true }))).toStrictEqual([{ ...ENTRY, beforePaused: true }]);
    expect(parseHistory(JSON.stringify([false, 'true', 1, null, {}].map((beforePaused) => ({ ...ENTRY, beforePaused }))))).toStrictEqual([{ ...ENTRY, beforePaused: false }, ENTRY, ENTRY, ENTRY, ENTRY]);
  });

  it('keeps the nodes before, and nothing there that Kubernetes would not store or that is too much', () => {
    const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`zone-${ index }`, 'a']));
    const odd = [many(20), many(21), {}, { zone: 5 }, { '-zone': 'a' }, { zone: 'a b' }, JSON.parse('{"__proto__":"a"}'), { zone: 'a'.repeat(64) }, ['a'], 'zone=a', null];

    expect(parseHistory(addToHistory(undefined, { ...ENTRY, before: MEMORY_EVICTION, beforeSelector: { zone: '' } }))).toStrictEqual([{ ...ENTRY, before: MEMORY_EVICTION, beforeSelector: { zone: '' } }]);
    // Ten at a time are read
    expect([odd.slice(0, 6), odd.slice(6)].flatMap((some) => parseHistory(JSON.stringify(some.map((beforeSelector) => ({ ...ENTRY, beforeSelector })))))).toStrictEqual([{ ...ENTRY, beforeSelector: many(20) }, ...odd.slice(1).map(() => ENTRY)]);
    expect(addToHistory(undefined, { ...ENTRY, beforeSelector: many(21) })).toBe(JSON.stringify([ENTRY]));
  });

  it('goes back to nothing that could not have been saved', () => {
    const before = [MEMORY_EVICTION, { evictionHard: { 'memory.available': '0' } }, { evictionHard: { 'memory.available': 5 } }, { evictionHard: 'x' }, { more: {} }, { evictionMaxPodGracePeriod: '5' }, { evictionPressureTransitionPeriod: 5 }, [], null];

    expect(parseHistory(JSON.stringify(before.map((settings) => ({ ...ENTRY, reason: 5, before: settings })))).map((entry) => entry.before)).toStrictEqual([MEMORY_EVICTION, ...before.slice(1).map(() => undefined)]);
  });
});
