/** @jest-environment node */
import type { Node } from '../../../harvester/node';
import { REMOVAL_CONTENTS } from '../contents';
import { kubeletArgsOf } from '../file';
import type { HistoryEntry } from '../history';
import { cloudInitFor, policyOf, type CloudInit, type Rollout } from '../policy';
import { announcedRemoval, BOOTS_ANNOTATION, nextRemovalStep, notedRemoval } from '../removal';
import { MEMORY_EVICTION } from './builders';

const ENTRY: HistoryEntry = { time: '2026-08-01T10:00:00Z', user: 'admin', action: 'removed', before: MEMORY_EVICTION };
const WITH_SETTINGS = { 'rke2.io/node-args': JSON.stringify(['server', '--kubelet-arg', ...kubeletArgsOf(MEMORY_EVICTION)]) };
const IN_SYNC = rollout('True', 'False');

function rollout(present: string, outOfSync: string): Rollout {
  return { conditions: [{ type: 'Applicable', status: 'True' }, { type: 'OutOfSync', status: outOfSync }, { type: 'Present', status: present }] };
}

interface NodeOptions { ready?: string; boot?: string; labels?: Record<string, string>; annotations?: Record<string, string> }

function node(name: string, { ready = 'True', boot = 'boot-1', labels = { zone: 'a' }, annotations }: NodeOptions = {}): Node {
  return { metadata: { name, labels, ...(annotations && { annotations }) }, status: { conditions: [{ type: 'Ready', status: ready }], nodeInfo: { bootID: boot } } };
}

const settings = cloudInitFor({ name: 'memory', matchSelector: { zone: 'a' }, paused: true, contents: { settings: MEMORY_EVICTION, minimumMemoryKib: 1 } }, { ...ENTRY, action: 'created', before: undefined });

function removal(rollouts?: Record<string, Rollout>, boots?: string): CloudInit {
  const object = announcedRemoval(settings, ENTRY);

  return { ...object, metadata: { ...object.metadata, annotations: { ...object.metadata.annotations, ...(boots !== undefined && { [BOOTS_ANNOTATION]: boots }) } }, ...(rollouts && { status: { rollouts } }) };
}

function noted(boots: Record<string, string>): CloudInit {
  return removal({}, JSON.stringify(boots));
}

it('begins with contents that remove the settings, which go out at once', () => {
  expect(nextRemovalStep(settings, [])).toStrictEqual({ kind: 'announce' });

  const existing = { ...settings, metadata: { ...settings.metadata, resourceVersion: '7', annotations: { note: 'x', [BOOTS_ANNOTATION]: '{"n-1":"boot-0"}' } } };
  const announced = announcedRemoval(existing, ENTRY);

  expect(policyOf(announced)).toStrictEqual({ name: 'memory', matchSelector: { zone: 'a' }, paused: false, contents: { kind: 'removal' }, history: [ENTRY] });
  expect(announced.metadata).toMatchObject({ resourceVersion: '7', annotations: { note: 'x' } });
  expect(announced.metadata.annotations).not.toHaveProperty(BOOTS_ANNOTATION);
});

it('waits for nodes that do not have it, or cannot be asked', () => {
  const nodes = ['n-1', 'n-2', 'n-3', 'n-4', 'constructor'].map((name) => node(name, { ready: name === 'n-3' ? 'Unknown' : 'True' }));
  const rollouts = { 'n-1': rollout('True', 'True'), 'n-2': rollout('False', 'Unknown'), 'n-3': IN_SYNC, 'n-4': {} };

  expect(nextRemovalStep(removal(rollouts), nodes)).toStrictEqual({ kind: 'await', arriving: ['n-1', 'n-2', 'n-3', 'n-4', 'constructor'], rebooting: [] });
  expect(nextRemovalStep(removal(), [node('n-1')])).toMatchObject({ arriving: ['n-1'] });
  expect(nextRemovalStep(removal({ 'n-1': IN_SYNC }), [{ metadata: { name: 'n-1', labels: { zone: 'a' } }, status: { conditions: [{ type: 'Ready', status: 'True' }] } }])).toMatchObject({ arriving: ['n-1'] });
});

it('notes in which boot a node had it, once', () => {
  const object = removal({ 'n-1': IN_SYNC, 'n-2': IN_SYNC, 'n-3': IN_SYNC }, '{"n-2":"boot-0"}');
  const nodes = [node('n-1'), node('n-2'), node('n-3', { ready: 'False' })];

  expect(nextRemovalStep(object, nodes)).toStrictEqual({ kind: 'note' });

  const after = notedRemoval(object, nodes);

  expect(JSON.parse(after.metadata.annotations?.[BOOTS_ANNOTATION] ?? '')).toStrictEqual({ 'n-1': 'boot-1', 'n-2': 'boot-0' });
  expect(after.spec).toStrictEqual(object.spec);
  expect(nextRemovalStep(after, nodes)).toStrictEqual({ kind: 'await', arriving: ['n-3'], rebooting: ['n-1'] });
});

it('waits for the next boot, and for a kubelet without the settings', () => {
  const object = noted({ 'n-1': 'boot-1', 'n-2': 'boot-0', 'n-3': 'boot-0', 'n-4': 'boot-0' });
  const nodes = [node('n-1'), node('n-2', { ready: 'False' }), node('n-3', { annotations: WITH_SETTINGS }), node('n-4', { annotations: { 'rke2.io/node-args': '["server"]' } })];

  expect(nextRemovalStep(object, nodes)).toStrictEqual({ kind: 'await', arriving: [], rebooting: ['n-1', 'n-2', 'n-3'] });
});

it('ends with the object, whatever becomes of nodes that it is not for and of witnesses', () => {
  const others = [node('n-2', { labels: { zone: 'b' } }), node('n-3', { labels: { zone: 'a', 'node-role.harvesterhci.io/witness': 'true' } })];

  expect(nextRemovalStep(noted({ 'n-1': 'boot-0' }), [node('n-1'), ...others])).toStrictEqual({ kind: 'delete' });
  expect(nextRemovalStep(removal(), [])).toStrictEqual({ kind: 'delete' });
  expect(nextRemovalStep({ ...removal(), metadata: { name: 'memory' } }, [])).toStrictEqual({ kind: 'delete' });
});

it.each(['{', 'null', '5', '[]', '{"n-2":"boot-0"}'])('takes %s for no note of a node', (boots) => {
  expect(nextRemovalStep(removal({ 'n-1': IN_SYNC }, boots), [node('n-1')])).toStrictEqual({ kind: 'note' });
});

it('takes node names for what they are', () => {
  const object = removal(JSON.parse('{"__proto__": {"conditions": [{"type": "Present", "status": "True"}, {"type": "OutOfSync", "status": "False"}]}}'));

  expect(nextRemovalStep(object, [node('<img src=x>')])).toMatchObject({ arriving: ['<img src=x>'] });
  expect(object.spec.contents).toBe(REMOVAL_CONTENTS);

  const after = notedRemoval(object, [node('__proto__')]);

  expect(after.metadata.annotations?.[BOOTS_ANNOTATION]).toBe('{"__proto__":"boot-1"}');
  expect(nextRemovalStep(after, [node('__proto__', { boot: 'boot-2' })])).toStrictEqual({ kind: 'delete' });
});
