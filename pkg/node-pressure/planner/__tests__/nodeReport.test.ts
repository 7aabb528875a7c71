import { parseConfigz } from '../../kubelet/config/configz';
import { DESIGN_SETTINGS, FORBIDDEN, GI, READ_AT, report, RKE2_DEFAULTS, summary, unreadReport } from './fixtures';

describe('thresholds', () => {
  it('are the hard and the soft one of the running kubelet, in bytes', () => {
    const { hard, soft, thresholds } = report(DESIGN_SETTINGS, summary([40, 24]));

    expect({ hard, soft, thresholds }).toStrictEqual({
      thresholds: 'read',
      hard:       { thresholdBytes: 6 * GI, setting: '6Gi', graceNanoseconds: 0n },
      soft:       { thresholdBytes: 8 * GI, setting: '8Gi', graceNanoseconds: 90_000_000_000n },
    });
  });

  it('are none with what RKE2 sets by itself', () => {
    const { hard, soft, thresholds, margin } = report(RKE2_DEFAULTS, summary([40, 24]));

    expect({ hard, soft, thresholds, margin }).toStrictEqual({ hard: undefined, soft: undefined, thresholds: 'read', margin: undefined });
  });

  it('refer a percentage to the node’s memory as the kubelet computes it', () => {
    const { hard } = report({ evictionHard: { 'memory.available': '10%' } }, summary([4, 4]), {
      node: { metadata: { name: 'n' }, status: { capacity: { memory: '8589934592' } } },
    });

    expect(hard).toStrictEqual({ thresholdBytes: 858993472, setting: '10%', graceNanoseconds: 0n });
  });

  it('take a soft threshold without grace for a hard one, the stricter of the two for the hard one', () => {
    const { hard, soft } = report({
      evictionHard: { 'memory.available': '1Gi' }, evictionSoft: { 'memory.available': '2Gi' }, evictionSoftGracePeriod: { 'memory.available': '0s' }
    }, summary([40, 24]));

    expect(hard).toMatchObject({ thresholdBytes: 2 * GI, setting: '2Gi' });
    expect(soft).toBeUndefined();
  });

  it('are not known, rather than off, while they were not read', () => {
    expect(unreadReport()).toMatchObject({ thresholds: 'unknown', asked: false, hard: undefined, reservations: undefined });
  });

  it('can be ruled out without reading the kubelet where allocatable equals capacity', () => {
    expect(unreadReport({ capacity: '64Gi', allocatable: '64Gi' })).toMatchObject({ thresholds: 'withheldNothing' });
  });

  it('of a configuration that no kubelet starts with are a failure', () => {
    expect(report({ evictionHard: { 'memory.available': '6GiB' } }, summary([40, 24]))).toMatchObject({
      thresholds: 'unknown', hard: undefined, failure: { kind: 'badData', verb: 'get nodes/proxy', message: expect.stringContaining('quantities must match') }
    });
  });

  it('are not known on a node that does not tell its memory', () => {
    expect(report(DESIGN_SETTINGS, summary([40, 24]), { node: { metadata: { name: 'n' } } })).toMatchObject({ thresholds: 'unknown', capacityBytes: undefined, margin: undefined });
  });
});

describe('margin', () => {
  it('is the node’s memory when that is closer to its threshold', () => {
    expect(report(DESIGN_SETTINGS, summary([50, 14], [40, 22])).margin).toStrictEqual({ marginBytes: 8 * GI, capacityBytes: 64 * GI, signal: 'memory.available', hard: true });
  });

  it('is the pods’ cgroup when that is closer, against its own threshold', () => {
    expect(report(DESIGN_SETTINGS, summary([50, 14], [50, 12])).margin).toStrictEqual({ marginBytes: 6 * GI, capacityBytes: 62 * GI, signal: 'allocatableMemory.available', hard: true });
  });

  it('leaves the pods’ cgroup out where pods are not enforced', () => {
    expect(report({ ...DESIGN_SETTINGS, enforceNodeAllocatable: ['none'] }, summary([50, 14], [60, 2])).margin).toMatchObject({ signal: 'memory.available' });
  });

  it('is negative once the threshold is passed', () => {
    expect(report(DESIGN_SETTINGS, summary([59, 5])).margin).toMatchObject({ marginBytes: -GI });
  });

  it('refers to the soft threshold where there is no hard one', () => {
    expect(report({ evictionSoft: DESIGN_SETTINGS.evictionSoft, evictionSoftGracePeriod: DESIGN_SETTINGS.evictionSoftGracePeriod }, summary([50, 14])))
      .toMatchObject({ margin: { marginBytes: 6 * GI, hard: false }, softMargin: { marginBytes: 6 * GI, hard: false } });
  });

  it('is not known without the figures that it is made of', () => {
    expect(report(DESIGN_SETTINGS, { node: { nodeName: 'n', memory: { workingSetBytes: 1 } }, pods: [] })).toMatchObject({ margin: undefined, exactUse: undefined });
  });
});

describe('memory in use', () => {
  it('is the working set of the summary', () => {
    expect(report(DESIGN_SETTINGS, summary([50, 14])).exactUse).toStrictEqual({ workingSetBytes: 50 * GI, capacityBytes: 64 * GI, readAtMilliseconds: READ_AT });
  });

  it('is coarse from the list of metrics', () => {
    expect(unreadReport({}, { usage: { sample: { value: 30 * GI, readAtMilliseconds: 5 } } }).coarseUse)
      .toStrictEqual({ workingSetBytes: 30 * GI, capacityBytes: 64 * GI, readAtMilliseconds: 5 });
  });

  it('is not known from metrics on a node that does not tell its memory', () => {
    expect(unreadReport({ capacity: 'much' }, { usage: { sample: { value: 30 * GI, readAtMilliseconds: 5 } } }).coarseUse).toBeUndefined();
  });
});

it('carries what the Node says: role, labels, conditions, allocatable', () => {
  expect(unreadReport({ ready: 'False', pressures: ['DiskPressure'], unschedulable: true, labels: {} })).toMatchObject({
    name: 'node-1', role: 'worker', managed: false, cordoned: true, readiness: 'notReady', pressures: ['DiskPressure'], capacityBytes: 64 * GI, allocatableBytes: 56 * GI,
  });
});

describe('failure', () => {
  it('is that of the configuration first', () => {
    expect(unreadReport({}, { configuration: { failure: FORBIDDEN }, summary: { failure: { ...FORBIDDEN, kind: 'timeout' } } })).toMatchObject({ failure: FORBIDDEN, asked: true });
  });

  it('is that of the summary where the configuration is known', () => {
    expect(report(DESIGN_SETTINGS, summary([1, 1]), { summary: { failure: FORBIDDEN } })).toMatchObject({ failure: FORBIDDEN, asked: true, reservations: { systemBytes: 2 * GI, kubeBytes: 0 } });
  });

  it('leaves a node half asked while one answer is out', () => {
    expect(unreadReport({}, { configuration: { sample: { value: parseConfigz({ kubeletconfig: {} }), readAtMilliseconds: 0 } } })).toMatchObject({ asked: false, failure: undefined });
  });
});
