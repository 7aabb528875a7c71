import type { Draft } from '../draft';
import { applyChange, beginEditing, followNodes, isDirty, undoChange, type Change } from '../editing';
import { ALL_NODES } from '../policy';

const START: Draft = { name: 'memory', matchSelector: ALL_NODES, settings: { evictionHard: { 'nodefs.available': '5%' } } };
const type = (text: string, key = 'memory.available'): Change => ({ kind: 'field', field: { setting: 'evictionHard', key }, text });
const after = (...changes: Change[]) => changes.reduce(applyChange, beginEditing(START, true));

it('changes name, nodes, one input, or all settings', () => {
  expect(after({ kind: 'name', name: 'x' }).draft).toStrictEqual({ ...START, name: 'x' });
  expect(after({ kind: 'nodes', matchSelector: {} }).draft).toStrictEqual({ ...START, matchSelector: {} });
  expect(after(type('6Gi')).draft.settings).toStrictEqual({ evictionHard: { 'nodefs.available': '5%', 'memory.available': '6Gi' } });
  expect(after({ kind: 'settings', settings: {} }).draft).toStrictEqual({ ...START, settings: {} });
});

it('goes back to what was before, with the nodes and the pause where those were different', () => {
  const former = { settings: {}, matchSelector: { zone: 'a' }, paused: true };

  expect(after({ kind: 'former', former }).draft).toStrictEqual({ ...START, ...former });
  // Of what was chosen before nothing stays behind
  expect(after({ kind: 'former', former }, { kind: 'former', former: { settings: {} } }).draft).toStrictEqual({ ...START, settings: {} });
});

it('knows whether there is anything to lose', () => {
  expect([after(), after(type('6Gi')), after(type('6Gi'), type('')), after({ kind: 'settings', settings: { evictionHard: { 'nodefs.available': '5%' } } })].map(isDirty)).toStrictEqual([false, true, false, false]);
});

describe('what was decided', () => {
  it('is what was touched, and nothing once all settings are replaced', () => {
    expect(after(type('6'), type('6Gi'), type('1', 'pid.available')).decided).toStrictEqual(['evictionHard/memory.available', 'evictionHard/pid.available']);
    expect(after(type('6'), { kind: 'settings', settings: {} }).decided).toStrictEqual([]);
  });
});

describe('undo', () => {
  it('takes typing in one input back at once, and one input after the other', () => {
    const twice = after(type('6'), type('6G'), type('5%', 'pid.available'));

    expect(undoChange(twice).draft.settings.evictionHard).toStrictEqual({ 'nodefs.available': '5%', 'memory.available': '6G' });
    expect(undoChange(undoChange(twice))).toStrictEqual(beginEditing(START, true));
    expect(undoChange(beginEditing(START, true))).toStrictEqual(beginEditing(START, true));
  });

  it('takes a name back at once, each choice of nodes or settings by itself', () => {
    expect(after({ kind: 'name', name: 'x' }, { kind: 'name', name: 'xy' }).past).toHaveLength(1);
    expect(after({ kind: 'nodes', matchSelector: {} }, { kind: 'nodes', matchSelector: { a: '' } }).past).toHaveLength(2);
    expect(after({ kind: 'settings', settings: {} }, { kind: 'settings', settings: { kubeReserved: {} } }).past).toHaveLength(2);
  });

  it('takes settings and nodes that came together back together', () => {
    expect(undoChange(after({ kind: 'former', former: { settings: {}, matchSelector: { zone: 'a' }, paused: false } }))).toStrictEqual(beginEditing(START, true));
  });

  it('begins a new change after it was used', () => {
    expect(applyChange(undoChange(after(type('6'), type('7'))), type('8')).past).toHaveLength(1);
  });
});

describe('what the nodes have', () => {
  const READ = { evictionHard: { 'imagefs.available': '5%' } };

  it('is taken over while nobody has changed the settings, earlier steps included', () => {
    const editing = followNodes(after({ kind: 'name', name: 'x' }), READ);

    expect([editing.draft, editing.start, undoChange(editing).draft]).toStrictEqual([{ ...START, name: 'x', settings: READ }, { ...START, settings: READ }, { ...START, settings: READ }]);
  });

  it('is left alone afterwards, until the change is undone', () => {
    const typed = after(type('6Gi'));

    expect(followNodes(typed, READ)).toBe(typed);
    expect(followNodes(undoChange(typed), READ).draft.settings).toBe(READ);
  });

  it('never becomes a policy’s that is there already', () => {
    const existing = beginEditing(START, false);

    expect(followNodes(existing, READ)).toBe(existing);
  });
});
