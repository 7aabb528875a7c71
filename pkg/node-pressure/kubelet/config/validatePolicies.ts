import { formatDuration, SECOND, type Nanoseconds } from '../go/duration';
import { KubeletError } from '../errors';
import { goQuote } from '../go/quote';
import { parseCpuSet } from './cpuset';
import { invalidIf, type Rule } from './rules';

const TOPOLOGY_POLICIES = ['none', 'best-effort', 'restricted', 'single-numa-node'];
const TOPOLOGY_SCOPES = ['container', 'pod'];
const HAIRPIN_MODES = ['none', 'hairpin-veth', 'promiscuous-bridge'];
const ALLOWLISTED = 'NeverVerifyAllowlistedImages';
const PULL_POLICIES = ['NeverVerify', 'NeverVerifyPreloadedImages', ALLOWLISTED, 'AlwaysVerify'];

function isNeitherZeroNorASecond(duration: Nanoseconds): boolean {
  return duration !== 0n && duration < SECOND;
}

/** A metav1.Duration as `%v` prints it: it is a struct. */
function printed(duration: Nanoseconds): string {
  return `{${ formatDuration(duration) }}`;
}

function oneOf(texts: readonly string[], separator = ' or '): string {
  const quoted = texts.map(goQuote);

  return `${ quoted.slice(0, -1).join(', ') }${ separator }${ quoted.at(-1) }`;
}

/** The topology manager's policy and scope. */
export const validateTopology: Rule = ({ topologyManagerPolicy: policy, topologyManagerScope: scope }) => [
  ...invalidIf(!TOPOLOGY_POLICIES.includes(policy), `topologyManagerPolicy (--topology-manager-policy) ${ goQuote(policy) } must be one of: [${ TOPOLOGY_POLICIES.map(goQuote).join(' ') }]`),
  ...invalidIf(!TOPOLOGY_SCOPES.includes(scope), `topologyManagerScope (--topology-manager-scope) ${ goQuote(scope) } must be one of: ${ oneOf(TOPOLOGY_SCOPES, ', or ') }`),
];

/** How long pods have when the node shuts down. */
export const validateShutdown: Rule = (configuration, { gates }) => {
  const { shutdownGracePeriod: all, shutdownGracePeriodCriticalPods: critical, shutdownGracePeriodByPodPriority } = configuration;
  const byPriority = (shutdownGracePeriodByPodPriority ?? []).length > 0;
  const either = all > 0n || critical > 0n;

  return [
    ...gates.enabled('GracefulNodeShutdown') ? [
      ...invalidIf(critical > all, `shutdownGracePeriodCriticalPods ${ printed(critical) } must be <= shutdownGracePeriod ${ printed(all) }`),
      ...invalidIf(isNeitherZeroNorASecond(all), `shutdownGracePeriod ${ printed(all) } must be either zero or otherwise >= 1 sec`),
      ...invalidIf(isNeitherZeroNorASecond(critical), `shutdownGracePeriodCriticalPods ${ printed(critical) } must be either zero or otherwise >= 1 sec`),
    ] : invalidIf(either, 'specifying shutdownGracePeriod or shutdownGracePeriodCriticalPods requires feature gate GracefulNodeShutdown'),
    ...gates.enabled('GracefulNodeShutdownBasedOnPodPriority') ? invalidIf(byPriority && either, 'Cannot specify both shutdownGracePeriodByPodPriority and shutdownGracePeriod at the same time') : invalidIf(byPriority, 'Specifying shutdownGracePeriodByPodPriority requires feature gate GracefulNodeShutdownBasedOnPodPriority'),
  ];
};

/** Hairpin mode, and which images need credentials (since 1.33; the patterns of an allowlist are not looked at). */
export const validateNetworkAndPulls: Rule = (configuration, { gates }) => {
  const { hairpinMode, imagePullCredentialsVerificationPolicy: policy, preloadedImagesVerificationAllowlist } = configuration;
  const listed = (preloadedImagesVerificationAllowlist ?? []).length > 0;
  const withoutGate = 'must not be set if KubeletEnsureSecretPulledImages feature gate is not enabled';

  return [
    ...invalidIf(!HAIRPIN_MODES.includes(hairpinMode), `option ${ goQuote(hairpinMode) } specified for hairpinMode (--hairpin-mode). Valid options are ${ oneOf(HAIRPIN_MODES) }`),
    ...gates.enabled('KubeletEnsureSecretPulledImages') ? [
      ...invalidIf(!PULL_POLICIES.includes(policy), `option ${ goQuote(policy) } specified for imagePullCredentialsVerificationPolicy. Valid options are ${ oneOf(PULL_POLICIES) }`),
      ...invalidIf(listed && policy !== ALLOWLISTED, `can't set \`preloadedImagesVerificationAllowlist\` if \`imagePullCredentialsVertificationPolicy\` is not ${ goQuote(ALLOWLISTED) }`),
    ] : [
      ...invalidIf(policy !== '', `\`imagePullCredentialsVerificationPolicy\` ${ withoutGate }`),
      ...invalidIf(listed, `\`preloadedImagesVerificationAllowlist\` ${ withoutGate }`),
    ],
  ];
};

/** CPUs set aside by name. */
export const validateReservedCpus: Rule = ({ reservedSystemCPUs, systemReservedCgroup, kubeReservedCgroup }) => {
  if (reservedSystemCPUs === '') {
    return [];
  }

  const cgroups = invalidIf(systemReservedCgroup !== '' || kubeReservedCgroup !== '',
    'can\'t use reservedSystemCPUs (--reserved-cpus) with systemReservedCgroup (--system-reserved-cgroup) or kubeReservedCgroup (--kube-reserved-cgroup)');

  try {
    parseCpuSet(reservedSystemCPUs);

    return cgroups;
  } catch (error) {
    return [...cgroups, ...invalidIf(true, `unable to parse reservedSystemCPUs (--reserved-cpus) ${ reservedSystemCPUs }, error: ${ (error as KubeletError).message }`)];
  }
};
