/** @jest-environment node */
import { arePodsInStep } from '../podsInStep';
import { nodeOf, pod } from './pods';

const { pods, summary } = nodeOf({ web: { usesGi: 1 }, db: { usesGi: 2 } });

it('are in step when both know the same pods', () => {
  expect(arePodsInStep(pods, summary)).toBe(true);
});

it('are not when a pod came or went between the two', () => {
  expect(arePodsInStep(pods.slice(1), summary)).toBe(false);
  expect(arePodsInStep([...pods, pod('new')], summary)).toBe(false);
  expect(arePodsInStep([...pods, pod('new', { pod: { uid: undefined } })], summary)).toBe(false);
});

it('know a static pod by its hash', () => {
  const mirror = pod('etcd', { pod: { uid: 'of-the-mirror', annotations: { 'kubernetes.io/config.mirror': 'uid-web' } } });

  expect(arePodsInStep([mirror, ...pods.slice(1)], summary)).toBe(true);
});

it.each(['Succeeded', 'Failed'])('do not miss figures of a pod that is over: %s', (phase) => {
  expect(arePodsInStep([...pods, pod('old', { status: { phase } })], summary)).toBe(true);
});
