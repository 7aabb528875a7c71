import { parseConfigz } from '../../kubelet/config/configz';
import type { Node } from '../node';
import { memoryReservations, withheldMemoryBytes } from '../reservations';

const GI = 2 ** 30;

function configuration(fields: Record<string, unknown>) {
  return parseConfigz({ kubeletconfig: fields });
}

describe('memory reservations of a kubelet', () => {
  it('are none with the CPU reservations that Harvester makes', () => {
    expect(memoryReservations(configuration({ systemReserved: { cpu: '400m' }, kubeReserved: { cpu: '600m' } }))).toStrictEqual({ systemBytes: 0, kubeBytes: 0 });
  });

  it('are none where nothing is configured', () => {
    expect(memoryReservations(configuration({}))).toStrictEqual({ systemBytes: 0, kubeBytes: 0 });
  });

  it('are read for the system and for Kubernetes', () => {
    expect(memoryReservations(configuration({ systemReserved: { cpu: '400m', memory: '2Gi' }, kubeReserved: { memory: '512Mi' } })))
      .toStrictEqual({ systemBytes: 2 * GI, kubeBytes: GI / 2 });
  });

  it('are not known where no kubelet could have started', () => {
    expect(memoryReservations(configuration({ systemReserved: { memory: '2GiB' } }))).toBeUndefined();
  });
});

describe('memory withheld from pods', () => {
  function node(capacity?: Record<string, string>, allocatable?: Record<string, string>): Node {
    return { metadata: { name: 'n' }, status: { capacity, allocatable } };
  }

  it('is nothing on a node as Harvester installs it', () => {
    const memory = '22392912Ki';

    expect(withheldMemoryBytes(node({ memory, 'hugepages-1Gi': '0', 'hugepages-2Mi': '0' }, { memory }))).toBe(0);
  });

  it('is what reservations and the hard threshold take', () => {
    expect(withheldMemoryBytes(node({ memory: '64Gi' }, { memory: '56Gi' }))).toBe(8 * GI);
  });

  it('does not count huge pages, which nobody withholds', () => {
    expect(withheldMemoryBytes(node({ memory: '64Gi', 'hugepages-2Mi': '2Gi' }, { memory: '62Gi' }))).toBe(0);
  });

  it.each([
    ['no status', { metadata: { name: 'n' } }],
    ['no capacity', node(undefined, { memory: '1Gi' })],
    ['no allocatable', node({ memory: '1Gi' })],
    ['a capacity that is no quantity', node({ memory: 'much' }, { memory: '1Gi' })],
    ['huge pages that are no quantity', node({ memory: '1Gi', 'hugepages-2Mi': '' }, { memory: '1Gi' })],
    ['a figure in place of a quantity', { metadata: { name: 'n' }, status: { capacity: { memory: 1024 }, allocatable: { memory: 1024 } } } as unknown as Node],
  ])('is not known with %s', (_what, broken) => {
    expect(withheldMemoryBytes(broken)).toBeUndefined();
  });
});
