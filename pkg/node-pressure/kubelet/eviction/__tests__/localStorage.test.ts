import { localStorageViolation } from '../localStorage';
import type { PodWithStats } from '../rank';
import { Gi, Mi, podOf } from './builders';

const STORAGE = 'ephemeral-storage';
const limit = (amount: string) => ({ limits: { [STORAGE]: amount } });
const sized = (sizeLimit: string, medium?: string) => ({ spec: { volumes: [{ name: 'cache', emptyDir: { sizeLimit, medium } }] } });
const violation = (pod: PodWithStats, dedicatedImageFs = false) => localStorageViolation(pod, dedicatedImageFs);

// localStorageEviction, pkg/kubelet/eviction/eviction_manager.go
describe('an emptyDir', () => {
  it('above its size limit has its pod evicted', () => {
    expect(violation(podOf('p', { ...sized('1.5Gi'), emptyDir: 1.5 * Gi + 1 }))).toEqual({
      signal: 'emptydirfs.limit', message: 'Usage of EmptyDir volume "cache" exceeds the limit "1536Mi". ',
    });
  });

  it('in memory is no different', () => {
    expect(violation(podOf('p', { ...sized('1Gi', 'Memory'), emptyDir: 2 * Gi }))?.signal).toBe('emptydirfs.limit');
  });

  it.each([
    ['exactly full', podOf('p', { ...sized('1Gi'), emptyDir: Gi })],
    ['without a limit', podOf('p', { emptyDir: Gi })],
    ['with a limit of 0', podOf('p', { ...sized('0'), emptyDir: Gi })],
    ['of unknown use', podOf('p', sized('1Gi'))],
    ['that the stats do not list', podOf('p', { ...sized('1Gi'), stats: { volume: undefined } })],
    ['of a pod without stats', podOf('p', { ...sized('1Gi'), stats: 'none' })],
    ['of another kind', podOf('p', { spec: { volumes: [{ name: 'cache', hostPath: {} }] }, emptyDir: Gi })],
    ['that is not there', podOf('p', { spec: { volumes: undefined }, emptyDir: Gi })],
  ])('%s is fine', (_name, pod) => {
    expect(violation(pod)).toBeUndefined();
  });
});

describe('a pod', () => {
  const using = (usedBytes?: number) => ({ stats: { [STORAGE]: { usedBytes }, containers: [] } });

  it('above the sum of its limits is evicted', () => {
    expect(violation(podOf('p', { ...limit('1.0Gi'), ...using(Gi + 1) }))).toEqual({
      signal: 'ephemeralpodfs.limit', message: 'Pod ephemeral local storage usage exceeds the total limit of containers 1Gi. ',
    });
  });

  it('with a limit of 0 may use nothing', () => {
    expect(violation(podOf('p', { ...limit('0'), ...using(1) }))?.message).toBe('Pod ephemeral local storage usage exceeds the total limit of containers 0. ');
  });

  it.each([
    ['at its limit', podOf('p', { ...limit('1Gi'), ...using(Gi) })],
    ['of unknown use', podOf('p', { ...limit('1Gi'), ...using() })],
    ['without a limit', podOf('p', using(Gi))],
  ])('%s is fine', (_name, pod) => {
    expect(violation(pod)).toBeUndefined();
  });
});

describe('a container', () => {
  it('above its limit has its pod evicted', () => {
    expect(violation(podOf('p', { ...limit('1Gi'), rootfs: Gi, logs: 1 }))).toEqual({
      signal: 'ephemeralcontainerfs.limit', message: 'Container p exceeded its local ephemeral storage limit "1Gi". ',
    });
  });

  it('counts its writable layer only where it shares the nodefs', () => {
    const onImageFs = podOf('p', { ...limit('1Gi'), rootfs: 2 * Gi, logs: Mi });

    expect(violation(onImageFs, false)).toBeDefined();
    expect(violation(onImageFs, true)).toBeUndefined();
    expect(violation(podOf('p', { ...limit('1Mi'), logs: Mi + 1 }), true)).toBeDefined();
  });

  it.each([
    ['at its limit', podOf('p', { ...limit('1Gi'), rootfs: Gi - 1, logs: 1 })],
    ['of unknown use', podOf('p', limit('1Gi'))],
    ['with a limit of 0', podOf('p', { ...limit('0'), rootfs: Gi })],
    ['without a limit', podOf('p', { spec: { containers: [{ name: 'p' }] }, rootfs: Gi })],
    ['that the stats do not list', podOf('p', { ...limit('1Gi'), stats: { containers: undefined } })],
  ])('%s is fine', (_name, pod) => {
    expect(violation(pod)).toBeUndefined();
  });
});

describe('of several limits', () => {
  const overAll = podOf('p', { ...limit('1Gi'), ...sized('1Gi'), rootfs: 9 * Gi, emptyDir: 9 * Gi });

  it('the emptyDir\'s is named first, then the pod\'s', () => {
    const stats = { ...overAll.stats, podRef: { name: 'p', namespace: '', uid: 'p' }, [STORAGE]: { usedBytes: 18 * Gi } };

    expect(violation({ ...overAll, stats })?.signal).toBe('emptydirfs.limit');
    expect(violation({ ...overAll, stats: { ...stats, volume: [] } })?.signal).toBe('ephemeralpodfs.limit');
  });
});
