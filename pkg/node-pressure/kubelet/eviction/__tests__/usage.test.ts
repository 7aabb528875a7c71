import { int64, podDiskUsages, usageQuantity } from '../usage';
import { podOf } from './builders';
import type { PodWithStats } from '../rank';

const EVERYTHING = { rootfs: true, logs: true, localVolumes: true };

describe('a figure as int64', () => {
  it.each([
    [undefined, 0],
    [0, 0],
    [1234, 1234],
    [2 ** 60, 2 ** 60],
    [2 ** 63, -(2 ** 63)],
    [2 ** 64 - 2 ** 11, -(2 ** 11)],
    [1.5, 0],
    [NaN, 0],
    [Infinity, 0],
  ])('%p is %p', (figure, expected) => {
    expect(int64(figure)).toBe(expected);
  });

  it('prints as bytes unless told otherwise', () => {
    expect(usageQuantity(2048).toString()).toBe('2Ki');
    expect(usageQuantity(2000, 'DecimalSI').toString()).toBe('2k');
  });
});

describe('what a pod holds on disk', () => {
  const usages = ({ pod, stats }: PodWithStats, measured = EVERYTHING): number[] => podDiskUsages(pod, stats ?? { podRef: { name: '', namespace: '', uid: '' } }, measured, 'usedBytes');

  it('is what is measured of it', () => {
    const pod = podOf('p', { rootfs: 1, logs: 2, emptyDir: 4 });

    expect(usages(pod)).toEqual([1, 2, 4]);
    expect(usages(pod, { ...EVERYTHING, rootfs: false })).toEqual([2, 4]);
    expect(usages(pod, { ...EVERYTHING, logs: false, localVolumes: false })).toEqual([1]);
  });

  it('counts what is missing as nothing', () => {
    expect(usages(podOf('p'))).toEqual([0, 0, 0]);
    expect(usages(podOf('p', { stats: { containers: [{ name: 'p' }], volume: undefined } }))).toEqual([0, 0, 0]);
    expect(usages(podOf('p', { stats: 'none', spec: { volumes: undefined } }))).toEqual([]);
  });

  // localVolumeNames, pkg/kubelet/eviction/helpers.go
  it.each([
    ['hostPath', { hostPath: {} }, true],
    ['emptyDir on disk', { emptyDir: {} }, true],
    ['emptyDir in memory', { emptyDir: { medium: 'Memory' } }, false],
    ['configMap', { configMap: {} }, true],
    ['gitRepo', { gitRepo: {} }, true],
    ['any other', {}, false],
  ])('counts a volume of kind %s: %p %p', (_kind, source, counted) => {
    const pod = podOf('p', { spec: { volumes: [{ name: 'v', ...source }] }, stats: { containers: [], volume: [{ name: 'v', usedBytes: 7 }] } });

    expect(usages(pod)).toEqual(counted ? [7] : []);
  });

  it('takes a volume\'s own stats, and none for one without', () => {
    const volumes = [{ name: 'one', emptyDir: {} }, { name: 'two', emptyDir: {} }, { name: 'unknown', emptyDir: {} }];
    const stats = { containers: [], volume: [{ name: 'two', usedBytes: 2 }, { name: 'one', usedBytes: 1 }] };

    expect(usages(podOf('p', { spec: { volumes }, stats }))).toEqual([1, 2, 0]);
  });

  it('takes the first stats of a volume', () => {
    const stats = { containers: [], volume: [{ name: 'cache', usedBytes: 7 }, { name: 'cache', usedBytes: 8 }] };

    expect(usages(podOf('p', { stats }))).toEqual([7]);
  });
});
