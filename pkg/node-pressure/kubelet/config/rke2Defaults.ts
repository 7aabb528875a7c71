import type { KubeletInput } from './load';

/** RKE2 writes its settings to a drop-in from this minor version on; before, they were on the command line. */
const DROP_IN_SINCE = 32;
const DROP_IN = '00-rke2-defaults.conf';

const SETTINGS = `apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
evictionHard:
  imagefs.available: 5%
  nodefs.available: 5%
evictionMinimumReclaim:
  imagefs.available: 10%
  nodefs.available: 10%
evictionPressureTransitionPeriod: 5m0s
failSwapOn: false
`;

const ARGS = [
  '--eviction-hard=imagefs.available<5%,nodefs.available<5%',
  '--eviction-minimum-reclaim=imagefs.available=10%,nodefs.available=10%',
  '--fail-swap-on=false',
];

/**
 * What RKE2 starts a kubelet with, as far as eviction and swap go, when nobody configures anything: disk signals alone,
 * so there is no `memory.available` threshold, not even the kubelet's own 100Mi. Follows pkg/daemons/agent of k3s.
 *
 * A copy of k3s has 15% and 20% instead of 5% and 10%: a running kubelet's `configz` says what holds on a node.
 */
export function rke2Defaults(minor: number): KubeletInput {
  return minor >= DROP_IN_SINCE ? { dropIns: { [DROP_IN]: SETTINGS }, minor } : { args: ARGS, minor };
}
