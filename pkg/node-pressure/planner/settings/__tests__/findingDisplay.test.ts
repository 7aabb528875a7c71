import { finding } from '../finding';
import { findingParams, findingsByField, findingsForSummary, isAboutSelector, someNames } from '../findingDisplay';

const HARD = { setting: 'evictionHard', key: 'memory.available' } as const;

it('marks a signal’s amounts that are bytes', () => {
  expect(findingParams(finding('evictsNow', HARD, { signal: 'memory.available', available: 5n, threshold: 6n, grace: '0s' }))).toStrictEqual({ signal: 'memory.available', availableBytes: 5n, thresholdBytes: 6n, grace: '0s' });
  expect(findingParams(finding('pressureNow', HARD, { signal: 'pid.available', available: 5n }))).toStrictEqual({ signal: 'pid.available', available: 5n });
  expect(findingParams(finding('template', HARD, { soft: '{{' }))).toStrictEqual({ soft: '{{' });
});

it('puts findings beside their inputs, and in the summary what is about more', () => {
  const syntax = finding('quantitySyntax', HARD);
  const crossed = finding('evictsNow', HARD, {}, { nodes: ['a'] });
  const pods = finding('notReadmitted', undefined, {}, { nodes: ['a'] });
  const lean = finding('memoryUnprotected');
  const labels = finding('labelKey');

  expect([...findingsByField([syntax, crossed, pods])]).toStrictEqual([['evictionHard/memory.available', [syntax, crossed]]]);
  expect(findingsForSummary([syntax, crossed, pods, lean, labels])).toStrictEqual([crossed, pods, lean]);
  expect([lean, labels].map(isAboutSelector)).toStrictEqual([false, true]);
});

it('names a few of many', () => {
  expect(someNames(['a', 'b'])).toStrictEqual({ names: 'a, b', more: 0 });
  expect(someNames(['a', 'b', 'c', 'd', 'e', 'f', 'g'])).toStrictEqual({ names: 'a, b, c, d, e', more: 2 });
});
