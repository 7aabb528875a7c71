import { aggregate } from '../../../pkg/node-pressure/kubelet/config/aggregate';
import { loadKubeletConfiguration } from '../../../pkg/node-pressure/kubelet/config/load';
import type { KubeletConfiguration } from '../../../pkg/node-pressure/kubelet/config/types';
import { validateKubeletConfiguration } from '../../../pkg/node-pressure/kubelet/config/validate';
import { minorOf } from '../../../pkg/node-pressure/kubelet/config/version';
import { KUBELET_DROP_INS } from './disk';
import type { Disk } from './disk';
import { mergeArguments } from './layers';
import { NotSimulated } from './notSimulated';

/** RKE2 writes its defaults into a drop-in since this minor version; before, it passes them as flags. */
const DROP_INS_SINCE = 32;
const DEFAULTS_FILE = '00-rke2-defaults.conf';

/** RKE2's own defaults, as far as they differ from the kubelet's. */
const DEFAULTS = {
  address: '0.0.0.0',
  authentication: { anonymous: { enabled: false }, webhook: { enabled: true }, x509: { clientCAFile: '/var/lib/rancher/rke2/agent/client-ca.crt' } },
  authorization: { mode: 'Webhook' },
  cgroupDriver: 'systemd',
  clusterDNS: ['10.53.0.10'],
  clusterDomain: 'cluster.local',
  containerRuntimeEndpoint: 'unix:///run/k3s/containerd/containerd.sock',
  evictionHard: { 'imagefs.available': '5%', 'nodefs.available': '5%' },
  evictionMinimumReclaim: { 'imagefs.available': '10%', 'nodefs.available': '10%' },
  failSwapOn: false,
  healthzBindAddress: '127.0.0.1',
  serializeImagePulls: false,
  tlsCertFile: '/var/lib/rancher/rke2/agent/serving-kubelet.crt',
  tlsPrivateKeyFile: '/var/lib/rancher/rke2/agent/serving-kubelet.key',
};

/** The same as flags: of those that matter here the older versions had all. */
const FLAGS = {
  'authorization-mode': 'Webhook',
  'cgroup-driver': 'systemd',
  'cluster-dns': '10.53.0.10',
  'cluster-domain': 'cluster.local',
  'container-runtime-endpoint': 'unix:///run/k3s/containerd/containerd.sock',
  'eviction-hard': 'imagefs.available<5%,nodefs.available<5%',
  'eviction-minimum-reclaim': 'imagefs.available=10%,nodefs.available=10%',
  'fail-swap-on': 'false',
  'healthz-bind-address': '127.0.0.1',
  'read-only-port': '0',
};

function defaultsFile(): string {
  return JSON.stringify({ apiVersion: 'kubelet.config.k8s.io/v1beta1', kind: 'KubeletConfiguration', ...DEFAULTS });
}

/** The drop-ins that a kubelet finds: RKE2's and whatever else lies there. */
function dropInsOf(disk: Disk): Record<string, string> {
  const others = disk.names(KUBELET_DROP_INS).map((name) => [name, disk.read(`${ KUBELET_DROP_INS }/${ name }`) ?? '']);

  return { ...Object.fromEntries(others), [DEFAULTS_FILE]: defaultsFile() };
}

/** Nodes of one size start with the same arguments: what they come to is worked out once. */
const known = new Map<string, KubeletConfiguration>();

/**
 * The configuration that RKE2's kubelet comes to with the given `kubelet-arg` list.
 *
 * @throws KubeletError with the text that ends the kubelet's log when it does not start
 */
export function loadConfiguration(disk: Disk, args: readonly string[], kubernetesVersion: string): KubeletConfiguration {
  const minor = minorOf(kubernetesVersion);
  const dropIns = minor >= DROP_INS_SINCE ? dropInsOf(disk) : null;
  const key = JSON.stringify([args, dropIns, minor]);
  const configuration = known.get(key) ?? load(args, dropIns, minor);

  known.set(key, configuration);

  return configuration;
}

function load(args: readonly string[], dropIns: Record<string, string> | null, minor: number): KubeletConfiguration {
  const redirected = args.find((argument) => /^config(-dir)?[+-]?=/.test(argument));

  if (redirected) {
    throw new NotSimulated(`kubelet-arg ${ redirected }`);
  }
  const input = dropIns ? { dropIns, args: mergeArguments({ 'read-only-port': '0' }, args) } : { args: mergeArguments(FLAGS, args) };
  const configuration = loadKubeletConfiguration({ ...input, minor });
  const problems = validateKubeletConfiguration(configuration, { minor });

  if (problems.length > 0) {
    throw new Error(`failed to validate kubelet configuration, error: ${ aggregate(problems) }, path: &TypeMeta{Kind:,APIVersion:,}`);
  }

  return configuration;
}
