import fc from 'fast-check';

import { kubepodsCgroup, nodeAllocatable, nodeAllocatableReservation, type NodeReservations, strictestAllocatable, validateNodeAllocatable } from '../allocatable';
import type { StringMap } from '../flags';
import type { Quantities } from '../podResources';
import { parseQuantity } from '../quantity';
import { parseResourceList } from '../resourceList';
import { parseThresholdConfig } from '../thresholds';

function quantities(texts: StringMap): Quantities {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, parseQuantity(text)]));
}

function reservations(evictionHard: StringMap | null, systemReserved: StringMap | null = null, kubeReserved: StringMap | null = null): NodeReservations {
  return {
    systemReserved:         parseResourceList(systemReserved),
    kubeReserved:           parseResourceList(kubeReserved),
    hardEvictionThresholds: parseThresholdConfig([], { evictionHard, evictionSoft: null, evictionSoftGracePeriod: null, evictionMinimumReclaim: null }),
  };
}

function texts(list: Quantities): Record<string, string> {
  return Object.fromEntries(Object.entries(list).map(([name, quantity]) => [name, `${ quantity }`]));
}

describe('node allocatable', () => {
  it('is 8204Mi of 10Gi with eviction below 500Mi and 1.5Gi for the system', () => {
    // kubernetes.io "Node-pressure Eviction", example of a 10 GiB node
    const tenGibibytes = quantities({ memory: '10Gi' });
    const settings = reservations({ 'memory.available': '500Mi' }, { memory: '1.5Gi' });

    expect(texts(nodeAllocatable(tenGibibytes, settings))).toEqual({ memory: '8204Mi' });
    expect(texts(nodeAllocatableReservation(tenGibibytes, settings))).toEqual({ memory: '2036Mi' });
  });

  it('is 28.9 GiB of 32, and the pods\' cgroup 29 GiB, with 1 GiB for the system, 2 for Kubernetes and eviction below 100Mi', () => {
    // kubernetes.io "Reserve Compute Resources for System Daemons", example scenario: 14.5 CPUs, 28.5Gi with 500Mi; figures for 100Mi
    const node = quantities({ memory: '32Gi', cpu: '16', 'ephemeral-storage': '100Gi' });
    const settings = reservations(
      { 'memory.available': '100Mi', 'nodefs.available': '10%' },
      { cpu: '500m', memory: '1Gi', 'ephemeral-storage': '1Gi' },
      { cpu: '1', memory: '2Gi', 'ephemeral-storage': '1Gi' },
    );

    expect(texts(nodeAllocatable(node, settings))).toEqual({ memory: '29596Mi', cpu: '14500m', 'ephemeral-storage': '94489280352' });
    expect(29596 / 1024).toBeCloseTo(28.9, 2);
    expect(kubepodsCgroup(node, settings)).toEqual({ memoryLimitBytes: 29n * 2n ** 30n, cpuShares: 14848n });
    expect(kubepodsCgroup(node, settings, false)).toEqual({ memoryLimitBytes: 32n * 2n ** 30n, cpuShares: 16384n });
  });

  it('is that of a real Harvester node: 12 cores, 22392912Ki', () => {
    const node = quantities({ cpu: '12', memory: '22392912Ki', 'ephemeral-storage': '106779532Ki', pods: '200' });
    // pkg/controller/master/node/condition_annotations_test.go of harvester/harvester: reserved cpu, but no memory
    const settings = reservations({ 'imagefs.available': '5%', 'nodefs.available': '5%' }, { cpu: '400m' }, { cpu: '600m' });

    expect(texts(nodeAllocatable(node, settings))).toEqual({ cpu: '11', memory: '22392912Ki', 'ephemeral-storage': '103875128649', pods: '200' });
    expect(texts(nodeAllocatable(node, reservations({ 'memory.available': '6Gi' }, { memory: '2Gi' }))).memory).toBe('14004304Ki');
  });

  it('is never below zero', () => {
    const node = quantities({ memory: '8Gi', cpu: '2' });
    const greedy = reservations({ 'memory.available': '100Mi' }, { memory: '9Gi', cpu: '3' });

    expect(texts(nodeAllocatable(node, greedy))).toEqual({ memory: '0', cpu: '0' });
    expect(kubepodsCgroup(node, greedy)).toEqual({ memoryLimitBytes: 0n, cpuShares: 2n });
  });

  it('lacks the memory of all huge pages', () => {
    const node = quantities({ memory: '8Gi', 'hugepages-1Gi': '2Gi', 'hugepages-2Mi': '512Mi' });

    expect(texts(nodeAllocatable(node, reservations(null)))).toEqual({ memory: '5632Mi', 'hugepages-1Gi': '2Gi', 'hugepages-2Mi': '512Mi' });
    expect(texts(nodeAllocatable(quantities({ memory: '1Gi', 'hugepages-1Gi': '2Gi' }), reservations(null))).memory).toBe('0');
    expect(texts(nodeAllocatable(quantities({ 'hugepages-1Gi': '2Gi' }), reservations(null))).memory).toBe('0');
  });

  it('ignores thresholds of other signals, and takes percentages of the capacity in float32', () => {
    const node = quantities({ memory: '8Gi' });

    expect(texts(nodeAllocatable(node, reservations({ 'memory.available': '10%' }))).memory).toBe('7730941120');
    expect(texts(nodeAllocatable(node, reservations({ 'pid.available': '10%', 'imagefs.available': '10%', 'nodefs.available': '10%' }))).memory).toBe('8Gi');
    expect(texts(nodeAllocatableReservation(node, reservations({ 'nodefs.available': '10%' })))).toEqual({});
  });

  it('counts no threshold without an operator', () => {
    const [threshold] = reservations({ 'memory.available': '1Gi' }).hardEvictionThresholds;
    const inert = { ...reservations(null), hardEvictionThresholds: [{ ...threshold!, operator: '' as const }] };

    expect(texts(nodeAllocatable(quantities({ memory: '8Gi' }), inert)).memory).toBe('8Gi');
  });

  it('reserves nothing the node does not have', () => {
    expect(texts(nodeAllocatableReservation(quantities({ cpu: '2' }), reservations(null, { memory: '1Gi', pid: '100' })))).toEqual({});
  });

  it('limits processes where the node counts them', () => {
    expect(kubepodsCgroup(quantities({ pid: '32768' }), reservations(null, { pid: '1000' }, { pid: '500' }))).toEqual({ pidsLimit: 31268n });
    expect(kubepodsCgroup(quantities({ pid: '32768' }), reservations(null, null, { pid: '500' }))).toEqual({ pidsLimit: 32268n });
  });

  it('never grows with a reservation', () => {
    const mebibytes = fc.integer({ min: 1, max: 40000 });

    fc.assert(fc.property(mebibytes, mebibytes, mebibytes, (a, b, threshold) => {
      const node = quantities({ memory: '32Gi' });
      const memory = (reserved: number) => nodeAllocatable(node, reservations({ 'memory.available': `${ threshold }Mi` }, { memory: `${ reserved }Mi` })).memory!;

      return memory(Math.max(a, b)).cmp(memory(Math.min(a, b))) <= 0;
    }));
  });
});

describe('the stricter of two allocatables', () => {
  it('has the smaller amount of each resource', () => {
    expect(texts(strictestAllocatable(quantities({ memory: '8Gi', cpu: '2' }), quantities({ memory: '6Gi', cpu: '4' })))).toEqual({ memory: '6Gi', cpu: '2' });
  });

  it('lacks what one of them lacks, but for extended resources, which nobody misses', () => {
    expect(texts(strictestAllocatable(quantities({ 'hugepages-2Mi': '4Mi', 'nvidia.com/gpu': '1' }), quantities({ 'ephemeral-storage': '1Gi', 'example.com/fpga': '2' })))).toEqual({ 'nvidia.com/gpu': '1', 'example.com/fpga': '2' });
  });
});

describe('the check of a starting kubelet', () => {
  const node = quantities({ memory: '8Gi', cpu: '8', pods: '110' });

  it('passes as long as no more is reserved than there is', () => {
    expect(validateNodeAllocatable(node, reservations({ 'memory.available': '1Gi' }, { memory: '7Gi', cpu: '8' }))).toBeUndefined();
    expect(validateNodeAllocatable(quantities({ pods: '110', cpu: '2', 'ephemeral-storage': '1Gi', memory: '1Gi' }), reservations(null))).toBeUndefined();
  });

  it('shows reservation and capacity as Go does', () => {
    expect(validateNodeAllocatable(node, reservations({ 'memory.available': '100Mi' }, { memory: '8Gi' }))).toBe('invalid Node Allocatable configuration. Resource "memory" has a reservation of {{8694792192 0} {<nil>}  BinarySI} but capacity of {{8589934592 0} {<nil>}  BinarySI}. Expected capacity >= reservation.');
  });

  it('names every resource', () => {
    expect(validateNodeAllocatable(node, reservations(null, { memory: '9G', cpu: '8500m' }))).toBe('invalid Node Allocatable configuration. Resource "cpu" has a reservation of {{8500 -3} {<nil>}  DecimalSI} but capacity of {{8000 -3} {<nil>}  DecimalSI}. Expected capacity >= reservation. Resource "memory" has a reservation of {{9 9} {<nil>}  DecimalSI} but capacity of {{8589934592 0} {<nil>}  BinarySI}. Expected capacity >= reservation.');
  });

  it('cannot know the address that Go prints of a fraction', () => {
    expect(validateNodeAllocatable(node, reservations(null, { memory: '8.5Gi' }))).toContain('a reservation of {{0 0} {0x…}  BinarySI} but');
  });
});
