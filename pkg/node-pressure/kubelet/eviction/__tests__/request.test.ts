import fc from 'fast-check';
import { KubeletError } from '../../errors';
import type { Pod } from '../../pod';
import { newQuantity } from '../../quantity';
import { getResourceRequestQuantity, resourceRequestNumber } from '../request';
import { Gi, Mi, podOf } from './builders';

const memory = (spec: Partial<Pod['spec']>): string => getResourceRequestQuantity(podOf('p', { spec }).pod, 'memory').toString();
const container = (name: string, request: string, restartPolicy?: string) => ({ name, resources: { requests: { memory: request } }, restartPolicy });

// GetResourceRequestQuantity, pkg/api/v1/resource/helpers.go
describe('what a pod requests of one resource', () => {
  it('adds up its containers', () => {
    expect(memory({ containers: [container('a', '1Gi'), container('b', '512Mi')] })).toBe('1536Mi');
  });

  it('is zero where nothing requests it', () => {
    expect(memory({ containers: [{ name: 'a' }] })).toBe('0');
    expect(['memory', 'ephemeral-storage', 'cpu'].map((resource) => getResourceRequestQuantity(podOf('p').pod, resource).format)).toEqual(['BinarySI', 'BinarySI', 'DecimalSI']);
  });

  it('is that of the largest init container where that is more', () => {
    expect(memory({ containers: [container('a', '1Gi')], initContainers: [container('i', '3Gi')] })).toBe('3Gi');
  });

  it('counts sidecars beside the containers', () => {
    expect(memory({ containers: [container('a', '1Gi')], initContainers: [container('s', '1Gi', 'Always')] })).toBe('2Gi');
  });

  it('adds overhead to a request, but not to none', () => {
    expect(memory({ containers: [container('a', '1Gi')], overhead: { memory: '120Mi' } })).toBe('1144Mi');
    expect(memory({ containers: [{ name: 'a' }], overhead: { memory: '120Mi' } })).toBe('0');
    expect(memory({ containers: [container('a', '0')], overhead: { memory: '120Mi' } })).toBe('0');
  });

  it('is the pod-level request where there is one, and then ignores the containers for every resource', () => {
    const { pod } = podOf('p', { requests: { memory: '1Gi', 'ephemeral-storage': '4Gi' }, spec: { resources: { requests: { memory: '2Gi' } } } });

    expect(getResourceRequestQuantity(pod, 'memory').toString()).toBe('2Gi');
    expect(getResourceRequestQuantity(pod, 'ephemeral-storage').toString()).toBe('0');
  });
});

describe('the same as a number', () => {
  const number = (spec: Partial<Pod['spec']>): number => resourceRequestNumber(podOf('p', { spec }).pod, 'memory');

  it('is exact', () => {
    expect(number({ containers: [container('a', '1Gi'), { name: 'b' }, container('c', '1.5Gi')] })).toBe(2.5 * Gi);
    expect(number({ containers: [container('a', '1Gi')], overhead: { memory: '120Mi' } })).toBe(Gi + 120 * Mi);
    expect(number({ containers: [container('a', '1Gi')], initContainers: [{ name: 'i' }] })).toBe(Gi);
  });

  it.each(['500m', '9007199254740993', '1e30'])('is none where a double cannot hold %s', (request) => {
    expect(number({ containers: [container('a', request)] })).toBeNaN();
    expect(number({ containers: [], initContainers: [container('i', request)] })).toBeNaN();
  });

  it('is none where only the sum is too much', () => {
    expect(number({ containers: [container('a', '9007199254740991'), container('b', '1')] })).toBeNaN();
    expect(number({ containers: [container('a', '9007199254740991')], overhead: { memory: '1' } })).toBeNaN();
    expect(number({ containers: [container('a', '1')], initContainers: [container('s', '9007199254740991', 'Always')] })).toBeNaN();
    expect(number({ containers: [], initContainers: [container('s', '9007199254740991', 'Always'), container('i', '1')] })).toBeNaN();
  });

  it('is none for a negative request, of which upstream makes other maxima', () => {
    expect(number({ containers: [container('a', '-1')] })).toBeNaN();
  });

  it('refuses what is no quantity', () => {
    expect(() => number({ containers: [container('a', '1GB')] })).toThrow(KubeletError);
  });

  it('is not fooled by names of Object.prototype', () => {
    expect(resourceRequestNumber(podOf('p', { requests: { memory: '1' } }).pod, 'constructor')).toBe(0);
  });

  it('stays right when more texts have been seen than it remembers', () => {
    for (let bytes = 1; bytes <= 10_001; bytes++) {
      expect(number({ containers: [container('a', `${ bytes }`)] })).toBe(bytes);
    }
    expect(number({ containers: [container('a', '1')] })).toBe(1);
  });

  it('is that of pod-level resources where they are set', () => {
    expect(number({ containers: [container('a', '1Gi')], resources: { requests: { memory: '2Gi' } } })).toBe(2 * Gi);
  });
});

describe('the number and the quantity', () => {
  const request = fc.constantFrom(undefined, '0', '1', '1.5k', '64Mi', '1Gi', '9007199254740991', '500m');
  const containers = (restartPolicy: fc.Arbitrary<string | undefined>) => fc.array(fc.record({ request, restartPolicy }), { maxLength: 4 }).map((list) => (
    list.map((each) => ({ name: 'c', resources: each.request ? { requests: { memory: each.request } } : {}, restartPolicy: each.restartPolicy }))
  ));
  const spec = fc.record({
    containers:     containers(fc.constant(undefined)),
    initContainers: containers(fc.constantFrom(undefined, 'Always')),
    overhead:       request.map((each) => (each ? { memory: each } : undefined)),
  });

  it('agree wherever there is a number', () => {
    fc.assert(fc.property(spec, (each) => {
      const { pod } = podOf('p', { spec: each });
      const number = resourceRequestNumber(pod, 'memory');

      fc.pre(!Number.isNaN(number));
      expect(getResourceRequestQuantity(pod, 'memory').cmp(newQuantity(BigInt(number), 'BinarySI'))).toBe(0);
    }));
  });
});
