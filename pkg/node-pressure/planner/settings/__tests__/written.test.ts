import type { Policy } from '../policy';
import { knownSettings, writtenSettings } from '../written';

const HARD = { evictionHard: { 'memory.available': '1Gi' } };
const MORE = { ...HARD, systemReserved: { memory: '2Gi' } };
const ARGS = JSON.stringify(['server', '--kubelet-arg', 'max-pods=200', '--kubelet-arg', 'eviction-hard=memory.available<1Gi', '--kubelet-arg', 'system-reserved=memory=2Gi']);

const policy = (contents: Policy['contents']): Policy => ({ name: 'p', matchSelector: {}, paused: false, contents, history: [{ time: '2026-08-01T00:00:00Z', user: 'a', action: 'changed', before: HARD }, { time: '2026-08-01T00:00:00Z', user: 'a', action: 'created' }] });

it('knows what a policy says and what it has said', () => {
  expect(knownSettings(policy({ kind: 'settings', settings: MORE, minimumMemoryKib: 1 }))).toStrictEqual([MORE, HARD]);
  expect(knownSettings(policy({ kind: 'removal' }))).toStrictEqual([HARD]);
});

it('finds the settings that a node was started with: those that account for most arguments', () => {
  expect(writtenSettings([HARD, MORE, { kubeReserved: { memory: '1Gi' } }], ARGS)).toStrictEqual(MORE);
  expect(writtenSettings([{ kubeReserved: { memory: '1Gi' } }], ARGS)).toBeUndefined();
  expect(writtenSettings([HARD], undefined)).toBeUndefined();
});
