import { filesystemLayout, measuredFilesystems, nodeReclaim, type FilesystemLayout } from '../layout';
import { SIGNALS, type Signal } from '../../signals';

/** As letters: r(ootfs), l(ogs), v(olumes). */
function measured(signal: Signal, layout: FilesystemLayout): string {
  const { rootfs, logs, localVolumes } = measuredFilesystems(signal, layout);

  return `${ rootfs ? 'r' : '' }${ logs ? 'l' : '' }${ localVolumes ? 'v' : '' }`;
}

describe('the layout of a node', () => {
  it.each([
    [false, false, 'single'],
    [true, false, 'dedicated-imagefs'],
    [true, true, 'split-containerfs'],
    [false, true, 'single'],
  ])('with dedicated imagefs %s and split containerfs %s is %s', (dedicatedImageFs, splitContainerImageFs, layout) => {
    expect(filesystemLayout({ dedicatedImageFs, splitContainerImageFs })).toBe(layout);
  });
});

// buildSignalToRankFunc and buildSignalToNodeReclaimFuncs, pkg/kubelet/eviction/helpers.go
describe.each([
  ['single', 'nodefs', 'rlv', ['containers', 'images']],
  ['single', 'imagefs', 'rlv', ['containers', 'images']],
  ['single', 'containerfs', 'rlv', ['containers', 'images']],
  ['dedicated-imagefs', 'nodefs', 'lv', []],
  ['dedicated-imagefs', 'imagefs', 'r', ['containers', 'images']],
  ['dedicated-imagefs', 'containerfs', 'r', ['containers', 'images']],
  ['split-containerfs', 'nodefs', 'rlv', ['containers']],
  ['split-containerfs', 'imagefs', '', ['images']],
  ['split-containerfs', 'containerfs', 'rlv', ['containers']],
] as const)('%s, %s', (layout, filesystem, counted, reclaimed) => {
  it.each(SIGNALS.filter((signal) => signal.startsWith(filesystem)))('%s', (signal) => {
    expect(measured(signal, layout)).toBe(counted);
    expect(nodeReclaim(signal, layout)).toEqual(reclaimed);
  });
});

describe('memory and process ids', () => {
  it.each(['memory.available', 'allocatableMemory.available', 'pid.available'] as const)('%s is on no filesystem', (signal) => {
    expect(measured(signal, 'single')).toBe('');
    expect(nodeReclaim(signal, 'single')).toEqual([]);
  });
});
