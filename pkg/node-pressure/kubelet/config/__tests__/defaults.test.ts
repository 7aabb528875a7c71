import { MINUTE, SECOND } from '../../go/duration';
import { zeroFields } from '../decode';
import { defaultConfiguration, setDefaults } from '../defaults';
import { SCHEMA } from '../schema';
import { minorOf } from '../version';

/** SetDefaults_KubeletConfiguration in pkg/kubelet/apis/config/v1beta1/defaults.go of each version. */
describe('setDefaults', () => {
  const fields = (set: Record<string, unknown>): Record<string, unknown> => ({ ...zeroFields(SCHEMA), ...set });

  it('sets what evictions and reservations depend on, the same in every version', () => {
    for (let minor = 30; minor <= 36; minor++) {
      expect(setDefaults(fields({}), minor)).toMatchObject({
        evictionHard: null, evictionSoft: null, systemReserved: null, kubeReserved: null, evictionMaxPodGracePeriod: 0, evictionPressureTransitionPeriod: 5n * MINUTE,
        enforceNodeAllocatable: ['pods'], cgroupsPerQOS: true, maxPods: 110, podPidsLimit: -1n, failSwapOn: true, memorySwap: { swapBehavior: '' }, memoryThrottlingFactor: 0.9,
        imageGCHighThresholdPercent: 85, imageGCLowThresholdPercent: 80, imageMinimumGCAge: 2n * MINUTE, kernelMemcgNotification: false, mergeDefaultEvictionSettings: false,
        localStorageCapacityIsolation: true, enableSystemLogQuery: false, singleProcessOOMKill: null,
      });
    }
  });

  it.each([
    [30, false, '', null, ''],
    [34, false, '', null, ''],
    [35, true, '', 300n * SECOND, 'NeverVerifyPreloadedImages'],
    [36, true, 'None', 300n * SECOND, 'NeverVerifyPreloadedImages'],
  ])('differs in 1.%d', (minor, failCgroupV1, memoryReservationPolicy, maxContainerRestartPeriod, imagePullCredentialsVerificationPolicy) => {
    expect(setDefaults(fields({}), minor)).toMatchObject({ failCgroupV1, memoryReservationPolicy, crashLoopBackOff: { maxContainerRestartPeriod }, imagePullCredentialsVerificationPolicy });
  });

  it('sets the defaults of gates that are switched on in a version that has them off', () => {
    expect(setDefaults(fields({ featureGates: { KubeletCrashLoopBackOffMax: true } }), 34).crashLoopBackOff.maxContainerRestartPeriod).toBe(300n * SECOND);
  });

  it('takes zero for unset, but not where the file can tell absence', () => {
    expect(setDefaults(fields({ maxPods: 0, evictionPressureTransitionPeriod: 0n, imageGCHighThresholdPercent: 0, failSwapOn: false, enforceNodeAllocatable: [] }), 36)).toMatchObject({
      maxPods: 110, evictionPressureTransitionPeriod: 5n * MINUTE, imageGCHighThresholdPercent: 0, failSwapOn: false, enforceNodeAllocatable: [],
    });
  });

  it.each([[-5n, -1n], [0n, 0n], [4096n, 4096n]])('makes %d processes per pod %d', (given, set) => {
    expect(setDefaults(fields({ podPidsLimit: given }), 36).podPidsLimit).toBe(set);
  });

  it('derives how often a node\'s status is reported, and whether images are pulled one by one', () => {
    expect(setDefaults(fields({}), 36).nodeStatusReportFrequency).toBe(5n * MINUTE);
    expect(setDefaults(fields({ nodeStatusUpdateFrequency: 20n * SECOND }), 36).nodeStatusReportFrequency).toBe(20n * SECOND);
    expect([null, 1, 2].map((maxParallelImagePulls) => setDefaults(fields({ maxParallelImagePulls }), 36).serializeImagePulls)).toEqual([true, true, false]);
    expect(setDefaults(fields({ maxParallelImagePulls: 5, serializeImagePulls: true }), 36).serializeImagePulls).toBe(true);
  });
});

describe('defaultConfiguration', () => {
  it('is open where the command line always was', () => {
    expect(defaultConfiguration()).toMatchObject({
      authentication: { anonymous: { enabled: true }, webhook: { enabled: false, cacheTTL: 2n * MINUTE } }, authorization: { mode: 'AlwaysAllow' }, readOnlyPort: 10255, failCgroupV1: true,
    });
    expect(defaultConfiguration(30).failCgroupV1).toBe(false);
  });
});

describe('minorOf', () => {
  it.each([['v1.34.3+rke2r1', 34], ['1.30.0', 30], ['v1.36.3', 36], ['v1.29.1', 30], ['v1.40.0', 36], ['', 36], ['v2.1', 36]])('follows %j as 1.%d', (version, minor) => {
    expect(minorOf(version)).toBe(minor);
  });
});
