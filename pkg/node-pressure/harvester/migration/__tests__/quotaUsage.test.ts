/** @jest-environment node */
import type { Container } from '../../../kubelet/pod';
import { parseQuantity } from '../../../kubelet/quantity';
import { amountOf, isOfPods, podUsage, unspecified } from '../quotaUsage';

const pod = (containers: Container[], initContainers?: Container[], spec: object = {}): Parameters<typeof podUsage>[0] => ({ metadata: { name: 'p' }, spec: { containers, initContainers, ...spec } });

describe('isOfPods', () => {
  it.each([
    'pods', 'count/pods', 'cpu', 'memory', 'requests.cpu', 'limits.memory', 'ephemeral-storage', 'requests.ephemeral-storage', 'hugepages-2Mi', 'requests.hugepages-1Gi', 'requests.devices.kubevirt.io/kvm',
  ])('counts %s', (resource) => expect(isOfPods(resource)).toBe(true));

  it.each([
    'services', 'count/services', 'requests.storage', 'persistentvolumeclaims', 'limits.hugepages-2Mi', 'devices.kubevirt.io/kvm', 'limits.devices.kubevirt.io/kvm', 'requests.example.kubernetes.io/x', 'gold.storageclass.storage.k8s.io/requests.storage',
  ])('does not count %s', (resource) => expect(isOfPods(resource)).toBe(false));
});

it.each([['cpu', 250n], ['limits.cpu', 250n], ['memory', 1n], ['pods', 1n]])('an amount of %s is in its unit', (resource, amount) => {
  expect(amountOf(resource, parseQuantity('250m'))).toBe(amount);
});

describe('podUsage', () => {
  it('is what a quota counts of a pod', () => {
    expect(podUsage(pod([
      { name: 'a', resources: { requests: { cpu: '1', memory: '1Gi', 'devices.kubevirt.io/kvm': '1', 'hugepages-2Mi': '4Mi', 'ephemeral-storage': '50M' }, limits: { cpu: '2', memory: '2Gi', 'devices.kubevirt.io/kvm': '1', 'hugepages-2Mi': '4Mi' } } },
      { name: 'b', resources: { requests: { cpu: '5m', memory: '35M' }, limits: { cpu: '15m', memory: '60M', 'ephemeral-storage': '1M' } } },
    ]))).toEqual({
      pods: 1n, 'count/pods': 1n, cpu: 1005n, 'requests.cpu': 1005n, 'limits.cpu': 2015n, memory: 1108741824n, 'requests.memory': 1108741824n, 'limits.memory': 2207483648n,
      'requests.devices.kubevirt.io/kvm': 1n, 'hugepages-2Mi': 4194304n, 'requests.hugepages-2Mi': 4194304n,
      'ephemeral-storage': 50000000n, 'requests.ephemeral-storage': 50000000n, 'limits.ephemeral-storage': 1000000n,
    });
  });
});

describe('unspecified', () => {
  const hard = ['limits.cpu', 'requests.memory', 'cpu', 'pods', 'limits.ephemeral-storage'];

  it('names what a container says nothing of', () => {
    const full = { name: 'a', resources: { requests: { cpu: '1', memory: '1' }, limits: { cpu: '0' } } };

    expect(unspecified(hard, pod([full]))).toEqual([]);
    expect(unspecified(hard, pod([full, { name: 'b', resources: { limits: { cpu: '1' } } }]))).toEqual(['requests.memory', 'cpu']);
    expect(unspecified(hard, pod([full], [{ name: 'init' }]))).toEqual(['limits.cpu', 'requests.memory', 'cpu']);
  });

  it('is nothing of a pod with resources of its own, and without limits', () => {
    expect(unspecified(hard, pod([{ name: 'a' }], undefined, { resources: { requests: { cpu: '1' } } }))).toEqual([]);
    expect(unspecified([], pod([{ name: 'a' }]))).toEqual([]);
  });
});
