import { HOUR, MILLISECOND, MINUTE, SECOND, type Nanoseconds } from '../go/duration';
import type { StringMap } from '../flags';
import { isStruct, zeroFields, zeroOf, type Fields } from './decode';
import { featureGates } from './featureGates';
import type { Kind, Struct } from './kinds';
import { SCHEMA } from './schema';
import { settle } from './settle';
import type { KubeletConfiguration } from './types';
import { LATEST_MINOR } from './version';

/** DefaultEvictionHard on Linux (pkg/kubelet/eviction/defaults_linux.go, since 1.30): set by the `--config` file alone. */
export const DEFAULT_EVICTION_HARD: Readonly<StringMap> = {
  'memory.available':   '100Mi',
  'nodefs.available':   '10%',
  'nodefs.inodesFree':  '5%',
  'imagefs.available':  '15%',
  'imagefs.inodesFree': '5%',
};

/** The longest wait between restarts of a container (MaxContainerBackOff). */
const MAX_CONTAINER_BACK_OFF: Nanoseconds = 300n * SECOND;
const NODE_STATUS_REPORT_FREQUENCY: Nanoseconds = 5n * MINUTE;
/** Parallel pulls from here on mean that images are not pulled one by one. */
const PARALLEL_PULLS = 2;
/** The port for reading without authentication, open by default only where the command line alone configures. */
const READ_ONLY_PORT = 10255;

interface Defaults {
  readonly [name: string]: boolean | number | bigint | string | readonly string[] | Defaults;
}

/** Defaults that depend on nothing else. */
const DEFAULTS: Defaults = {
  enableServer: true,
  syncFrequency: MINUTE,
  fileCheckFrequency: 20n * SECOND,
  httpCheckFrequency: 20n * SECOND,
  address: '0.0.0.0',
  port: 10250,
  authentication: { anonymous: { enabled: false }, webhook: { enabled: true, cacheTTL: 2n * MINUTE } },
  authorization: { mode: 'Webhook', webhook: { cacheAuthorizedTTL: 5n * MINUTE, cacheUnauthorizedTTL: 30n * SECOND } },
  registryPullQPS: 5,
  registryBurst: 10,
  eventRecordQPS: 50,
  eventBurst: 100,
  enableDebuggingHandlers: true,
  healthzPort: 10248,
  healthzBindAddress: '127.0.0.1',
  oomScoreAdj: -999,
  streamingConnectionIdleTimeout: 4n * HOUR,
  nodeStatusUpdateFrequency: 10n * SECOND,
  nodeLeaseDurationSeconds: 40,
  imageMinimumGCAge: 2n * MINUTE,
  imageGCHighThresholdPercent: 85,
  imageGCLowThresholdPercent: 80,
  volumeStatsAggPeriod: MINUTE,
  cgroupsPerQOS: true,
  cgroupDriver: 'cgroupfs',
  cpuManagerPolicy: 'none',
  cpuManagerReconcilePeriod: 10n * SECOND,
  memoryManagerPolicy: 'None',
  topologyManagerPolicy: 'none',
  topologyManagerScope: 'container',
  runtimeRequestTimeout: 2n * MINUTE,
  hairpinMode: 'promiscuous-bridge',
  maxPods: 110,
  podPidsLimit: -1n,
  resolvConf: '/etc/resolv.conf',
  cpuCFSQuota: true,
  cpuCFSQuotaPeriod: 100n * MILLISECOND,
  nodeStatusMaxImages: 50,
  maxOpenFiles: 1_000_000n,
  contentType: 'application/vnd.kubernetes.protobuf',
  kubeAPIQPS: 50,
  kubeAPIBurst: 100,
  evictionPressureTransitionPeriod: 5n * MINUTE,
  mergeDefaultEvictionSettings: false,
  enableControllerAttachDetach: true,
  makeIPTablesUtilChains: true,
  iptablesMasqueradeBit: 14,
  iptablesDropBit: 15,
  failSwapOn: true,
  containerLogMaxSize: '10Mi',
  containerLogMaxFiles: 5,
  containerLogMaxWorkers: 1,
  containerLogMonitorInterval: 10n * SECOND,
  configMapAndSecretChangeDetectionStrategy: 'Watch',
  enforceNodeAllocatable: ['pods'],
  volumePluginDir: '/usr/libexec/kubernetes/kubelet-plugins/volume/exec/',
  podLogsDir: '/var/log/pods',
  logging: { format: 'text', flushFrequency: 5n * SECOND },
  enableSystemLogHandler: true,
  enableProfilingHandler: true,
  enableDebugFlagsHandler: true,
  seccompDefault: false,
  memoryThrottlingFactor: 0.9,
  registerNode: true,
  localStorageCapacityIsolation: true,
  containerRuntimeEndpoint: 'unix:///run/containerd/containerd.sock',
};

/**
 * Sets what a configuration leaves open. Follows SetDefaults_KubeletConfiguration (pkg/kubelet/apis/config/v1beta1) of
 * 1.30 to 1.36 on Linux. Zero counts as open, except for what the file's version holds by pointer: there only absence
 * does. Hard eviction thresholds have no default here.
 *
 * @param gatesOfFlags the command line's feature gates, which count beside the configuration's own
 * @throws KubeletError for feature gates that the version does not take
 */
export function setDefaults(fields: Fields, minor: number, gatesOfFlags: Readonly<Record<string, boolean>> = {}): KubeletConfiguration {
  const given = settle(fields);
  const gates = featureGates({ ...gatesOfFlags, ...given.featureGates }, minor);
  const podPidsLimit = given.podPidsLimit < 0n ? null : fields.podPidsLimit;
  const conditional: Defaults = {
    nodeStatusReportFrequency: given.nodeStatusUpdateFrequency || NODE_STATUS_REPORT_FREQUENCY,
    serializeImagePulls:       (given.maxParallelImagePulls ?? 0) < PARALLEL_PULLS,
    failCgroupV1:              minor >= 35,
    ...minor >= 36 ? { memoryReservationPolicy: 'None' } : {},
    ...gates.enabled('KubeletCrashLoopBackOffMax') ? { crashLoopBackOff: { maxContainerRestartPeriod: MAX_CONTAINER_BACK_OFF } } : {},
    ...gates.enabled('KubeletEnsureSecretPulledImages') ? { imagePullCredentialsVerificationPolicy: 'NeverVerifyPreloadedImages' } : {},
  };

  return settle(fillStruct(SCHEMA, { ...fields, podPidsLimit }, { ...DEFAULTS, ...conditional }));
}

/** The configuration of a kubelet without any: defaults, with the laxer ones of the command line (applyLegacyDefaults). */
export function defaultConfiguration(minor: number = LATEST_MINOR): KubeletConfiguration {
  const { authentication, authorization, ...others } = setDefaults(zeroFields(SCHEMA), minor);

  return {
    ...others,
    authentication: { ...authentication, anonymous: { enabled: true }, webhook: { ...authentication.webhook, enabled: false } },
    authorization:  { ...authorization, mode: 'AlwaysAllow' },
    readOnlyPort:   READ_ONLY_PORT,
  };
}

function fillStruct(struct: Struct, fields: Fields, defaults: Defaults): Fields {
  const filled = Object.entries(defaults).map(([name, value]) => [name, fill(struct[name] as Kind, fields[name], value)]);

  return { ...fields, ...Object.fromEntries(filled) };
}

function fill(kind: Kind, value: unknown, byDefault: Defaults[string]): unknown {
  if (isStruct(kind)) {
    return fillStruct(kind, value as Fields, byDefault as Defaults);
  }

  return value === zeroOf(kind) ? byDefault : value;
}
