import { draftOf, laidOver, newDraft, pausedBySaving } from '../draft';
import { ALL_NODES, type Policy } from '../policy';

const POLICY: Policy = { name: 'a', matchSelector: { zone: 'east' }, paused: false, contents: { kind: 'settings', settings: { evictionHard: {} }, minimumMemoryKib: 1 }, history: [] };

it('takes a policy’s settings, if they can be told', () => {
  expect(draftOf(POLICY)).toStrictEqual({ name: 'a', matchSelector: { zone: 'east' }, settings: { evictionHard: {} } });
  expect(draftOf({ ...POLICY, contents: { kind: 'foreign' } })).toStrictEqual({ name: 'a', matchSelector: { zone: 'east' }, settings: {} });
});

it('pauses or resumes a policy only where that was brought back', () => {
  const draft = draftOf(POLICY);

  expect([undefined, false, true].map((paused) => pausedBySaving({ ...draft, paused }, POLICY))).toStrictEqual([undefined, undefined, true]);
  expect([undefined, false, true].map((paused) => pausedBySaving({ ...draft, paused }, { ...POLICY, paused: true }))).toStrictEqual([undefined, false, undefined]);
  expect(pausedBySaving({ ...draft, paused: true }, undefined)).toBeUndefined();
});

it('finds a free name for a new one', () => {
  expect(newDraft([])).toStrictEqual({ name: 'memory-eviction', matchSelector: ALL_NODES, settings: {} });
  expect(newDraft(['memory-eviction']).name).toBe('memory-eviction-2');
  expect(newDraft(['memory-eviction', 'memory-eviction-2', 'x']).name).toBe('memory-eviction-3');
  expect(newDraft(['x']).name).toBe('memory-eviction');
});

it('lays settings over others: eviction maps as a whole, reservations by name', () => {
  expect(laidOver(
    { evictionHard: { a: '1', b: '2' }, systemReserved: { memory: '1Gi', pid: '1' }, evictionMaxPodGracePeriod: 5 },
    { evictionHard: { a: '3' }, systemReserved: { memory: '2Gi' }, evictionMaxPodGracePeriod: 9 },
  )).toStrictEqual({ evictionHard: { a: '3' }, systemReserved: { memory: '2Gi', pid: '1' }, evictionMaxPodGracePeriod: 9 });
  expect(laidOver({ kubeReserved: { memory: '1Gi' } }, { systemReserved: { memory: '2Gi' } })).toStrictEqual({ kubeReserved: { memory: '1Gi' }, systemReserved: { memory: '2Gi' } });
});
