import { extremesOf, meaningOf } from '../meaning';
import type { SettingField } from '../settings';
import { testNode } from './nodes';

const GI = 2 ** 30;
const hard = (key: string): SettingField => ({ setting: 'evictionHard', key });

const small = testNode({ name: 'small', memoryGi: 32 });
const large = testNode({ name: 'large', memoryGi: 128 });
const medium = testNode({ name: 'medium', memoryGi: 64 });
const witness = testNode({ name: 'witness', role: 'witness', memoryGi: 8 });
const unread = testNode({ name: 'unread', memoryGi: 16, use: null });
const extremes = extremesOf([medium, large, small, witness]);

describe('the smallest and the largest node', () => {
  it('are told apart by each signal, without witnesses', () => {
    expect([extremes.get('memory.available')?.smallest.node, extremes.get('memory.available')?.largest.node]).toStrictEqual(['small', 'large']);
  });

  it('are known by the Node object, too', () => {
    expect(extremesOf([unread]).get('memory.available')?.smallest.node).toBe('unread');
    expect(extremesOf([unread]).has('imagefs.available')).toBe(false);
  });
});

describe('an input means', () => {
  it('a share of each of them', () => {
    expect(meaningOf(hard('memory.available'), '10%', extremes)).toStrictEqual({ kind: 'amounts', unit: 'bytes', amounts: [
      { node: 'small', amount: 3_435_973_888, capacity: 32 * GI, percent: 10 },
      { node: 'large', amount: 13_743_895_552, capacity: 128 * GI, percent: 10 },
    ] });
  });

  it('an amount, and its share', () => {
    expect(meaningOf({ setting: 'evictionSoft', key: 'memory.available' }, '6Gi', extremes)).toStrictEqual({ kind: 'amounts', unit: 'bytes', amounts: [
      { node: 'small', amount: 6 * GI, capacity: 32 * GI, percent: 18.8 }, { node: 'large', amount: 6 * GI, capacity: 128 * GI, percent: 4.7 },
    ] });
  });

  it('one amount where the nodes are alike', () => {
    expect(meaningOf({ setting: 'evictionMinimumReclaim', key: 'memory.available' }, '4Gi', extremesOf([small, testNode({ name: 'twin' })]))).toMatchObject({ kind: 'amounts', amounts: [{ node: 'small', amount: 4 * GI }] });
  });

  it('no share of nothing', () => {
    expect(meaningOf(hard('memory.available'), '1', extremesOf([testNode({ memoryGi: 0, use: null })]))).toStrictEqual({ kind: 'amounts', unit: 'bytes', amounts: [{ node: 'node-1', amount: 1, capacity: 0 }] });
  });

  it('an amount alone where no node tells its capacity, and nothing certain if it is a share', () => {
    expect(meaningOf(hard('imagefs.available'), '1Gi', extremesOf([unread]))).toStrictEqual({ kind: 'amounts', unit: 'bytes', amounts: [{ amount: GI }] });
    expect(meaningOf(hard('imagefs.available'), '5%', extremesOf([unread]))).toStrictEqual({ kind: 'unknown' });
  });

  it('that the signal is off', () => {
    expect(meaningOf(hard('memory.available'), '0%', extremes)).toStrictEqual({ kind: 'off' });
  });

  it('a reservation of memory or of process IDs', () => {
    expect(meaningOf({ setting: 'systemReserved', key: 'memory' }, '2Gi', extremes)).toMatchObject({ unit: 'bytes', amounts: [{ percent: 6.3 }, { percent: 1.6 }] });
    expect(meaningOf({ setting: 'kubeReserved', key: 'pid' }, '1000', extremes)).toMatchObject({ unit: 'pids', amounts: [{ amount: 1000 }] });
  });

  it.each<[string, SettingField, string]>([
    ['an empty input', hard('memory.available'), ''],
    ['what the kubelet cannot read', hard('memory.available'), '6GiB'],
    ['an unknown signal', hard('memory.Available'), '5%'],
    ['an unknown signal’s reclaim', { setting: 'evictionMinimumReclaim', key: 'x' }, '5%'],
    ['a resource without a signal', { setting: 'systemReserved', key: 'cpu' }, '1'],
    ['an input without its key', { setting: 'evictionHard' }, '5%'],
    ['a duration', { setting: 'evictionSoftGracePeriod', key: 'memory.available' }, '1m'],
  ])('nothing: %s', (_what, field, text) => {
    expect(meaningOf(field, text, extremes)).toBeUndefined();
  });
});
