import { aggregate } from '../aggregate';
import { featureGates } from '../featureGates';
import { KubeletError } from '../../errors';

/** SetFromMap and Enabled of k8s.io/component-base/featuregate with the gates of a kubelet; executed on 1.36.3. */
describe('featureGates', () => {
  it.each([
    ['MemoryQoS', 36, false], ['NodeSwap', 36, true], ['KubeletCrashLoopBackOffMax', 34, false], ['KubeletCrashLoopBackOffMax', 35, true], ['CustomCPUCFSQuotaPeriod', 35, false],
    ['CustomCPUCFSQuotaPeriod', 36, true], ['NodeLogQuery', 35, false], ['NodeLogQuery', 36, true], ['Unknown', 36, false],
  ])('%s is at first in 1.%d %s', (name, minor, enabled) => {
    expect(featureGates(null, minor).enabled(name)).toBe(enabled);
  });

  it('take settings, those for many gates behind those for one', () => {
    const gates = featureGates({ MemoryQoS: false, AllAlpha: true, RotateKubeletServerCertificate: false }, 36);

    expect(['MemoryQoS', 'EventedPLEG', 'RotateKubeletServerCertificate', 'GracefulNodeShutdown'].map(gates.enabled)).toEqual([false, true, false, true]);
    expect(featureGates({ AllBeta: false }, 35).enabled('GracefulNodeShutdown')).toBe(false);
  });

  it.each<[Record<string, boolean>, string]>([
    [{ Unknown: true }, 'unrecognized feature gate: Unknown'],
    [{ memoryQoS: true }, 'unrecognized feature gate: memoryQoS'],
    [{ NodeSwap: false }, 'cannot set feature gate NodeSwap to false, feature is locked to true'],
    [{ GitRepoVolumeDriver: true }, 'cannot set feature gate GitRepoVolumeDriver to true, feature is locked to false'],
    [{ GangScheduling: true }, 'GangScheduling is enabled, but depends on features that are disabled: [GenericWorkload]'],
    [{ NodeDeclaredFeatures: false, PodLevelResources: false, InPlacePodVerticalScalingInitContainers: false, RestartAllContainersOnContainerExits: false, ExtendWebSocketsToKubelet: false },
      'InPlacePodLevelResourcesVerticalScaling is enabled, but depends on features that are disabled: [NodeDeclaredFeatures PodLevelResources]'],
    [{ ImageVolume: false, NodeSwap: false, Unknown: true, ZZZ: true },
      '[cannot set feature gate ImageVolume to false, feature is locked to true, cannot set feature gate NodeSwap to false, feature is locked to true, unrecognized feature gate: Unknown]'],
  ])('refuse %j', (settings, message) => {
    expect(() => featureGates(settings, 36)).toThrow(new KubeletError(message));
  });

  it('refuse no name in older versions, whose names are not all known', () => {
    expect(featureGates({ Unknown: true, NodeSwap: false }, 33).enabled('NodeSwap')).toBe(false);
  });
});

describe('aggregate', () => {
  it('prints each text once', () => {
    expect([[], ['a'], ['a', 'a'], ['a', 'b', 'a']].map(aggregate)).toEqual(['', 'a', 'a', '[a, b]']);
  });
});
