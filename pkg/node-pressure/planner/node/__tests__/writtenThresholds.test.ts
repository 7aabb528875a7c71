/** @jest-environment node */
import { parseConfigz } from '../../../kubelet/config/configz';
import type { FsStats, Summary } from '../../../kubelet/summary';
import { filesystemsOf } from '../filesystems';
import { writtenThresholds } from '../writtenThresholds';

const SPLIT = { dedicatedImageFs: true, splitContainerImageFs: true };

function written(settings: Record<string, unknown>, filesystems = { dedicatedImageFs: false, splitContainerImageFs: false }): unknown[] {
  return writtenThresholds(parseConfigz({ kubeletconfig: settings }), filesystems)
    .map(({ threshold: { signal, gracePeriod }, setting, reclaimSetting, isDerived }) => [signal, setting, reclaimSetting, isDerived, gracePeriod > 0n ? 'soft' : 'hard']);
}

describe('written thresholds', () => {
  it('keep their texts, also where the kubelet derives one from another', () => {
    expect(written({
      enforceNodeAllocatable: ['pods'],
      evictionHard: { 'memory.available': '6Gi', 'nodefs.available': '5%' },
      evictionSoft: { 'memory.available': '8Gi' },
      evictionSoftGracePeriod: { 'memory.available': '1m30s' },
      evictionMinimumReclaim: { 'memory.available': '4Gi' },
    })).toEqual([
      ['memory.available', '6Gi', '4Gi', false, 'hard'],
      ['nodefs.available', '5%', undefined, false, 'hard'],
      ['allocatableMemory.available', '6Gi', '4Gi', true, 'hard'],
      ['memory.available', '8Gi', '4Gi', false, 'soft'],
      ['containerfs.available', '5%', undefined, true, 'hard'],
    ]);
  });

  it('let the containers follow the images where they share a filesystem', () => {
    const settings = { evictionHard: { 'imagefs.available': '7%', 'nodefs.available': '5%' } };

    expect(written(settings, { dedicatedImageFs: true, splitContainerImageFs: false })).toContainEqual(['containerfs.available', '7%', undefined, true, 'hard']);
    expect(written(settings, SPLIT)).toContainEqual(['containerfs.available', '5%', undefined, true, 'hard']);
  });

  it('are none without configuration, and none where a user set what the kubelet overrides', () => {
    expect(writtenThresholds(parseConfigz({ kubeletconfig: {} }))).toEqual([]);
    expect(written({ evictionHard: { 'containerfs.available': '5%' } })).toEqual([]);
  });

  it('are refused where no kubelet could have started with them', () => {
    expect(() => written({ evictionHard: { 'memory.available': '0' } })).toThrow('must be positive');
  });
});

describe('the layout of the filesystems', () => {
  const of = (fs?: FsStats, imageFs?: FsStats, containerFs?: FsStats): unknown => filesystemsOf({ node: { nodeName: 'a', fs, runtime: { imageFs, containerFs } }, pods: [] } satisfies Summary);
  const [large, small] = [{ capacityBytes: 100, inodes: 10 }, { capacityBytes: 50, inodes: 10 }];

  it('is told from the sizes', () => {
    expect(of(large, { ...large, availableBytes: 3 }, large)).toEqual({ dedicatedImageFs: false, splitContainerImageFs: false });
    expect(of(large, small, small)).toEqual({ dedicatedImageFs: true, splitContainerImageFs: false });
    expect(of(large, small, { ...small, inodes: 11 })).toEqual(SPLIT);
    expect(of(large, small)).toEqual({ dedicatedImageFs: true, splitContainerImageFs: false });
  });

  it('counts as a single one while nothing is known', () => {
    expect(filesystemsOf({ node: { nodeName: 'a' }, pods: [] })).toEqual({ dedicatedImageFs: false, splitContainerImageFs: false });
    expect(of(undefined, small)).toEqual({ dedicatedImageFs: false, splitContainerImageFs: false });
  });
});
