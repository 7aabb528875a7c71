import type { Configuration } from './configuration';

/** What a kubelet started by RKE2 answers besides the settings that the simulator computes (v1beta1, 1.36). */
const REST = {
  enableServer: true, podLogsDir: '/var/log/pods', syncFrequency: '1m0s', fileCheckFrequency: '20s', httpCheckFrequency: '20s', address: '0.0.0.0', port: 10250,
  tlsCertFile: '/var/lib/rancher/rke2/agent/serving-kubelet.crt', tlsPrivateKeyFile: '/var/lib/rancher/rke2/agent/serving-kubelet.key',
  authentication: { x509: { clientCAFile: '/var/lib/rancher/rke2/agent/client-ca.crt' }, webhook: { enabled: true, cacheTTL: '2m0s' }, anonymous: { enabled: false } },
  authorization: { mode: 'Webhook', webhook: { cacheAuthorizedTTL: '5m0s', cacheUnauthorizedTTL: '30s' } },
  registryPullQPS: 5, registryBurst: 10, eventRecordQPS: 50, eventBurst: 100, enableDebuggingHandlers: true, healthzPort: 10248, healthzBindAddress: '127.0.0.1', oomScoreAdj: -999,
  clusterDomain: 'cluster.local', clusterDNS: ['10.53.0.10'], streamingConnectionIdleTimeout: '4h0m0s', nodeStatusUpdateFrequency: '10s', nodeStatusReportFrequency: '5m0s', nodeLeaseDurationSeconds: 40,
  imageMinimumGCAge: '2m0s', imageMaximumGCAge: '0s', imageGCHighThresholdPercent: 85, imageGCLowThresholdPercent: 80, volumeStatsAggPeriod: '1m0s',
  cgroupRoot: '/', cgroupsPerQOS: true, cgroupDriver: 'systemd', cpuManagerPolicy: 'none', cpuManagerReconcilePeriod: '10s', memoryManagerPolicy: 'None', topologyManagerPolicy: 'none', topologyManagerScope: 'container',
  runtimeRequestTimeout: '2m0s', hairpinMode: 'promiscuous-bridge', podPidsLimit: -1, resolvConf: '/etc/resolv.conf', cpuCFSQuota: true, cpuCFSQuotaPeriod: '100ms', nodeStatusMaxImages: 50, maxOpenFiles: 1000000,
  contentType: 'application/vnd.kubernetes.protobuf', kubeAPIQPS: 50, kubeAPIBurst: 100, serializeImagePulls: false, evictionPressureTransitionPeriod: '5m0s', mergeDefaultEvictionSettings: false,
  enableControllerAttachDetach: true, makeIPTablesUtilChains: true, iptablesMasqueradeBit: 14, iptablesDropBit: 15, failSwapOn: false, memorySwap: {},
  containerLogMaxSize: '10Mi', containerLogMaxFiles: 5, containerLogMaxWorkers: 1, containerLogMonitorInterval: '10s', configMapAndSecretChangeDetectionStrategy: 'Watch',
  enforceNodeAllocatable: ['pods'], volumePluginDir: '/usr/libexec/kubernetes/kubelet-plugins/volume/exec/',
  logging: { format: 'text', flushFrequency: '5s', verbosity: 0, options: { text: { infoBufferSize: '0' }, json: { infoBufferSize: '0' } } },
  enableSystemLogHandler: true, enableSystemLogQuery: false, shutdownGracePeriod: '0s', shutdownGracePeriodCriticalPods: '0s', crashLoopBackOff: {}, enableProfilingHandler: true, enableDebugFlagsHandler: true,
  seccompDefault: false, memoryThrottlingFactor: 0.9, registerNode: true, localStorageCapacityIsolation: true, containerRuntimeEndpoint: 'unix:///run/k3s/containerd/containerd.sock', failCgroupV1: true, memoryReservationPolicy: 'None',
};

/** Kubernetes minor version of a text such as `v1.36.3+rke2r1`. */
export function minorOf(kubernetesVersion: string): number {
  return Number(/^v1\.(\d+)\./.exec(kubernetesVersion)?.[1] ?? Number.NaN);
}

const isEmpty = (value: unknown): boolean => value === undefined || value === 0 || (typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0);

/** The answer of `/configz`: `kind` and `apiVersion` only since 1.36, and empty maps left out as Go's omitempty does. */
export function configz(configuration: Configuration, kubernetesVersion: string): Record<string, unknown> {
  const set = Object.fromEntries(Object.entries(configuration).filter(([key, value]) => key in REST || !isEmpty(value)));

  return { kubeletconfig: { ...REST, ...set, ...(minorOf(kubernetesVersion) >= 36 ? { kind: 'KubeletConfiguration', apiVersion: 'kubelet.config.k8s.io/v1beta1' } : {}) } };
}
