import { isExtendedResourceName, isHugePageResourceName, isScalarResourceName } from '../resourceNames';

describe('names of resources', () => {
  it('of huge pages have their prefix', () => {
    expect(['hugepages-2Mi', 'memory'].map(isHugePageResourceName)).toEqual([true, false]);
  });

  it('are extended when they belong to somebody else', () => {
    const names = ['nvidia.com/gpu', 'devices.kubevirt.io/kvm', 'a/b', 'cpu', 'kubernetes.io/batch', 'attach.kubernetes.io/x', 'requests.nvidia.com/gpu'];

    expect(names.map(isExtendedResourceName)).toEqual([true, true, true, false, false, false, false]);
  });

  it('are extended only if a quota could name them', () => {
    const wrong = ['nvidia.com/', '/gpu', 'nvidia.com/gpu/0', 'Nvidia.com/gpu', 'nvidia..com/gpu', 'nvidia.com/-gpu', `nvidia.com/${ 'g'.repeat(64) }`, `${ 'n.'.repeat(130) }com/gpu`];

    expect(wrong.filter(isExtendedResourceName)).toEqual([]);
    expect(isExtendedResourceName(`nvidia.com/${ 'g'.repeat(63) }`)).toBe(true);
  });

  it('are counted on a node unless the node has a field for them, or nobody knows them', () => {
    const counted = ['hugepages-1Gi', 'nvidia.com/gpu', 'kubernetes.io/batch', 'attachable-volumes-csi-x'];
    const others = ['cpu', 'memory', 'ephemeral-storage', 'pods', 'storage', 'gpu', '__proto__'];

    expect(counted.filter(isScalarResourceName)).toEqual(counted);
    expect(others.filter(isScalarResourceName)).toEqual([]);
  });
});
