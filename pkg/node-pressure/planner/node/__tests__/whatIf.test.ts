/** @jest-environment node */
import fc from 'fast-check';
import { newQuantity } from '../../../kubelet/quantity';
import { GI } from '../../__tests__/fixtures';
import { whatIf } from '../whatIf';
import { nodeOf, type PodFacts } from './pods';

fc.configureGlobal({ seed: 20261 });

const available = (gi: number) => ({ available: newQuantity(BigInt(gi * GI), 'BinarySI'), capacity: newQuantity(BigInt(64 * GI), 'BinarySI') });
const node = { signal: 'memory.available', ...nodeOf({ a: { usesGi: 3 }, b: { usesGi: 2 }, c: { usesGi: 1, requests: { memory: '2Gi' } }, d: { usesGi: 9, priority: 2_000_000_000 } }) } as const;

describe('what if', () => {
  it('counts the pods that go until the minimum reclaim is there', () => {
    expect(whatIf(node, available(5), { threshold: '6Gi', minReclaim: '4Gi' }).value).toMatchObject({ isMet: true, target: 10 * GI, victims: ['uid-a', 'uid-b'], availableAfter: 10 * GI, enough: true });
    expect(whatIf(node, available(5), { threshold: '6Gi' }).value).toMatchObject({ victims: ['uid-a'], availableAfter: 8 * GI });
    expect(whatIf(node, available(5), { threshold: '5Gi', minReclaim: '50%' }).value).toMatchObject({ isMet: false, victims: [], availableAfter: 5 * GI, enough: true });
    expect(whatIf(node, available(5), { threshold: '60Gi' }).value).toMatchObject({ victims: ['uid-a', 'uid-b', 'uid-c'], enough: false });
  });

  it('supposes another figure, and pods that use more', () => {
    expect(whatIf(node, available(9), { threshold: '6Gi', available: 4.5 * GI + 0.5 }).value).toMatchObject({ available: 4.5 * GI + 0.5, isMet: true, victims: ['uid-a'] });

    const grown = whatIf(node, available(9), { threshold: '6Gi', podUseBytes: { 'uid-c': 6 * GI } }).value;

    expect(grown).toMatchObject({ available: 4 * GI, isMet: true, victims: ['uid-c'], availableAfter: 10 * GI });
    expect(grown?.order.find(({ turn }) => turn === 1)?.name).toBe('c');
    expect(whatIf(node, available(1), { threshold: '6Gi', podUseBytes: { 'uid-c': 6 * GI } }).value?.available).toBe(0);
  });

  it('counts a use that was not known as none before', () => {
    const unknown = { ...node, ...nodeOf({ a: { usesGi: 0, stats: { memory: undefined } } }) };

    expect(whatIf(unknown, available(9), { threshold: '1Gi', podUseBytes: { 'uid-a': GI } }).value?.available).toBe(8 * GI);
  });

  it('keeps to memory where pods are supposed to use more of it', () => {
    expect(whatIf({ ...node, signal: 'nodefs.available' }, available(9), { threshold: '6Gi', podUseBytes: { 'uid-c': 6 * GI } }).value?.available).toBe(9 * GI);
  });

  it('evicts nobody where the signal is off', () => {
    expect(whatIf(node, available(0), { threshold: '0%' }).value).toEqual(expect.objectContaining({ isMet: false, victims: [], availableAfter: 0, enough: true }));
    expect(whatIf(node, available(0), { threshold: '0%' }).value?.target).toBeUndefined();
  });

  it('gives the kubelet\'s own text for what it does not take', () => {
    expect(whatIf(node, available(5), { threshold: '0' }).error).toContain('must be positive');
    expect(whatIf(node, available(5), { threshold: '1Gi', minReclaim: '-1' }).error).toContain('negative eviction minimum reclaim');
  });

  it('names a pod without uid as well', () => {
    expect(whatIf({ ...node, ...nodeOf({ a: { pod: { uid: undefined } } }) }, available(5), { threshold: '6Gi' }).value?.victims).toEqual(['']);
  });

  const facts = fc.array(fc.record({ usesGi: fc.integer({ min: 0, max: 8 }), priority: fc.constantFrom(0, 5, 2_000_000_000) }), { maxLength: 12 })
    .map((all): Record<string, PodFacts> => Object.fromEntries(all.map((each, index) => [`pod-${ index }`, each])));

  it('never lets fewer pods go for a higher threshold, and always the first in the order', () => {
    fc.assert(fc.property(facts, fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 10 }), (pods, threshold, more) => {
      const some = { signal: 'memory.available', ...nodeOf(pods) } as const;
      const [low, high] = [threshold, threshold + more].map((gi) => whatIf(some, available(20), { threshold: `${ gi }Gi`, minReclaim: '2Gi' }).value);
      const turns = high?.order.filter(({ turn }) => turn !== undefined).map(({ uid }) => uid) ?? [];

      expect(high?.victims.slice(0, low?.victims.length)).toEqual(low?.victims);
      expect(turns.slice(0, high?.victims.length)).toEqual(high?.victims);
    }));
  });
});
