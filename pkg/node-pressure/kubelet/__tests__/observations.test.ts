import { makeSignalObservations, type SignalObservation } from '../observations';
import type { NodeStats } from '../summary';

const TIME = '2026-01-02T03:04:05Z';

function observe(node: Partial<NodeStats>): Record<string, string> {
  const observations = makeSignalObservations({ node: { nodeName: 'node-1', ...node }, pods: [] });

  return Object.fromEntries(Object.entries(observations).map(([signal, { available, capacity, time }]: [string, SignalObservation]) => {
    return [signal, `${ available } ${ available.format } of ${ capacity } ${ capacity.format }${ time ? ` at ${ time }` : '' }`];
  }));
}

/** makeSignalObservations in pkg/kubelet/eviction/helpers.go. */
describe('makeSignalObservations', () => {
  it('finds every signal of a whole summary', () => {
    const fs = { time: TIME, availableBytes: 2048, capacityBytes: 4096, inodesFree: 1000, inodes: 5000 };

    expect(observe({
      memory:           { time: TIME, availableBytes: 3 * 1024 ** 3, workingSetBytes: 1024 ** 3, usageBytes: 2 * 1024 ** 3 },
      systemContainers: [{ name: 'kubelet', memory: { availableBytes: 1, workingSetBytes: 1 } }, { name: 'pods', memory: { availableBytes: 2048, workingSetBytes: 1024 } }],
      fs,
      runtime:          { imageFs: fs, containerFs: fs },
      rlimit:           { time: TIME, maxpid: 32768, curproc: 768 },
    })).toEqual({
      'memory.available':            `3Gi BinarySI of 4Gi BinarySI at ${ TIME }`,
      'allocatableMemory.available': '2Ki BinarySI of 3Ki BinarySI',
      'nodefs.available':            `2Ki BinarySI of 4Ki BinarySI at ${ TIME }`,
      'nodefs.inodesFree':           `1k DecimalSI of 5k DecimalSI at ${ TIME }`,
      'imagefs.available':           `2Ki BinarySI of 4Ki BinarySI at ${ TIME }`,
      'imagefs.inodesFree':          `1k DecimalSI of 5k DecimalSI at ${ TIME }`,
      'containerfs.available':       `2Ki BinarySI of 4Ki BinarySI at ${ TIME }`,
      'containerfs.inodesFree':      `1k DecimalSI of 5k DecimalSI at ${ TIME }`,
      'pid.available':               `32k DecimalSI of 32768 DecimalSI at ${ TIME }`,
    });
  });

  it.each<[string, Partial<NodeStats>]>([
    ['anything', {}],
    ['memory that is available', { memory: { workingSetBytes: 1 } }],
    ['a working set', { memory: { availableBytes: 1 }, systemContainers: [{ name: 'pods', memory: { availableBytes: 1 } }] }],
    ['the pods\' cgroup', { systemContainers: [{ name: 'kubelet', memory: { availableBytes: 1, workingSetBytes: 1 } }] }],
    ['the pods\' memory', { systemContainers: [{ name: 'pods' }] }],
    ['a filesystem\'s size', { fs: { availableBytes: 1, inodesFree: 1 } }],
    ['what a filesystem has left', { runtime: { imageFs: { capacityBytes: 1, inodes: 1 }, containerFs: {} } }],
    ['filesystems of the runtime', { runtime: {} }],
    ['the number of processes', { rlimit: { maxpid: 1 } }],
    ['the limit of processes', { rlimit: { curproc: 1 } }],
    ['figures that are numbers', { fs: { availableBytes: 0.5, capacityBytes: NaN, inodesFree: Infinity, inodes: 1 } }],
  ])('has nothing without %s', (_, node) => {
    expect(observe(node)).toEqual({});
  });

  it('takes zero for what it is', () => {
    expect(observe({ memory: { availableBytes: 0, workingSetBytes: 1024 } })).toEqual({ 'memory.available': '0 BinarySI of 1Ki BinarySI' });
  });

  it('goes below zero with more processes than allowed', () => {
    expect(observe({ rlimit: { maxpid: 10, curproc: 12 } })).toEqual({ 'pid.available': '-2 DecimalSI of 10 DecimalSI' });
  });

  it('wraps where an int64 does', () => {
    expect(observe({ fs: { availableBytes: 2 ** 63, capacityBytes: 2 ** 64 } })).toEqual({ 'nodefs.available': '-9223372036854775808 BinarySI of 0 BinarySI' });
  });
});
