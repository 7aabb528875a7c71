import { MILLISECOND, MINUTE, SECOND } from '../../go/duration';
import { parseQuantity } from '../../quantity';
import { defaultConfiguration } from '../defaults';
import type { KubeletConfiguration } from '../types';
import { validateKubeletConfiguration, type ValidationTarget } from '../validate';

function validate(set: Partial<KubeletConfiguration>, target: ValidationTarget = {}): string[] {
  return validateKubeletConfiguration({ ...defaultConfiguration(target.minor), ...set }, target).map((text) => text.replace(/^invalid configuration: /, ''));
}

/** ValidateKubeletConfiguration in pkg/kubelet/apis/config/validation; texts of 1.36.3 by execution, of older versions by reading. */
describe('validateKubeletConfiguration', () => {
  it.each([30, 31, 32, 33, 34, 35, 36])('has nothing against the defaults of 1.%d', (minor) => {
    expect(validate({}, { minor })).toEqual([]);
  });

  it('is about the newest version on control groups of version 2 unless it is told otherwise', () => {
    expect(validateKubeletConfiguration({ ...defaultConfiguration(), memoryReservationPolicy: '' })).toHaveLength(1);
  });

  it('says nothing about eviction and reservations', () => {
    expect(validate({
      evictionHard: { 'memory.available': '6GiB' }, evictionSoft: { x: 'y' }, evictionMaxPodGracePeriod: -1, evictionPressureTransitionPeriod: -1n, systemReserved: { memry: '-1' }
    })).toEqual([]);
  });

  it.each<[Partial<KubeletConfiguration>, ...string[]]>([
    [{ nodeLeaseDurationSeconds: 0 }, 'nodeLeaseDurationSeconds must be greater than 0'],
    [{ systemCgroups: '/s' }, 'systemCgroups (--system-cgroups) was specified and cgroupRoot (--cgroup-root) was not specified'],
    [{ eventBurst: -1, eventRecordQPS: -1 }, 'eventBurst (--event-burst) -1 must not be a negative number', 'eventRecordQPS (--event-qps) -1 must not be a negative number'],
    [{ healthzPort: -1 }, 'healthzPort (--healthz-port) -1 must be between 1 and 65535, inclusive'],
    [{ healthzPort: 0, readOnlyPort: 0 }],
    [{ cpuCFSQuotaPeriod: 2n * SECOND }, 'cpuCFSQuotaPeriod (--cpu-cfs-quota-period) {2s} must be between 1ms and 1sec, inclusive'],
    [{ featureGates: { CustomCPUCFSQuotaPeriod: false }, cpuCFSQuotaPeriod: MILLISECOND }, 'cpuCFSQuotaPeriod (--cpu-cfs-quota-period) {1ms} requires feature gate CustomCPUCFSQuotaPeriod'],
    [{ imageGCHighThresholdPercent: 101 }, 'imageGCHighThresholdPercent (--image-gc-high-threshold) 101 must be between 0 and 100, inclusive'],
    [{ imageGCLowThresholdPercent: -1 }, 'imageGCLowThresholdPercent (--image-gc-low-threshold) -1 must be between 0 and 100, inclusive'],
    [{ imageGCLowThresholdPercent: 85 }, 'imageGCLowThresholdPercent (--image-gc-low-threshold) 85 must be less than imageGCHighThresholdPercent (--image-gc-high-threshold) 85'],
    [{ imageMinimumGCAge: -SECOND, imageMaximumGCAge: -MINUTE }, 'imageMinimumGCAge -1s must not be negative', 'imageMaximumGCAge -1m0s must not be negative'],
    [{ imageMaximumGCAge: MINUTE }, 'imageMaximumGCAge 1m0s must be greater than imageMinimumGCAge 2m0s'],
    [{ iptablesDropBit: 32 }, 'iptablesDropBit (--iptables-drop-bit) 32 must be between 0 and 31, inclusive'],
    [{ iptablesMasqueradeBit: -1 }, 'iptablesMasqueradeBit (--iptables-masquerade-bit) -1 must be between 0 and 31, inclusive'],
    [{ kubeAPIBurst: -1, kubeAPIQPS: -1 }, 'kubeAPIBurst (--kube-api-burst) -1 must not be a negative number', 'kubeAPIQPS (--kube-api-qps) -1 must not be a negative number'],
    [{ nodeStatusMaxImages: -2 }, 'nodeStatusMaxImages (--node-status-max-images) -2 must be -1 or greater'],
    [{ maxOpenFiles: -1n }, 'maxOpenFiles (--max-open-files) -1 must not be a negative number'],
    [{ maxPods: -3 }, 'maxPods (--max-pods) -3 must not be a negative number'],
    [{ oomScoreAdj: 1001 }, 'oomScoreAdj (--oom-score-adj) 1001 must be between -1000 and 1000, inclusive'],
    [{ podsPerCore: -1 }, 'podsPerCore (--pods-per-core) -1 must not be a negative number'],
    [{ port: 0 }, 'port (--port) 0 must be between 1 and 65535, inclusive'],
    [{ readOnlyPort: 65536 }, 'readOnlyPort (--read-only-port) 65536 must be between 0 and 65535, inclusive'],
    [{ registryBurst: -1, registryPullQPS: -1 }, 'registryBurst (--registry-burst) -1 must not be a negative number', 'registryPullQPS (--registry-qps) -1 must not be a negative number'],
    [{ maxParallelImagePulls: 0 }, 'maxParallelImagePulls 0 must be a positive number'],
    [{ maxParallelImagePulls: 2 }, 'maxParallelImagePulls cannot be larger than 1 unless SerializeImagePulls (--serialize-image-pulls) is set to false'],
    [{ maxParallelImagePulls: 2, serializeImagePulls: false }],
    [{ featureGates: { RotateKubeletServerCertificate: false }, serverTLSBootstrap: true }, 'serverTLSBootstrap true requires feature gate RotateKubeletServerCertificate'],
    [{ runOnce: true }, 'runOnce (--runOnce) true, Runonce mode has been deprecated and should not be set'],
    [{ topologyManagerPolicy: 'x' }, 'topologyManagerPolicy (--topology-manager-policy) "x" must be one of: ["none" "best-effort" "restricted" "single-numa-node"]'],
    [{ topologyManagerScope: '' }, 'topologyManagerScope (--topology-manager-scope) "" must be one of: "container", or "pod"'],
    [{ shutdownGracePeriodCriticalPods: MINUTE }, 'shutdownGracePeriodCriticalPods {1m0s} must be <= shutdownGracePeriod {0s}'],
    [{ shutdownGracePeriod: MILLISECOND }, 'shutdownGracePeriod {1ms} must be either zero or otherwise >= 1 sec'],
    [{ shutdownGracePeriodCriticalPods: -SECOND }, 'shutdownGracePeriodCriticalPods {-1s} must be either zero or otherwise >= 1 sec'],
    [{ shutdownGracePeriod: MINUTE, shutdownGracePeriodByPodPriority: [{ priority: 1, shutdownGracePeriodSeconds: 1n }] },
      'Cannot specify both shutdownGracePeriodByPodPriority and shutdownGracePeriod at the same time'],
    [{ featureGates: { GracefulNodeShutdown: false, GracefulNodeShutdownBasedOnPodPriority: false, WindowsGracefulNodeShutdown: false }, shutdownGracePeriod: MINUTE, shutdownGracePeriodByPodPriority: [{ priority: 1, shutdownGracePeriodSeconds: 1n }] },
      'specifying shutdownGracePeriod or shutdownGracePeriodCriticalPods requires feature gate GracefulNodeShutdown',
      'Specifying shutdownGracePeriodByPodPriority requires feature gate GracefulNodeShutdownBasedOnPodPriority'],
    [{ memorySwap: { swapBehavior: 'UnlimitedSwap' } }, 'memorySwap.swapBehavior "UnlimitedSwap" must be one of: "", "LimitedSwap" or "NoSwap"'],
    [{ crashLoopBackOff: { maxContainerRestartPeriod: 999_999_999n } }, 'CrashLoopBackOff.MaxContainerRestartPeriod (got: 0.999999999 seconds) must be set between 1s and 300s'],
    [{ crashLoopBackOff: { maxContainerRestartPeriod: 301n * SECOND } }, 'CrashLoopBackOff.MaxContainerRestartPeriod (got: 301 seconds) must be set between 1s and 300s'],
    [{ crashLoopBackOff: { maxContainerRestartPeriod: null } }, 'FeatureGate KubeletCrashLoopBackOffMax is enabled, CrashLoopBackOff.MaxContainerRestartPeriod must be set'],
    [{ featureGates: { KubeletCrashLoopBackOffMax: false } }, 'FeatureGate KubeletCrashLoopBackOffMax not enabled, CrashLoopBackOff.MaxContainerRestartPeriod must not be set'],
    [{ hairpinMode: 'veth' }, 'option "veth" specified for hairpinMode (--hairpin-mode). Valid options are "none", "hairpin-veth" or "promiscuous-bridge"'],
    [{ imagePullCredentialsVerificationPolicy: '' }, 'option "" specified for imagePullCredentialsVerificationPolicy. Valid options are "NeverVerify", "NeverVerifyPreloadedImages", "NeverVerifyAllowlistedImages" or "AlwaysVerify"'],
    [{ preloadedImagesVerificationAllowlist: ['a'] }, 'can\'t set `preloadedImagesVerificationAllowlist` if `imagePullCredentialsVertificationPolicy` is not "NeverVerifyAllowlistedImages"'],
    [{ featureGates: { KubeletEnsureSecretPulledImages: false }, preloadedImagesVerificationAllowlist: ['a'] },
      '`imagePullCredentialsVerificationPolicy` must not be set if KubeletEnsureSecretPulledImages feature gate is not enabled',
      '`preloadedImagesVerificationAllowlist` must not be set if KubeletEnsureSecretPulledImages feature gate is not enabled'],
    [{ reservedSystemCPUs: '0-1' }],
    [{ reservedSystemCPUs: '3-1', kubeReservedCgroup: '/k' },
      'can\'t use reservedSystemCPUs (--reserved-cpus) with systemReservedCgroup (--system-reserved-cgroup) or kubeReservedCgroup (--kube-reserved-cgroup)',
      'unable to parse reservedSystemCPUs (--reserved-cpus) 3-1, error: invalid range "3-1" (3 > 1)'],
    [{ reservedMemory: [{ numaNode: 0, limits: { 'hugepages-2Mi': parseQuantity('0'), cpu: parseQuantity('1') } }, { numaNode: 0, limits: { cpu: parseQuantity('1') } }, { numaNode: 1, limits: null }] },
      'the limit type "cpu" for NUMA node 0 is not supported, only [memory hugepages-<HugePageSize>] is accepted',
      'reserved memory may not be zero for NUMA node 0 and resource "hugepages-2Mi"',
      'the reserved memory has a duplicate value for NUMA node 0 and resource "cpu"'],
    [{ singleProcessOOMKill: false, failCgroupV1: true }],
    [{ userNamespaces: { idsPerPod: null } }],
    [{ userNamespaces: { idsPerPod: 65535n } }, 'userNamespaces.idsPerPod must not be less than 65536'],
    [{ userNamespaces: { idsPerPod: 65537n } }, 'userNamespaces.idsPerPod must be a multiple of 65536'],
    [{ userNamespaces: { idsPerPod: 2n ** 32n } }, 'userNamespaces.idsPerPod must not be more than 4294967295'],
    [{ featureGates: { MemoryQoS: true }, memoryThrottlingFactor: null }, 'memoryThrottlingFactor is required when MemoryQoS feature flag is enabled'],
    [{ memoryThrottlingFactor: 0 }, 'memoryThrottlingFactor 0 must be greater than 0 and less than or equal to 1.0'],
    [{ memoryThrottlingFactor: 1e21 }, 'memoryThrottlingFactor 1e+21 must be greater than 0 and less than or equal to 1.0'],
    [{ memoryReservationPolicy: 'TieredReservation' }, 'memoryReservationPolicy "TieredReservation" requires MemoryQoS feature gate to be enabled'],
    [{ featureGates: { MemoryQoS: true }, memoryReservationPolicy: 'TieredReservation' }],
    [{ memoryReservationPolicy: '' }, 'option "" specified for memoryReservationPolicy. Valid options are "None" or "TieredReservation"'],
    [{ containerRuntimeEndpoint: '' }, 'the containerRuntimeEndpoint was not specified or empty'],
    [{ enableSystemLogQuery: true, enableSystemLogHandler: false }, 'enableSystemLogHandler is required for enableSystemLogQuery'],
    [{ containerLogMaxWorkers: 0 }, 'containerLogMaxWorkers must be greater than or equal to 1'],
    [{ containerLogMonitorInterval: 2n * SECOND }, 'containerLogMonitorInterval must be a positive time duration greater than or equal to 3s'],
    [{ containerLogMaxFiles: 1 }, 'containerLogMaxFiles must be greater than 1'],
    [{ podLogsDir: '' }, 'podLogsDir was not specified', 'pod logs path "" must be absolute path', 'pod logs path "" must be normalized'],
    [{ podLogsDir: '../é/..' }, 'pod logs path "../é/.." must be absolute path', 'pod logs path "../é/.." must be normalized', 'pod logs path "../é/.." mut contains ASCII characters only'],
    [{ podLogsDir: '../../log' }, 'pod logs path "../../log" must be absolute path'],
    [{ podLogsDir: '.' }, 'pod logs path "." must be absolute path'],
    [{ podLogsDir: '/' }],
    [{ podLogsDir: '/var/../log' }, 'pod logs path "/var/../log" must be normalized'],
    [{ podLogsDir: '/var/./log' }, 'pod logs path "/var/./log" must be normalized'],
    [{ featureGates: { Unknown: true }, maxPods: -1 }, 'unrecognized feature gate: Unknown'],
  ])('of %p', (set, ...texts) => {
    expect(validate(set)).toEqual(texts);
  });

  const flag = 'enforceNodeAllocatable (--enforce-node-allocatable)';

  it.each<[string[], Partial<KubeletConfiguration>, ...string[]]>([
    [['pods'], {}],
    [[], {}],
    [['none'], { cgroupsPerQOS: false }],
    [['pods', 'none'], {}, `${ flag } may not contain additional enforcements when "none" is specified`],
    [['pods', 'pods'], {}, `duplicated enforcements "pods" in ${ flag }`],
    [['pods'], { cgroupsPerQOS: false }, `cgroupsPerQOS (--cgroups-per-qos) must be set to true when "pods" contained in ${ flag }`],
    [['system-reserved'], {}, `systemReservedCgroup (--system-reserved-cgroup) must be specified when "system-reserved" or "system-reserved-compressible" included in ${ flag }`],
    [['kube-reserved-compressible'], {}, `kubeReservedCgroup (--kube-reserved-cgroup) must be specified when "kube-reserved" or "kube-reserved-compressible" included in ${ flag }`],
    [['system-reserved', 'system-reserved-compressible'], { systemReservedCgroup: '/s' }, `both "system-reserved" and "system-reserved-compressible" cannot be specified together in ${ flag }`],
    [[' pods'], {}, `option " pods" specified for ${ flag }. Valid options are "pods", "system-reserved", "system-reserved-compressible", "kube-reserved", "kube-reserved-compressible" or "none"`],
  ])('of enforcing %j', (enforceNodeAllocatable, set, ...texts) => {
    expect(validate({ ...set, enforceNodeAllocatable })).toEqual(texts);
  });

  it.each<[number, Partial<KubeletConfiguration>, ...string[]]>([
    [30, { cgroupsPerQOS: false }, `${ flag } is not supported unless cgroupsPerQOS (--cgroups-per-qos) is set to true`],
    [30, { cgroupsPerQOS: false, enforceNodeAllocatable: null }],
    [30, { enforceNodeAllocatable: ['pods', 'pods'] }],
    [31, { enforceNodeAllocatable: ['system-reserved'] }, `systemReservedCgroup (--system-reserved-cgroup) must be specified when "system-reserved" contained in ${ flag }`],
    [31, { enforceNodeAllocatable: ['kube-reserved-compressible'] }, `option "kube-reserved-compressible" specified for ${ flag }. Valid options are "pods", "system-reserved", "kube-reserved", or "none"`],
    [31, { enforceNodeAllocatable: ['system-reserved', 'pods'], systemReservedCgroup: '/s' }],
    [31, { runOnce: true, crashLoopBackOff: { maxContainerRestartPeriod: SECOND } }],
    [32, { containerLogMaxFiles: 1 }],
    [32, { crashLoopBackOff: { maxContainerRestartPeriod: SECOND } }, 'FeatureGate KubeletCrashLoopBackOffMax not enabled, CrashLoopBackOff.MaxContainerRestartPeriod must not be set'],
    [33, { featureGates: { NodeSwap: false }, memorySwap: { swapBehavior: 'NoSwap' } }, 'memorySwap.swapBehavior cannot be set when NodeSwap feature flag is disabled'],
    [33, { featureGates: { ImageMaximumGCAge: false }, imageMaximumGCAge: 3n * MINUTE }, 'ImageMaximumGCAge feature gate is required for Kubelet configuration option imageMaximumGCAge'],
    [34, { enableSystemLogQuery: true }, 'NodeLogQuery feature gate is required for enableSystemLogHandler'],
    [35, { enableSystemLogQuery: true }, 'NodeLogQuery feature gate is required for enableSystemLogQuery'],
    [35, { imageMinimumGCAge: -SECOND, memoryReservationPolicy: 'x' }],
  ])('in 1.%d of %p', (minor, set, ...texts) => {
    expect(validate(set, { minor })).toEqual(texts);
  });

  it('minds the layout of control groups', () => {
    expect(validate({}, { minor: 34, cgroupVersion: 1 })).toEqual([]);
    expect(validate({ failCgroupV1: true }, { minor: 34, cgroupVersion: 1 })).toEqual(['kubelet is configured to not run on a host using cgroup v1. cgroup v1 support is in maintenance mode']);
    expect(validate({}, { cgroupVersion: 1 })).toEqual(['kubelet is configured to not run on a host using cgroup v1. cgroup v1 support is unsupported and will be removed in a future release']);
    expect(validate({ failCgroupV1: false, singleProcessOOMKill: false }, { cgroupVersion: 1 })).toEqual(['singleProcessOOMKill must not be explicitly set to false when using cgroup v1']);
    expect(validate({ failCgroupV1: false, singleProcessOOMKill: true }, { cgroupVersion: 1 })).toEqual([]);
  });

  it('tells equal faults once', () => {
    expect(validate({ enforceNodeAllocatable: ['system-reserved', 'system-reserved-compressible'] })).toEqual([
      `both "system-reserved" and "system-reserved-compressible" cannot be specified together in ${ flag }`,
      `systemReservedCgroup (--system-reserved-cgroup) must be specified when "system-reserved" or "system-reserved-compressible" included in ${ flag }`,
    ]);
  });
});
