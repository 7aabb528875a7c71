import { updateContainerFsThresholds } from '../containerFs';
import { formatDuration } from '../go/duration';
import { parseThresholdConfig, type Threshold } from '../thresholds';

const SETTINGS = parseThresholdConfig([], {
  evictionHard:            { 'nodefs.available': '1Gi', 'nodefs.inodesFree': '1k', 'imagefs.available': '2Gi', 'imagefs.inodesFree': '2k' },
  evictionSoft:            { 'nodefs.available': '3Gi', 'imagefs.available': '4Gi' },
  evictionSoftGracePeriod: { 'nodefs.available': '1m', 'imagefs.available': '2m' },
  evictionMinimumReclaim:  { 'nodefs.available': '5Gi', 'imagefs.inodesFree': '6k' },
});

function describeThreshold({ signal, operator, value, gracePeriod, minReclaim }: Threshold): string {
  return [signal, operator === '' ? 'never' : value.quantity, formatDuration(gracePeriod), minReclaim?.quantity ?? '-'].join(' ');
}

/** UpdateContainerFsThresholds in pkg/kubelet/eviction/helpers.go; the same cases were executed on 1.36.3. */
describe('updateContainerFsThresholds', () => {
  it.each([[false, false], [true, true]])('follows nodefs with imageFs %s and containers apart %s', (imageFs, apart) => {
    const { thresholds, error } = updateContainerFsThresholds(SETTINGS, imageFs, apart);

    expect(thresholds.slice(0, SETTINGS.length)).toEqual(SETTINGS);
    expect(thresholds.slice(SETTINGS.length).map(describeThreshold)).toEqual([
      'containerfs.available 1Gi 0s 5Gi',
      'containerfs.available 3Gi 1m0s 5Gi',
      'containerfs.inodesFree 1k 0s -',
      'containerfs.inodesFree never 0s -',
    ]);
    expect(error).toBeUndefined();
  });

  it('follows imagefs where images and containers share a filesystem', () => {
    expect(updateContainerFsThresholds(SETTINGS, true, false).thresholds.slice(SETTINGS.length).map(describeThreshold)).toEqual([
      'containerfs.available 2Gi 0s -',
      'containerfs.available 4Gi 2m0s -',
      'containerfs.inodesFree 2k 0s 6k',
      'containerfs.inodesFree never 0s -',
    ]);
  });

  it('changes nothing for containers apart from images that have no filesystem', () => {
    expect(updateContainerFsThresholds(SETTINGS, false, true)).toEqual({ thresholds: SETTINGS });
  });

  it('adds empty thresholds when there is nothing to follow', () => {
    expect(updateContainerFsThresholds([], false, false).thresholds).toEqual([
      'containerfs.available', 'containerfs.available', 'containerfs.inodesFree', 'containerfs.inodesFree',
    ].map((signal) => ({ signal, operator: '', value: { percentage: 0 }, gracePeriod: 0n })));
  });

  it('replaces a user\'s own thresholds in their place and tells of the last one', () => {
    const own = parseThresholdConfig([], {
      evictionHard:            { 'containerfs.available': '9Gi', 'nodefs.available': '1Gi' },
      evictionSoft:            { 'containerfs.inodesFree': '9k' },
      evictionSoftGracePeriod: { 'containerfs.inodesFree': '9m' },
      evictionMinimumReclaim:  null,
    });

    expect(updateContainerFsThresholds(own, false, false).thresholds.map(describeThreshold)).toEqual([
      'containerfs.available 1Gi 0s -',
      'nodefs.available 1Gi 0s -',
      'containerfs.inodesFree never 0s -',
      'containerfs.available never 0s -',
      'containerfs.inodesFree never 0s -',
    ]);
    expect(updateContainerFsThresholds(own, false, false).error).toBe('found containerfs.inodesFree for soft eviction. ignoring');
    expect(updateContainerFsThresholds(own.slice(0, 2), false, true).error).toBe('found containerfs.available for hard eviction. ignoring');
  });

  it('leaves its input as it is', () => {
    const before = [...SETTINGS];

    updateContainerFsThresholds(SETTINGS, false, false);
    expect(SETTINGS).toEqual(before);
  });
});
