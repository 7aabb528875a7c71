import { formatDuration, MILLISECOND, SECOND } from '../go/duration';
import { invalidIf, type Rule } from './rules';

const MAX_PORT = 65535;
const DEFAULT_CFS_QUOTA_PERIOD = 100n * MILLISECOND;

function isOutside(value: number | bigint, min: number | bigint, max: number | bigint): boolean {
  return value < min || value > max;
}

/** Ports, rates, percentages and counts: most of them are wrong when negative. */
export const validateLimits: Rule = (configuration, context) => {
  const c = configuration;

  return [
    ...invalidIf(c.nodeLeaseDurationSeconds <= 0, 'nodeLeaseDurationSeconds must be greater than 0'),
    ...invalidIf(context.minor < 31 && !c.cgroupsPerQOS && (c.enforceNodeAllocatable ?? []).length > 0,
      'enforceNodeAllocatable (--enforce-node-allocatable) is not supported unless cgroupsPerQOS (--cgroups-per-qos) is set to true'),
    ...invalidIf(c.systemCgroups !== '' && c.cgroupRoot === '', 'systemCgroups (--system-cgroups) was specified and cgroupRoot (--cgroup-root) was not specified'),
    ...invalidIf(c.eventBurst < 0, `eventBurst (--event-burst) ${ c.eventBurst } must not be a negative number`),
    ...invalidIf(c.eventRecordQPS < 0, `eventRecordQPS (--event-qps) ${ c.eventRecordQPS } must not be a negative number`),
    ...invalidIf(isOutside(c.healthzPort, 0, MAX_PORT), `healthzPort (--healthz-port) ${ c.healthzPort } must be between 1 and 65535, inclusive`),
    ...validateQuotaPeriod(configuration, context),
    ...validateImageGC(configuration, context),
    ...invalidIf(isOutside(c.iptablesDropBit, 0, 31), `iptablesDropBit (--iptables-drop-bit) ${ c.iptablesDropBit } must be between 0 and 31, inclusive`),
    ...invalidIf(isOutside(c.iptablesMasqueradeBit, 0, 31), `iptablesMasqueradeBit (--iptables-masquerade-bit) ${ c.iptablesMasqueradeBit } must be between 0 and 31, inclusive`),
    ...invalidIf(c.kubeAPIBurst < 0, `kubeAPIBurst (--kube-api-burst) ${ c.kubeAPIBurst } must not be a negative number`),
    ...invalidIf(c.kubeAPIQPS < 0, `kubeAPIQPS (--kube-api-qps) ${ c.kubeAPIQPS } must not be a negative number`),
    ...invalidIf(c.nodeStatusMaxImages < -1, `nodeStatusMaxImages (--node-status-max-images) ${ c.nodeStatusMaxImages } must be -1 or greater`),
    ...invalidIf(c.maxOpenFiles < 0n, `maxOpenFiles (--max-open-files) ${ c.maxOpenFiles } must not be a negative number`),
    ...invalidIf(c.maxPods < 0, `maxPods (--max-pods) ${ c.maxPods } must not be a negative number`),
    ...invalidIf(isOutside(c.oomScoreAdj, -1000, 1000), `oomScoreAdj (--oom-score-adj) ${ c.oomScoreAdj } must be between -1000 and 1000, inclusive`),
    ...invalidIf(c.podsPerCore < 0, `podsPerCore (--pods-per-core) ${ c.podsPerCore } must not be a negative number`),
    ...invalidIf(isOutside(c.port, 1, MAX_PORT), `port (--port) ${ c.port } must be between 1 and 65535, inclusive`),
    ...invalidIf(isOutside(c.readOnlyPort, 0, MAX_PORT), `readOnlyPort (--read-only-port) ${ c.readOnlyPort } must be between 0 and 65535, inclusive`),
    ...invalidIf(c.registryBurst < 0, `registryBurst (--registry-burst) ${ c.registryBurst } must not be a negative number`),
    ...invalidIf(c.registryPullQPS < 0, `registryPullQPS (--registry-qps) ${ c.registryPullQPS } must not be a negative number`),
    ...validateParallelPulls(configuration, context),
    ...invalidIf(c.serverTLSBootstrap && !context.gates.enabled('RotateKubeletServerCertificate'), `serverTLSBootstrap ${ c.serverTLSBootstrap } requires feature gate RotateKubeletServerCertificate`),
    ...invalidIf(c.runOnce && context.minor >= 32, `runOnce (--runOnce) ${ c.runOnce }, Runonce mode has been deprecated and should not be set`),
  ];
};

const validateQuotaPeriod: Rule = ({ cpuCFSQuotaPeriod }, { gates }) => {
  // A metav1.Duration is a struct to `%v`
  const period = `{${ formatDuration(cpuCFSQuotaPeriod) }}`;

  return gates.enabled('CustomCPUCFSQuotaPeriod') ? invalidIf(isOutside(cpuCFSQuotaPeriod, MILLISECOND, SECOND), `cpuCFSQuotaPeriod (--cpu-cfs-quota-period) ${ period } must be between 1ms and 1sec, inclusive`) : invalidIf(cpuCFSQuotaPeriod !== DEFAULT_CFS_QUOTA_PERIOD, `cpuCFSQuotaPeriod (--cpu-cfs-quota-period) ${ period } requires feature gate CustomCPUCFSQuotaPeriod`);
};

const validateImageGC: Rule = ({ imageGCHighThresholdPercent: high, imageGCLowThresholdPercent: low, imageMaximumGCAge, imageMinimumGCAge }, { minor, gates }) => {
  const oldest = formatDuration(imageMaximumGCAge);
  const youngest = formatDuration(imageMinimumGCAge);

  return [
    ...invalidIf(isOutside(high, 0, 100), `imageGCHighThresholdPercent (--image-gc-high-threshold) ${ high } must be between 0 and 100, inclusive`),
    ...invalidIf(isOutside(low, 0, 100), `imageGCLowThresholdPercent (--image-gc-low-threshold) ${ low } must be between 0 and 100, inclusive`),
    ...invalidIf(low >= high, `imageGCLowThresholdPercent (--image-gc-low-threshold) ${ low } must be less than imageGCHighThresholdPercent (--image-gc-high-threshold) ${ high }`),
    ...invalidIf(imageMaximumGCAge !== 0n && !gates.enabled('ImageMaximumGCAge'), 'ImageMaximumGCAge feature gate is required for Kubelet configuration option imageMaximumGCAge'),
    ...invalidIf(imageMinimumGCAge < 0n && minor >= 36, `imageMinimumGCAge ${ youngest } must not be negative`),
    ...invalidIf(imageMaximumGCAge < 0n, `imageMaximumGCAge ${ oldest } must not be negative`),
    ...invalidIf(imageMaximumGCAge > 0n && imageMaximumGCAge <= imageMinimumGCAge, `imageMaximumGCAge ${ oldest } must be greater than imageMinimumGCAge ${ youngest }`),
  ];
};

const validateParallelPulls: Rule = ({ maxParallelImagePulls: pulls, serializeImagePulls }) => pulls === null ? [] : [
  ...invalidIf(pulls < 1, `maxParallelImagePulls ${ pulls } must be a positive number`),
  ...invalidIf(serializeImagePulls && pulls > 1, 'maxParallelImagePulls cannot be larger than 1 unless SerializeImagePulls (--serialize-image-pulls) is set to false'),
];
