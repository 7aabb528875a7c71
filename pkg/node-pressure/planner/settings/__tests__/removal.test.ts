/** @jest-environment node */
import type { Node } from '../../../harvester/node';
import { REMOVAL_CONTENTS } from '../contents';
import type { HistoryEntry } from '../history';
import { cloudInitFor, policyOf, type CloudInit, type Rollout } from '../policy';
import { announcedRemoval, nextRemovalStep, releasedRemoval } from '../removal';
import { MEMORY_EVICTION } from './builders';

const ENTRY: HistoryEntry = { time: '2026-08-01T10:00:00Z', user: 'admin', action: 'removed', before: MEMORY_EVICTION };
const IN_SYNC = rollout('True', 'False');
const OUT_OF_SYNC = rollout('True', 'True');
const ABSENT = rollout('False', 'Unknown');

function rollout(present: string, outOfSync: string): Rollout {
  return { conditions: [{ type: 'Applicable', status: 'True' }, { type: 'OutOfSync', status: outOfSync }, { type: 'Present', status: present }] };
}

function node(name: string, ready = 'True', labels: Record<string, string> = { zone: 'a' }): Node {
  return { metadata: { name, labels }, status: { conditions: [{ type: 'Ready', status: ready }] } };
}

const settings = cloudInitFor({ name: 'memory', matchSelector: { zone: 'a' }, paused: false, contents: { settings: MEMORY_EVICTION, minimumMemoryKib: 1 } }, ENTRY);

function removal(paused: boolean | undefined, rollouts?: Record<string, Rollout>): CloudInit {
  return { ...settings, spec: { ...settings.spec, contents: REMOVAL_CONTENTS, ...(paused !== undefined && { paused }) }, ...(rollouts && { status: { rollouts } }) };
}

it('begins with contents that remove the settings, which nobody takes yet', () => {
  expect(nextRemovalStep(settings, [])).toStrictEqual({ kind: 'announce' });

  const announced = announcedRemoval({ ...settings, metadata: { ...settings.metadata, resourceVersion: '7' } }, ENTRY);

  expect(policyOf(announced)).toStrictEqual({ name: 'memory', matchSelector: { zone: 'a' }, paused: true, contents: { kind: 'removal' }, history: [ENTRY, ENTRY] });
  expect(announced.metadata.resourceVersion).toBe('7');
});

it('waits for every node to own up to the old contents', () => {
  const nodes = [node('n-1'), node('n-2'), node('n-3'), node('n-4', 'False'), node('n-5', 'True', { zone: 'b' })];

  expect(nextRemovalStep(removal(true, { 'n-1': IN_SYNC, 'n-2': OUT_OF_SYNC, 'n-3': IN_SYNC, 'n-4': IN_SYNC, 'n-5': IN_SYNC }), nodes)).toStrictEqual({ kind: 'awaitNotice', nodes: ['n-1', 'n-3'] });
  expect(nextRemovalStep(removal(true, { 'n-1': OUT_OF_SYNC, 'n-2': ABSENT, 'n-4': IN_SYNC }), nodes)).toStrictEqual({ kind: 'release' });
});

it('lets the nodes take the removal, and changes nothing else', () => {
  const announced = announcedRemoval(settings, ENTRY);

  expect(releasedRemoval(announced)).toStrictEqual({ ...announced, spec: { ...announced.spec, paused: false } });
});

it('waits until every node has it, those that are away too', () => {
  const nodes = [node('n-1'), node('n-2'), node('n-3'), node('n-4', 'Unknown'), node('constructor'), node('n-6', 'True', {})];
  const rollouts = { 'n-1': IN_SYNC, 'n-2': OUT_OF_SYNC, 'n-3': ABSENT, 'n-4': IN_SYNC };

  expect(nextRemovalStep(removal(false, rollouts), nodes)).toStrictEqual({ kind: 'awaitArrival', nodes: ['n-2', 'n-3', 'n-4', 'constructor'] });
  expect(nextRemovalStep(removal(false), [node('n-1')])).toStrictEqual({ kind: 'awaitArrival', nodes: ['n-1'] });
  expect(nextRemovalStep(removal(undefined, { 'n-1': {} }), [node('n-1')])).toStrictEqual({ kind: 'awaitArrival', nodes: ['n-1'] });
});

it('ends with the object', () => {
  expect(nextRemovalStep(removal(false, { 'n-1': IN_SYNC }), [node('n-1'), node('n-2', 'True', {})])).toStrictEqual({ kind: 'delete' });
  expect(nextRemovalStep(removal(false), [])).toStrictEqual({ kind: 'delete' });
});

it('takes node names and conditions for what they are', () => {
  const hostile = removal(false, JSON.parse('{"__proto__": {"conditions": [{"type": "Present", "status": "True"}, {"type": "OutOfSync", "status": "False"}]}}'));

  expect(nextRemovalStep(hostile, [node('<img src=x>')])).toStrictEqual({ kind: 'awaitArrival', nodes: ['<img src=x>'] });
  expect(nextRemovalStep(hostile, [node('__proto__')])).toStrictEqual({ kind: 'delete' });
});
