import { MINUTE, SECOND } from '../../go/duration';
import { KubeletError } from '../../errors';
import { parseConfigz } from '../configz';

/** A Harvester node's answer, 1.34 (no kind, no apiVersion), shortened to what matters. */
const BODY = {
  kubeletconfig: {
    syncFrequency: '1m0s', authentication: { x509: {}, webhook: { enabled: true, cacheTTL: '2m0s' }, anonymous: { enabled: false } }, maxPods: 200, podPidsLimit: -1, cgroupsPerQOS: true,
    evictionHard: { 'imagefs.available': '5%', 'nodefs.available': '5%' }, evictionMinimumReclaim: { 'imagefs.available': '10%', 'nodefs.available': '10%' },
    evictionPressureTransitionPeriod: '5m0s', systemReserved: { cpu: '480m' }, kubeReserved: { cpu: '720m' }, enforceNodeAllocatable: ['pods'], failSwapOn: false, memorySwap: {},
    memoryThrottlingFactor: 0.9, logging: { format: 'text', flushFrequency: '5s', verbosity: 0, options: { json: { infoBufferSize: '0' } } },
    shutdownGracePeriod: '0s', imageGCHighThresholdPercent: 85, imageGCLowThresholdPercent: 80, somethingNew: { a: 1 },
  },
};

describe('parseConfigz', () => {
  it('reads what a kubelet says', () => {
    expect(parseConfigz(BODY)).toMatchObject({
      maxPods:                          200,
      podPidsLimit:                     -1n,
      evictionHard:                     { 'imagefs.available': '5%', 'nodefs.available': '5%' },
      systemReserved:                   { cpu: '480m' },
      enforceNodeAllocatable:           ['pods'],
      evictionPressureTransitionPeriod: 5n * MINUTE,
      failSwapOn:                       false,
      memorySwap:                       { swapBehavior: '' },
      memoryThrottlingFactor:           0.9,
      logging:                          { format: 'text', flushFrequency: 5n * SECOND, verbosity: 0 },
    });
  });

  it('takes what is left out for nothing, not for a default', () => {
    expect(parseConfigz({ kubeletconfig: {} })).toMatchObject({
      evictionHard: null, evictionSoft: null, evictionMaxPodGracePeriod: 0, enforceNodeAllocatable: null, maxPods: 0, failSwapOn: false, mergeDefaultEvictionSettings: false,
      singleProcessOOMKill: null, evictionPressureTransitionPeriod: 0n, authentication: { anonymous: { enabled: false } }, tracing: null,
    });
  });

  it('reads the shape of 1.36, and the number that older kubelets gave for a duration', () => {
    expect(parseConfigz({ kubeletconfig: { kind: 'KubeletConfiguration', apiVersion: 'kubelet.config.k8s.io/v1beta1', logging: { flushFrequency: 5000000000 } } }).logging.flushFrequency).toBe(5n * SECOND);
  });

  it('keeps keys of maps whatever they are', () => {
    expect(Object.keys(parseConfigz(JSON.parse('{"kubeletconfig": {"evictionHard": {"__proto__": "1", "": "2"}}}')).evictionHard ?? {})).toEqual(['__proto__', '']);
  });

  it.each<[string, unknown]>([
    ['text', 'Forbidden'], ['nothing', null], ['a list', []], ['an empty object, as of a kubelet that did not start', {}], ['null', { kubeletconfig: null }], ['a list inside', { kubeletconfig: [] }],
    ['undefined', { kubeletconfig: { a: undefined } }],
  ])('refuses %s', (_, body) => {
    expect(() => parseConfigz(body)).toThrow(KubeletError);
  });

  it.each<[string, unknown, string]>([
    ['maxPods', '110', 'string into Go struct field KubeletConfiguration.maxPods of type int32'],
    ['maxPods', 1.5, 'number into Go struct field KubeletConfiguration.maxPods of type int32'],
    ['maxPods', 2 ** 31, 'number into Go struct field KubeletConfiguration.maxPods of type int32'],
    ['podPidsLimit', true, 'bool into Go struct field KubeletConfiguration.podPidsLimit of type int64'],
    ['failSwapOn', 'no', 'string into Go struct field KubeletConfiguration.failSwapOn of type bool'],
    ['evictionHard', [], 'array into Go struct field KubeletConfiguration.evictionHard of type map'],
    ['evictionHard', { 'memory.available': {} }, 'object into Go struct field KubeletConfiguration.evictionHard of type string'],
    ['enforceNodeAllocatable', 'pods', 'string into Go struct field KubeletConfiguration.enforceNodeAllocatable of type slice'],
    ['reservedMemory', {}, 'object into Go struct field KubeletConfiguration.reservedMemory of type slice'],
    ['memorySwap', 'NoSwap', 'string into Go struct field KubeletConfiguration.memorySwap of type struct'],
    ['memoryThrottlingFactor', '0.9', 'string into Go struct field KubeletConfiguration.memoryThrottlingFactor of type float64'],
    ['logging', { verbosity: -1 }, 'number into Go struct field KubeletConfiguration.logging.verbosity of type uint32'],
    ['logging', { flushFrequency: null, options: { text: { infoBufferSize: [] } } }, 'array into Go struct field KubeletConfiguration.logging.options.text.infoBufferSize of type resource.Quantity'],
    ['syncFrequency', 60, 'number into Go struct field KubeletConfiguration.syncFrequency of type v1.Duration'],
    ['registerWithTaints', [{ timeAdded: 5 }], 'number into Go struct field KubeletConfiguration.registerWithTaints.timeAdded of type v1.Time'],
  ])('refuses %s %j', (field, value, message) => {
    expect(() => parseConfigz({ kubeletconfig: { [field]: value } })).toThrow(new KubeletError(`json: cannot unmarshal ${ message }`));
  });

  it('reads a list\'s empty elements, and null, as nothing', () => {
    const { reservedMemory, evictionHard, enforceNodeAllocatable, memorySwap } = parseConfigz({
      kubeletconfig: { reservedMemory: [null, { limits: { memory: 5, cpu: ' 1.5 ' } }], evictionHard: { 'memory.available': null }, enforceNodeAllocatable: [null], memorySwap: null }
    });

    expect(reservedMemory?.map(({ numaNode, limits }) => [numaNode, limits && Object.values(limits).map(String)])).toEqual([[0, null], [0, ['5', '1500m']]]);
    expect(evictionHard).toEqual({ 'memory.available': '' });
    expect(enforceNodeAllocatable).toEqual(['']);
    expect(memorySwap).toEqual({ swapBehavior: '' });
  });

  it('refuses a body that only wants to overflow a stack', () => {
    const nested = Array.from({ length: 100_000 }).reduce((inner) => [inner], []);

    expect(() => parseConfigz({ kubeletconfig: { somethingNew: nested } })).toThrow(new KubeletError('exceeded max depth'));
  });

  it('refuses a time that is none', () => {
    expect(() => parseConfigz({ kubeletconfig: { registerWithTaints: [{ timeAdded: 'today' }] } })).toThrow(new KubeletError('parsing time "today": cannot parse as RFC 3339'));
  });
});
